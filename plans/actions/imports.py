"""Bringing in a table of a plan: goals and actions are added and changed, never removed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.consent import period_for
from areas.models import Municipality
from core.history import because
from core.intake import agree
from core.verbs import Actor, Refused, locked, require, verb
from plans.actions.actions import next_number
from plans.actions.around import Around, Money, Party, write_around
from plans.actions.plans import add_plan
from plans.actions.shared import locked_plan, save
from plans.exchange.difference import Difference, PlannedRow, Table
from plans.exchange.planning import ACTION_FIELDS, GOAL_FIELDS, difference
from plans.models import Action, Goal, Plan


@verb
def import_plan(
    *,
    municipality: Municipality,
    table: Table,
    by: Actor,
    plan: Plan | None = None,
    values: Mapping[str, Any] | None = None,
    digest: str | None = None,
    file_name: str = "",
) -> Difference:
    """Bring a table into a plan, or into a new one of these `values`; rows that were refused are left out.

    `digest` is the difference that was confirmed. Raises ChangedSince when it is another one by now, and Refused for a plan that
    people can read in a period of the calendar that asks first: a table cannot wait for a yes.
    """
    require("plans.import_plan", municipality, by=by)
    municipality = locked(municipality)
    if plan is not None:
        plan = locked_plan(plan, by=by)
        _waits_for_no_one(plan, by=by)
    found = difference(plan or Plan(municipality=municipality, **values or {}), table)
    agree(found, digest)
    if plan is None:
        found.plan = plan = add_plan(municipality=municipality, values=values or {}, by=by)
    with because("plans.imported", by=by, file=file_name):
        _write(plan, [row for row in found.rows if row.outcome in ("add", "change")])
    return found


def _waits_for_no_one(plan: Plan, *, by: Actor) -> None:
    period = period_for(plan.municipality, by=by) if plan.is_public else None
    if period is not None:
        words = _(
            "It is “%(period)s” until %(day)s: what changes in a plan that people can read is asked first, which a table cannot. "
            "Change it on the pages of the plan, or bring the table in after that."
        )
        raise Refused(words % {"period": period.name, "day": date_format(period.last, "j F Y")}, "asks_first")


def _write(plan: Plan, rows: list[PlannedRow]) -> None:
    for row in rows:
        if not row.is_action:
            _write_goal(plan, row)
    number = next_number(plan)
    for row in rows:
        if row.is_action:
            number += _write_action(plan, row, number)
    doing = [row for row in rows if row.is_action]
    things: list[Any] = [row.thing for row in doing]
    prefetch_related_objects(things, "areas", "parties", "amounts", "dependencies")
    for row in doing:
        _write_around(row)
    if rows:
        save(plan)


def _set(row: PlannedRow, fields: tuple[str, ...]) -> None:
    for name in fields:
        if name in row.values:
            setattr(row.thing, name, row.values[name])


def _write_goal(plan: Plan, row: PlannedRow) -> None:
    """Write a goal, and first the new one that it lies under."""
    if isinstance(row.under, PlannedRow) and row.under.thing is None:
        _write_goal(plan, row.under)
    if row.is_written:
        return
    row.thing = row.thing or Goal(plan=plan, order=row.number)
    _set(row, GOAL_FIELDS)
    if row.is_placed:
        row.thing.parent = _thing(row.under)  # type: ignore[union-attr]  # a goal
    row.thing.save()
    row.is_written = True


def _write_action(plan: Plan, row: PlannedRow, number: int) -> bool:
    """Write an action itself; whether it took a number."""
    is_new = row.thing is None
    row.thing = row.thing or Action(plan=plan, number=number)
    _set(row, ACTION_FIELDS)
    if row.is_placed:
        row.thing.goal = _thing(row.under)  # type: ignore[union-attr]  # an action
    row.thing.save()
    return is_new


def _thing(target: Any) -> Any:
    return target.thing if isinstance(target, PlannedRow) else target


def _write_around(row: PlannedRow) -> None:
    """Write what stands around an action, when all actions are there."""
    action: Any = row.thing
    for name in ("carries_out", "leads_to"):
        if name in row.named:
            setattr(action, name, next(iter(map(_thing, row.named[name])), None))
    if {"carries_out", "leads_to"} & row.named.keys():
        action.save()
    parties, needs = row.values.get("parties"), row.named.get("needs")
    around = Around(
        areas=row.values.get("areas"),
        parties=None if parties is None else [Party(*one) for one in parties],
        amounts=_amounts(action, row.money) if row.money else None,
        needs=None if needs is None else [_thing(target) for target in needs],
    )
    write_around(action, around, is_valid=True)


def _amounts(action: Action, told: Mapping[Any, Decimal | None]) -> list[Money]:
    """All amounts of an action with what a table tells of them; what is neither planned nor spent in a year is no amount."""
    found: dict[Any, tuple[Decimal | None, Decimal | None]] = {
        (one.year, one.kind): (one.planned, one.spent) for one in action.amounts.all()
    }
    for one, value in told.items():
        planned, spent = found.get((one.year, one.kind), (None, None))
        found[one.year, one.kind] = (planned, value) if one.is_spent else (value, spent)
    return [
        Money(year, planned or Decimal(0), spent, kind)
        for (year, kind), (planned, spent) in sorted(found.items())
        if planned is not None or spent is not None
    ]
