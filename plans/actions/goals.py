"""The verbs for goals: their tree, and the figures by which they are known."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent
from core.history import because
from core.verbs import Actor, Refused, locked, verb
from plans.actions.shared import (
    assign,
    checked,
    goes_out,
    locked_goal,
    locked_plan,
    of_here,
    refuse_when_hanging,
    save,
)
from plans.models import Goal, GoalIndicator, Plan, Proposal
from plans.models.goal import MOST_LEVELS

DETAILS = (
    "level", "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority", "weight",
)  # fmt: skip
FIGURE = (
    "indicator", "area", "action", "baseline", "baseline_when", "target", "target_when", "target_set_on",
)  # fmt: skip


@verb
def add_goal(
    *,
    plan: Plan,
    by: Actor,
    values: Mapping[str, Any],
    parent: Goal | None = None,
    consent: Consent | None = None,
) -> Goal:
    """Add a goal, as the last one under another (`parent`) or at the top."""
    plan = locked_plan(plan, by=by)
    goes_out(plan, by=by, consent=consent)
    goal = Goal(plan=plan)
    assign(goal, values, DETAILS)
    _put_under(goal, parent)
    goal.order = _last_order(goal)
    checked(goal)
    with because("plans.goal", by=by):
        goal.save()
    return goal


@verb
def change_goal(
    *,
    goal: Goal,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    note: str = "",
    consent: Consent | None = None,
) -> Goal:
    """Change what a goal is; with `parent` in the values it also moves under another one, as the last there."""
    goal = locked_goal(goal, by=by, version=version)
    goes_out(goal.plan, by=by, consent=consent)
    changed = assign(goal, values, DETAILS)
    if "parent" in values and _key(values["parent"]) != goal.parent_id:
        _put_under(goal, values["parent"])
        goal.order = _last_order(goal)
        changed += ["parent", "order"]
    checked(goal)
    if changed:
        with because("plans.goal", by=by, note=note):
            save(goal, changed)
    return goal


@verb
def move_goal(
    *,
    goal: Goal,
    by: Actor,
    version: str | None,
    parent: Goal | None,
    place: int | None = None,
    consent: Consent | None = None,
) -> Goal:
    """Put a goal under another one or at the top, at a place among those there (0 is first, None last)."""
    goal = locked_goal(goal, by=by, version=version)
    goes_out(goal.plan, by=by, consent=consent)
    _put_under(goal, parent)
    row = _siblings(goal)
    row.insert(len(row) if place is None else max(place, 0), goal)
    with because("plans.goal", by=by):
        for order, one in enumerate(row):
            if one is goal:
                goal.order = order
                save(goal, ["parent", "order"])
            elif one.order != order:
                one.order = order
                # The order alone: who has that goal open goes on with what was seen.
                one.save(update_fields=["order"])
    return goal


@verb
def remove_goal(*, goal: Goal, by: Actor, version: str | None, note: str = "") -> None:
    """Remove a goal on which nothing hangs."""
    goal = locked_goal(goal, by=by, version=version)
    refuse_when_hanging(goal, apart_from=_settled(goal))
    with because("plans.removed", by=by, note=note):
        goal.delete()


def _settled(goal: Goal) -> Collection[str]:
    """Proposals that somebody decided on go with what they were about; one that waits does not."""
    return () if Proposal.objects.waiting().filter(goal=goal).exists() else ("proposals",)


def _key(goal: Goal | None) -> int | None:
    return goal.pk if goal is not None else None


def _put_under(goal: Goal, parent: Goal | None) -> None:
    """Under the lock of the plan, so that no two moves together close a circle; the database says no too."""
    if parent is not None and parent.plan_id != goal.plan_id:
        raise ValidationError(
            {"parent": ValidationError(_("This goal is of another plan."), code="elsewhere")}
        )
    parents = dict(Goal.objects.filter(plan=goal.plan_id).values_list("pk", "parent"))
    if parent is not None and parent.pk not in parents:
        raise ValidationError({"parent": ValidationError(_("This goal is no longer there."), code="gone")})
    key, above = _key(parent), 0
    while key is not None:
        above += 1
        if key == goal.pk:
            message = _("“%(goal)s” lies under itself then. Choose a goal that does not lie under it.")
            raise ValidationError(
                {"parent": ValidationError(message, code="circle", params={"goal": goal.name})}
            )
        key = parents[key]
    if parent is not None and above + _levels(goal.pk, parents) > MOST_LEVELS:
        message = _("This lies too deep: there are at most %(most)d goals under each other.")
        raise ValidationError({"parent": ValidationError(message, code="deep", params={"most": MOST_LEVELS})})
    goal.parent = parent


def _levels(key: int | None, parents: Mapping[int, int | None]) -> int:
    """How many goals lie under each other from this one on, with itself."""
    found, row = 0, {key}
    while row:
        found, row = found + 1, {one for one, above in parents.items() if above in row and above is not None}
    return found


def _siblings(goal: Goal) -> list[Goal]:
    """The others under the same goal, in order."""
    return list(Goal.objects.filter(plan=goal.plan_id, parent=goal.parent_id).exclude(pk=goal.pk))


def _last_order(goal: Goal) -> int:
    return max((one.order + 1 for one in _siblings(goal)), default=0)


@verb
def add_figure(
    *, goal: Goal, by: Actor, values: Mapping[str, Any], consent: Consent | None = None
) -> GoalIndicator:
    """Say by which figure a goal is known; the aim counts as set today, unless the values say otherwise."""
    goal = locked_goal(goal, by=by)
    goes_out(goal.plan, by=by, consent=consent)
    figure = GoalIndicator(goal=goal, target_set_on=timezone.localdate())
    assign(figure, values, FIGURE)
    _check_figure(figure)
    with because("plans.goal", by=by):
        figure.save()
        save(goal)
    return figure


@verb
def change_figure(
    *,
    figure: GoalIndicator,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    note: str = "",
    consent: Consent | None = None,
) -> GoalIndicator:
    """Change the figure of a goal; another aim counts as set today, unless the values say otherwise."""
    goal = locked_goal(figure.goal, by=by)
    goes_out(goal.plan, by=by, consent=consent)
    figure = locked(figure, version=version)
    figure.goal = goal
    changed = assign(figure, values, FIGURE)
    if "target" in changed and "target_set_on" not in changed:
        figure.target_set_on = timezone.localdate()
        changed.append("target_set_on")
    _check_figure(figure)
    with because("plans.goal", by=by, note=note):
        if changed:
            save(figure, changed)
            save(goal)
    return figure


@verb
def remove_figure(*, figure: GoalIndicator, by: Actor, version: str | None, note: str = "") -> None:
    """Know a goal no longer by a figure; the figure itself stays."""
    goal = locked_goal(figure.goal, by=by)
    figure = locked(figure, version=version)
    with because("plans.removed", by=by, note=note):
        figure.delete()
        save(goal)


def _check_figure(figure: GoalIndicator) -> None:
    checked(figure)
    municipality = figure.goal.plan.municipality
    of_here(municipality, "indicator", figure.indicator)
    of_here(municipality, "area", figure.area)
    if figure.action is not None and figure.action.plan_id != figure.goal.plan_id:
        raise ValidationError(
            {"action": ValidationError(_("This action is of another plan."), code="elsewhere")}
        )
    if figure.target_set_on > timezone.localdate():
        raise Refused(
            {"target_set_on": _("This day is still to come: an aim is set today or before.")}, "future"
        )
