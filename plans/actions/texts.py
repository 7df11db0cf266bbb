"""The verbs for what belongs to a plan in words: its text in parts, and what changes for whom."""

from collections.abc import Mapping
from typing import Any, TypeVar

from accounts.models import Consent
from core.history import because
from core.verbs import Actor, locked, verb
from plans.actions.shared import assign, checked, goes_out, locked_plan, save
from plans.models import Impact, Plan, PlanText

Row = TypeVar("Row", PlanText, Impact)

TEXT = ("heading", "body", "order")
IMPACT = ("target_group", "effect", "known_by", "order")


@verb
def add_text(*, plan: Plan, by: Actor, values: Mapping[str, Any], consent: Consent | None = None) -> PlanText:
    """Add a part of the text of a plan, as the last one unless the values say an order."""
    plan = locked_plan(plan, by=by)
    goes_out(plan, by=by, consent=consent)
    return _added(PlanText(plan=plan, order=_next(plan.texts.all())), values, TEXT, by)


@verb
def change_text(
    *,
    text: PlanText,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    consent: Consent | None = None,
) -> PlanText:
    """Change a part of the text of a plan."""
    return _changed(text, values, TEXT, by, version, consent)


@verb
def remove_text(*, text: PlanText, by: Actor, version: str | None) -> None:
    """Remove a part of the text of a plan."""
    _removed(text, by, version)


@verb
def add_impact(*, plan: Plan, by: Actor, values: Mapping[str, Any], consent: Consent | None = None) -> Impact:
    """Say what a plan changes for a group, and how one will know."""
    plan = locked_plan(plan, by=by)
    goes_out(plan, by=by, consent=consent)
    return _added(Impact(plan=plan, order=_next(plan.impacts.all())), values, IMPACT, by)


@verb
def change_impact(
    *,
    impact: Impact,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    consent: Consent | None = None,
) -> Impact:
    """Change what a plan does for a group."""
    return _changed(impact, values, IMPACT, by, version, consent)


@verb
def remove_impact(*, impact: Impact, by: Actor, version: str | None) -> None:
    """Say no more that a plan changes something for a group."""
    _removed(impact, by, version)


def _next(rows: Any) -> int:
    return max((row.order + 1 for row in rows), default=0)


def _added(row: Row, values: Mapping[str, Any], allowed: tuple[str, ...], by: Actor) -> Row:
    assign(row, values, allowed)
    checked(row)
    with because("plans.changed", by=by):
        row.save()
        save(row.plan)
    return row


def _changed(
    row: Row,
    values: Mapping[str, Any],
    allowed: tuple[str, ...],
    by: Actor,
    version: str | None,
    consent: Consent | None,
) -> Row:
    plan = locked_plan(row.plan, by=by)
    goes_out(plan, by=by, consent=consent)
    row = locked(row, version=version)
    row.plan = plan
    changed = assign(row, values, allowed)
    checked(row)
    with because("plans.changed", by=by):
        if changed:
            save(row, changed)
            save(plan)
    return row


def _removed(row: Row, by: Actor, version: str | None) -> None:
    plan = locked_plan(row.plan, by=by)
    row = locked(row, version=version)
    with because("plans.removed", by=by):
        row.delete()
        save(plan)
