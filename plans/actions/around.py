"""What stands around an action: areas, organisations, money by year, what it waits for; form, API and table write it alike."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from areas.models import Area
from core.verbs import Actor, Operator
from plans.actions.shared import assign, checked, within, write_areas
from plans.models import Action, ActionParty, Amount, Dependency


@dataclass(frozen=True)
class Money:
    """What is planned and spent in a year, in euro; None is not known yet."""

    year: int
    planned: Decimal = Decimal(0)
    spent: Decimal | None = None
    kind: str = Amount.Kind.EXPENDITURE


@dataclass(frozen=True)
class Party:
    """An organisation outside the town hall, with its role."""

    name: str
    role: str = ActionParty.Role.COLLABORATOR
    does: str = ""


@dataclass(frozen=True)
class Around:
    """What stands around an action, in whole; None stays as it is."""

    areas: Collection[Area] | None = None
    parties: Collection[Party] | None = None
    amounts: Collection[Money] | None = None
    needs: Collection[Action] | None = None


def check_around(action: Action, around: Around, by: Actor) -> None:
    """Raise ValidationError, by field, for areas outside the plan, what the person may not read, and what goes in a circle."""
    if around.areas is not None:
        within(action.plan, around.areas)
    if around.needs is not None:
        _check_needs(action, around.needs, by)


def keeping_unseen(action: Action, around: Around, by: Actor) -> Around:
    """With what it waits for already and the person may not read: that is neither told nor dropped."""
    if around.needs is None or isinstance(by, Operator):
        return around
    there = {one.needs_id for one in action.dependencies.all()}
    known = Action.objects.filter(pk__in=there)
    unseen = known.exclude(pk__in=known.visible_to(by).order_by().values("pk"))
    return replace(around, needs=[*around.needs, *unseen])


def refuse_unseen(field: str, others: Iterable[Action], action: Action, by: Actor) -> None:
    """Another action is one of the same municipality that the person may read."""
    keys = {other.pk for other in others}
    seen = Action.objects.of(action.plan.municipality_id).filter(pk__in=keys)
    if not isinstance(by, Operator):
        seen = seen.visible_to(by)
    if seen.count() != len(keys):
        raise ValidationError({field: ValidationError(_("This action is not there."), code="gone")})


def _check_needs(action: Action, needs: Iterable[Action], by: Actor) -> None:
    there = {one.needs_id for one in action.dependencies.all()}
    new = [one for one in needs if one.pk not in there]
    refuse_unseen("needs", new, action, by)
    for one in new:
        if action.pk in _waited_for(one):
            message = _(
                "“%(name)s” waits for this action already, itself or by others: it would go in a circle."
            )
            raise ValidationError(
                {"needs": ValidationError(message, code="circle", params={"name": one.name})}
            )


def _waited_for(action: Action) -> set[int]:
    """The action itself and all that it waits for, however far."""
    found, newest = {action.pk}, {action.pk}
    while newest:
        newest = set(Dependency.objects.filter(action__in=newest).values_list("needs", flat=True)) - found
        found |= newest
    return found


def write_around(action: Action, around: Around, *, is_valid: bool = False) -> bool:
    """Write it, and say whether anything changed; `is_valid`: the rows need no look any more, a table was held against the plan."""
    changed = []
    if around.areas is not None:
        changed.append(write_areas(action, around.areas))
    if around.parties is not None:
        changed.append(_write_parties(action, around.parties, is_valid=is_valid))
    if around.amounts is not None:
        changed.append(_write_amounts(action, around.amounts, is_valid=is_valid))
    if around.needs is not None:
        changed.append(_write_needs(action, around.needs))
    return any(changed)


def _write_parties(action: Action, parties: Collection[Party], *, is_valid: bool) -> bool:
    there = {one.name: one for one in action.parties.all()}
    return _write_rows(
        "parties",
        [there.get(one.name) or ActionParty(action=action, name=one.name) for one in parties],
        [{"role": one.role, "does": one.does} for one in parties],
        list(there.values()),
        is_valid=is_valid,
    )


def _write_amounts(action: Action, amounts: Collection[Money], *, is_valid: bool) -> bool:
    there = {(one.year, one.kind): one for one in action.amounts.all()}
    return _write_rows(
        "amounts",
        [
            there.get((one.year, one.kind)) or Amount(action=action, year=one.year, kind=one.kind)
            for one in amounts
        ],
        [{"planned": one.planned, "spent": one.spent} for one in amounts],
        list(there.values()),
        is_valid=is_valid,
    )


def _write_rows(
    field: str, rows: list[Any], values: list[dict[str, Any]], there: list[Any], *, is_valid: bool
) -> bool:
    """Exactly these rows, with these values; what stays is left alone. What is wrong with one stands at `field`."""
    changed = False
    kept = {row.pk for row in rows}
    for row in there:
        if row.pk not in kept:
            row.delete()
            changed = True
    for row, wanted in zip(rows, values, strict=True):
        if not assign(row, wanted, wanted) and row.pk:
            continue
        if not is_valid:
            _check_row(field, row)
        row.save()
        changed = True
    return changed


def _check_row(field: str, row: Model) -> None:
    try:
        checked(row)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def _write_needs(action: Action, needs: Iterable[Action]) -> bool:
    wanted = {one.pk for one in needs}
    there = {one.needs_id: one for one in action.dependencies.all()}
    for key in there.keys() - wanted:
        there[key].delete()
    for key in sorted(wanted - there.keys()):
        Dependency.objects.create(action=action, needs_id=key)
    return wanted != there.keys()
