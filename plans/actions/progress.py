"""The verbs for "Bereiken? Gedaan?": what a plan, a goal or an action aimed for in a period, and what was done."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.consent import ask_first
from accounts.models import Consent
from core.history import because
from core.verbs import Actor, locked, require, verb
from plans.actions.shared import assign, checked
from plans.models import Action, Goal, Plan, ProgressEntry

KIND = "plans.progress"  # of the consents
VALUES = ("first_on", "last_on", "aimed", "done", "state", "needed")


@verb
def write_progress(
    *,
    plan: Plan,
    by: Actor,
    values: Mapping[str, Any],
    goal: Goal | None = None,
    action: Action | None = None,
    consent: Consent | None = None,
) -> ProgressEntry:
    """Write what was aimed for and what was done in a period, of a plan, of one of its goals or of one of its actions."""
    entry = ProgressEntry(plan=_locked(plan, action or goal or plan, by), goal=goal, action=action)
    for name, row in (("goal", goal), ("action", action)):
        if row is not None and row.plan_id != plan.pk:
            raise ValidationError({name: _("This is of another plan.")})
    _write(entry, by, values, consent)
    return entry


@verb
def change_progress(
    *,
    entry: ProgressEntry,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    consent: Consent | None = None,
) -> ProgressEntry:
    """Write it better, or go on with it when the period is over."""
    plan = _locked(entry.plan, entry.of, by)
    entry = locked(entry, version=version)
    entry.plan = plan
    _write(entry, by, values, consent)
    return entry


@verb
def remove_progress(*, entry: ProgressEntry, by: Actor, note: str = "") -> None:
    """Take away what was written by mistake; history keeps it."""
    _locked(entry.plan, entry.of, by)
    entry = locked(entry)
    with because("plans.progress_removed", by=by, note=note):
        entry.delete()


def _locked(plan: Plan, of: Plan | Goal | Action, by: Actor) -> Plan:
    found = locked(plan, queryset=Plan.objects.select_related("municipality"))
    require("plans.report_progress", of, by=by)
    return found


def _write(entry: ProgressEntry, by: Actor, values: Mapping[str, Any], consent: Consent | None) -> None:
    plan = entry.plan
    if plan.is_public:
        ask_first(KIND, entry.of.uuid, plan.municipality, by=by, consent=consent)
    assign(entry, values, VALUES)
    checked(entry)
    if entry.first_on < plan.first_on or (plan.last_on and entry.last_on > plan.last_on):
        until = date_format(plan.last_on, "j F Y") if plan.last_on else _("later")
        words = _("Outside the period of the plan. Give days from %(first)s to %(last)s.")
        said = {"first": date_format(plan.first_on, "j F Y"), "last": until}
        raise ValidationError({"first_on": words % said})
    with because("plans.progress", by=by):
        entry.save()
