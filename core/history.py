"""History that the database keeps by itself: every insert, update and delete of a tracked model, with who and why.

The event tables are append-only: triggers refuse to change or delete a row, except for the database role that erases
personal data (`ERASURE_ROLE`). What they kept is read with `core.changes`.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.functional import Promise
from pghistory.runtime import Context, _tracker

from core.registry import Registry
from core.verbs import Actor, Operator, Participant, ensure_actor

M = TypeVar("M", bound=type[Model])

ERASURE_ROLE = "gebiedsplein_erasure"


def append_only() -> pgtrigger.Trigger:
    """The trigger that keeps an event table as it was written."""
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF current_user <> '{ERASURE_ROLE}' THEN "
            "RAISE EXCEPTION 'history is append-only: % on %', TG_OP, TG_TABLE_NAME; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


def tracked(*, exclude: list[str] | None = None) -> Callable[[M], M]:
    """Keep the history of a model; geometry and other heavy columns can be left out."""

    def decorate(model: M) -> M:
        decorated: M = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=exclude,
            meta={"triggers": [append_only()]},
        )(model)
        return decorated

    return decorate


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something was written, in `words` that may be shown to anybody.

    `was` are patterns of how older rows say it; one that `is_past` is only read there, and given no more.
    """

    name: str
    words: str | Promise
    was: tuple[str, ...] = ()
    is_past: bool = False
    order: int = 100


reasons: Registry[Reason] = Registry(Reason, "reasons")


def reason_of(why: str) -> Reason | None:
    """The reason that a row names, as it is named now or as it was before; None for a text that somebody typed."""
    if why in reasons:
        return reasons[why]
    return next((one for one in reasons if any(fnmatchcase(why, old) for old in one.was)), None)


@contextmanager
def because(reason: str, *, by: Actor, note: str = "", **facts: Any) -> Iterator[None]:
    """Everything written inside carries this registered reason and who did it.

    `note` is what a person typed about it: it may name people, and goes with the person whom the rows are about. What is written
    in one such block stands together in the history; in a block within it the inner reason counts, and only there.
    """
    if reason not in reasons or reasons[reason].is_past:
        raise LookupError(f"no reason {reason!r}: register it in the reasons.py of its app")
    with pghistory.context():
        around = _tracker.value
        told = {**facts, **_who(by, around.metadata), "why": reason}
        _tracker.value = Context(uuid.uuid4(), {**told, "note": note} if note else told)
        try:
            yield
        finally:
            _tracker.value = around


def _who(by: Actor, around: dict[str, Any]) -> dict[str, Any]:
    """Who acts, and on which page; of a participant the key and nothing else."""
    ensure_actor(by)
    if isinstance(by, AnonymousUser):
        raise TypeError("a visitor writes nothing")
    if isinstance(by, Participant):
        return {"participant": by.key}
    page = {name: around[name] for name in ("user", "url") if around.get(name) is not None}
    return {**page, "operator": by.name} if isinstance(by, Operator) else {**page, "user": by.pk}
