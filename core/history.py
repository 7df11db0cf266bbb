"""History that the database keeps by itself: every insert, update and delete of a tracked model, with who and why.

The event tables are append-only: triggers refuse to change or delete a row, except for the database role that erases
personal data (`ERASURE_ROLE`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

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


def because(why: str, **metadata: Any) -> AbstractContextManager[Any]:
    """Everything written inside carries this reason in its history."""
    context: AbstractContextManager[Any] = pghistory.context(why=why, **metadata)
    return context
