"""The verbs for how a plan is directed, what it does for each principle, and for the principles themselves."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Consent
from areas.models import Municipality
from core.history import because
from core.verbs import Actor, locked, require, same_version, verb
from plans.actions.shared import assign, checked, goes_out, locked_plan, of_here, refuse_when_hanging, save
from plans.models import Direction, Plan, Principle, Touchstone

PRINCIPLE = ("kind", "order", "name", "text", "is_used")


@verb
def choose_direction(
    *,
    plan: Plan,
    by: Actor,
    version: str | None,
    owns_framework: bool,
    has_power: bool,
    reason: str,
    from_on: dt.date,
    consent: Consent | None = None,
) -> Direction:
    """Answer the two questions from a day on; what was chosen for that same day is replaced, what was before stays."""
    plan = locked_plan(plan, by=by, version=version)
    goes_out(plan, by=by, consent=consent)
    if not plan.holds(from_on):
        message = _("This day lies outside the period of the plan.")
        raise ValidationError({"from_on": ValidationError(message, code="outside")})
    row = plan.directions.filter(from_on=from_on).first() or Direction(plan=plan, from_on=from_on)
    assign(
        row,
        {"owns_framework": owns_framework, "has_power": has_power, "reason": reason},
        ("owns_framework", "has_power", "reason"),
    )
    checked(row)
    with because("plans.direction", by=by):
        row.save()
        save(plan)
    return row


@verb
def remove_direction(*, direction: Direction, by: Actor) -> None:
    """Take back what was chosen for a day; history keeps it."""
    plan = locked_plan(direction.plan, by=by)
    direction = locked(direction)
    with because("plans.direction", by=by):
        direction.delete()
        save(plan)


@verb
def write_touchstones(
    *,
    plan: Plan,
    by: Actor,
    version: str | None,
    texts: Mapping[Principle, str],
    consent: Consent | None = None,
) -> Plan:
    """Say what a plan does for each of these principles; an empty text says nothing any more, others stay."""
    plan = locked_plan(plan, by=by, version=version)
    goes_out(plan, by=by, consent=consent)
    of_here(plan.municipality, "texts", *texts)
    there = {one.principle_id: one for one in plan.touchstones.all()}
    with because("plans.touchstone", by=by):
        changed = [
            _write(plan, there.get(principle.pk), principle, text) for principle, text in texts.items()
        ]
        if any(changed):
            save(plan)
    return plan


def _write(plan: Plan, row: Touchstone | None, principle: Principle, text: str) -> bool:
    text = text.strip()
    if row is None and not text:
        return False
    if row is not None and not text:
        row.delete()
        return True
    row = row or Touchstone(plan=plan, principle=principle)
    if not assign(row, {"text": text}, ("text",)):
        return False
    checked(row)
    row.save()
    return True


@verb
def add_principle(*, municipality: Municipality, by: Actor, values: Mapping[str, Any]) -> Principle:
    """Add a principle of the municipality or a pillar of sustainability."""
    require("plans.change_principle", municipality, by=by)
    principle = Principle(municipality=municipality)
    assign(principle, values, PRINCIPLE)
    checked(principle)
    with because("plans.added", by=by):
        principle.save()
    return principle


@verb
def change_principle(
    *, principle: Principle, by: Actor, version: str | None, values: Mapping[str, Any]
) -> Principle:
    """Change a principle; one that is not used any more stays at the plans that said something about it."""
    principle = _locked_principle(principle, by, version)
    changed = assign(principle, values, PRINCIPLE)
    checked(principle)
    with because("plans.changed", by=by):
        if changed:
            save(principle, changed)
    return principle


@verb
def remove_principle(*, principle: Principle, by: Actor, version: str | None) -> None:
    """Remove a principle about which no plan says anything; else it can go out of use."""
    principle = _locked_principle(principle, by, version)
    refuse_when_hanging(principle)
    with because("plans.removed", by=by):
        principle.delete()


def _locked_principle(principle: Principle, by: Actor, version: str | None) -> Principle:
    found = locked(principle)
    require("plans.change_principle", found, by=by)
    same_version(found, version)
    return found
