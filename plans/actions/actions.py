"""The verbs for actions: what is done, where, by whom, for how much, and what it waits for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Consent
from core.changes import event_model
from core.history import because
from core.verbs import Actor, Refused, locked, verb
from plans.actions.around import Around, check_around, keeping_unseen, refuse_unseen, write_around
from plans.actions.shared import (
    assign,
    checked,
    goes_out,
    locked_action,
    locked_plan,
    of_here,
    refuse_circle,
    refuse_when_hanging,
    save,
    works_still,
)
from plans.models import Action, Plan, Proposal
from plans.models.plan import too_many_actions
from plans.period import lies_in
from plans.place import lies_outside

DETAILS = (
    "goal", "kind", "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority", "when",
    "weight", "team", "geometry", "place", "is_approximate", "carries_out",
)  # fmt: skip
# What only an operator or a table brings in at once; afterwards it is reported.
ORIGIN = ("phase", "done_percent")
OWN = ("amounts", "parties", "dependencies")  # what goes with an action that is removed


@verb
def add_action(
    *,
    plan: Plan,
    by: Actor,
    values: Mapping[str, Any],
    around: Around | None = None,
    anyway: bool = False,
    consent: Consent | None = None,
) -> Action:
    """Add an action, with the next number of its plan; `anyway`: also when it is drawn outside the areas of the plan."""
    around = around or Around()
    _wait_for_turn(plan, around)
    plan = locked_plan(plan, by=by)
    if plan.actions.count() >= Plan.MOST_ACTIONS:
        raise Refused(too_many_actions(), "full")
    goes_out(plan, by=by, consent=consent)
    action = Action(plan=plan, number=next_number(plan))
    changed = assign(action, values, (*DETAILS, *ORIGIN))
    _check(action, changed, by, anyway=anyway)
    with because("plans.action", by=by):
        action.save()
        check_around(action, around, by)
        write_around(action, around)
    return action


@verb
def change_action(
    *,
    action: Action,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    around: Around | None = None,
    anyway: bool = False,
    note: str = "",
    consent: Consent | None = None,
) -> Action:
    """Change an action and what stands around it, at once or not at all."""
    around = around or Around()
    _wait_for_turn(action.plan, around)
    action = locked_action(action, by=by, version=version)
    goes_out(action.plan, by=by, consent=consent)
    around = keeping_unseen(action, around, by)
    changed = assign(action, values, DETAILS)
    _check(action, changed, by, anyway=anyway)
    check_around(action, around, by)
    with because("plans.action", by=by, note=note):
        if any([write_around(action, around), changed]):
            save(action, changed)
    return action


@verb
def remove_action(*, action: Action, by: Actor, version: str | None, note: str = "") -> None:
    """Remove an action of a plan that nobody read yet; of a public plan it is stopped with a reason, or leads on to another."""
    action = locked_action(action, by=by, version=version)
    if action.plan.is_public:
        raise Refused(
            _(
                "People may have read this action. Stop it with a reason, or let it lead on to another action."
            ),
            "public",
        )
    settled = () if Proposal.objects.waiting().filter(action=action).exists() else ("proposals",)
    refuse_when_hanging(action, apart_from=(*OWN, *settled))
    with because("plans.removed", by=by, note=note):
        action.delete()


@verb
def lead_on_action(
    *,
    action: Action,
    to: Action | None,
    by: Actor,
    version: str | None,
    how: str = "",
    note: str = "",
    consent: Consent | None = None,
) -> Action:
    """Say that an action went into or was superseded by another one, also of another plan; None: by none any more."""
    locked(action.plan.municipality)
    action = locked_action(action, by=by, version=version)
    goes_out(action.plan, by=by, consent=consent)
    if to is not None:
        refuse_unseen("leads_to", [to], action, by)
        refuse_circle(action, to)
    action.leads_to, action.leads_how = to, how if to is not None else ""
    checked(action)
    with because("plans.led_on", by=by, note=note):
        save(action, ["leads_to", "leads_how"])
    return action


def _wait_for_turn(plan: Plan, around: Around) -> None:
    """What waits for what goes over plans: two who change it do so one after the other, before either locks a plan."""
    if around.needs is not None:
        locked(plan.municipality)


def next_number(plan: Plan) -> int:
    """One above every number that an action of the plan ever had, under the lock of the plan."""
    kept = event_model(Action).objects.filter(plan=plan)
    numbers = [rows.aggregate(last=Max("number"))["last"] or 0 for rows in (plan.actions, kept)]
    return max(numbers) + 1


def _check(action: Action, changed: Collection[str], by: Actor, *, anyway: bool) -> None:
    """What an action may not be; what did not change is left alone, whatever became of it since."""
    checked(action)
    plan = action.plan
    if "goal" in changed and action.goal is not None and action.goal.plan_id != plan.pk:
        raise ValidationError({"goal": ValidationError(_("This goal is of another plan."), code="elsewhere")})
    if "team" in changed:
        of_here(plan.municipality, "team", action.team)
        works_still(action.team)
    if "when" in changed and action.when and not lies_in(action.when, plan):
        raise ValidationError({"when": _outside_period(plan)})
    if "carries_out" in changed and action.carries_out is not None:
        _check_carried_out(action, action.carries_out, by)
    if "geometry" in changed and action.geometry is not None:
        _check_geometry(action.geometry)
        if not anyway and lies_outside(action.geometry, plan):
            message = _(
                "This lies outside the areas of the plan. Draw it within %(inside)s, or say that it is right so."
            )
            said = {"inside": ", ".join(map(str, plan.areas.all())) or str(plan.municipality)}
            raise ValidationError({"geometry": ValidationError(message, code="outside", params=said)})


def _outside_period(plan: Plan) -> ValidationError:
    first = date_format(plan.first_on, "j F Y")
    if plan.last_on is None:
        message = _(
            "Outside the period of the plan, which begins on %(first)s. Give a date from that day on."
        )
        return ValidationError(message, code="outside", params={"first": first})
    message = _("Outside the period of the plan. Give a date from %(first)s to %(last)s.")
    said = {"first": first, "last": date_format(plan.last_on, "j F Y")}
    return ValidationError(message, code="outside", params=said)


def _check_carried_out(action: Action, other: Action, by: Actor) -> None:
    refuse_unseen("carries_out", [other], action, by)
    if other.plan.kind != Plan.Kind.MULTI_YEAR:
        message = _("Choose an action of a multi-year plan; this one is of “%(plan)s”.")
        params = {"plan": other.plan.name}
        raise ValidationError({"carries_out": ValidationError(message, code="kind", params=params)})
    if action.plan.kind == Plan.Kind.MULTI_YEAR:
        message = _("An action of a multi-year plan carries out no other one.")
        raise ValidationError({"carries_out": ValidationError(message, code="kind")})


def _check_geometry(geometry: GEOSGeometry) -> None:
    if geometry.empty or not geometry.valid:
        reason = geometry.valid_reason
        message = _("This cannot be a place on the map: %(reason)s")
        raise ValidationError(
            {"geometry": ValidationError(message, code="invalid", params={"reason": reason})}
        )
