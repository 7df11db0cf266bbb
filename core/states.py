"""Which states a row goes through: one table beside the choices, asked by the verbs and held by the database.

@moves("status", {"draft": ["active"], "active": ["superseded", "taken_back"], "superseded": ["active"]})
class AreaEdition(models.Model): ...

move(edition, "status", AreaEdition.Status.ACTIVE)   # raises Refused when that is no way to go

What passes the verbs by is refused by a trigger (the finite state machine of pgtrigger); `core.verbs.verb` turns that into the same
refusal.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.verbs import Refused

M = TypeVar("M", bound=type[Model])
Table = Mapping[str, Sequence[str]]


def moves(field: str, table: Table) -> Callable[[M], M]:
    """Hold a state field of a model to a table: from each state the states that may come next; one that is missing is the last."""

    def decorate(model: M) -> M:
        choices: Any = model._meta.get_field(field)
        states = {value for value, _label in choices.flatchoices}
        if unknown := ({*table} | {to for ways in table.values() for to in ways}) - states:
            raise ImproperlyConfigured(f"{model._meta.label}.{field} has no state {sorted(unknown)}")
        model.state_moves = {**getattr(model, "state_moves", {}), field: table}  # type: ignore[attr-defined]
        transitions = [(old, new) for old, ways in table.items() for new in ways]
        decorated: M = pgtrigger.register(
            pgtrigger.FSM(name=f"{field}_moves", field=field, transitions=transitions)
        )(model)
        return decorated

    return decorate


def may_move(row: Model, field: str, to: str) -> bool:
    """Whether the row, as it is now, may come into a state."""
    table: Table = row.state_moves[field]  # type: ignore[attr-defined]
    return str(to) in table.get(str(getattr(row, field)), ())


def move(
    row: Model, field: str, to: str, *, refusal: "str | Promise | None" = None, code: str = "state"
) -> None:
    """Bring a locked row into a state, to be saved by the verb; raises Refused (in words of choice) when that is no way to go."""
    if not may_move(row, field, to):
        labels = dict(row._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
        words = _("From “%(state)s” it cannot go to “%(next)s”.")
        raise Refused(
            str(refusal) if refusal else words % {"state": labels[getattr(row, field)], "next": labels[to]},
            code,
        )
    setattr(row, field, to)
