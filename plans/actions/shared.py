"""What the verbs of plans need: the locks, what differs, what the database refuses said at its field, the places of a plan."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.consent import ask_first
from accounts.models import Consent
from areas.models import Area, Municipality
from core.verbs import Actor, Refused, locked, require, same_version
from plans.models import Action, Goal, Plan
from plans.place import reached_from
from workplaces.models import Team

CHANGES = "plans.changes"  # of the consents

# At which field a person reads what a constraint refuses.
REFUSED_AT = {
    "plan_slug_unique": "slug",
    "plan_slug_not_reserved": "slug",
    "plan_ends_after_it_starts": "last_on",
    "plan_news_in_two_years": "news_every_months",
    "plan_leads_somewhere_else": "leads_to",
    "planversion_body_has_a_name": "body_name",
    "goal_code_unique_in_plan": "code",
    "goal_weight_in_bounds": "weight",
    "goal_passed_by_known_bodies": "passed_by",
    "goalindicator_once": "indicator",
    "action_code_unique_in_plan": "code",
    "action_weight_in_bounds": "weight",
    "action_done_at_most_all": "done_percent",
    "action_carries_out_another": "carries_out",
    "action_leads_somewhere_else": "leads_to",
    "action_passed_by_known_bodies": "passed_by",
    "actionparty_once": "parties",
    "amount_once_a_year": "amounts",
    "amount_in_a_year": "amounts",
    "dependency_not_on_itself": "needs",
    "direction_once_a_day": "from_on",
    "principle_name_unique": "name",
    "areaorganisation_once_a_day": "from_on",
    "areaorganisation_budget_not_negative": "budget",
    "challenge_slug_unique": "name",
    "assignment_has_two_sides": "contractor",
    "action_state_has_a_reason": "set_state_reason",
    "news_says_something": "title",
    "progress_once_a_period": "first_on",
    "progress_ends_after_it_starts": "last_on",
}


def locked_plan(plan: Plan, *, by: Actor, version: str | None = None) -> Plan:
    """The plan under a lock, when the actor may write in it as it is now and saw its last version (None: does not matter)."""
    found = locked(plan, queryset=Plan.objects.select_related("municipality"))
    require("plans.write_plan", found, by=by)
    same_version(found, version)
    return found


def locked_goal(goal: Goal, *, by: Actor, version: str | None = None) -> Goal:
    """The goal under a lock, and its plan first: two who move goals of one plan do so one after the other."""
    plan = locked_plan(goal.plan, by=by)
    found = locked(goal, version=version)
    found.plan = plan
    return found


def locked_action(action: Action, *, by: Actor, version: str | None = None) -> Action:
    """The action under a lock, and its plan first."""
    plan = locked_plan(action.plan, by=by)
    found = locked(action, queryset=Action.objects.select_related("goal", "team", "carries_out__plan"))
    same_version(found, version)
    found.plan = plan
    return found


def goes_out(plan: Plan, *, by: Actor, consent: Consent | None) -> None:
    """Ask first, in a period of the calendar that asks, when what is written stands in a plan that people can read.

    A plan in the making asks nobody. What is taken away goes at once: what should not stand there is no longer read.
    """
    if plan.is_public:
        ask_first(CHANGES, plan.uuid, plan.municipality, by=by, consent=consent)


def assign(row: Model, values: Mapping[str, Any], allowed: Iterable[str]) -> list[str]:
    """Set the values that differ, and say which."""
    changed = [name for name in allowed if name in values and getattr(row, name, None) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def checked(row: Model) -> None:
    """Raise ValidationError, by field, for what the row may not be: also for what a constraint over several fields refuses."""
    row.full_clean(validate_constraints=False)
    errors: dict[str, list[ValidationError]] = {}
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            at = REFUSED_AT.get(constraint.name, NON_FIELD_ERRORS)
            errors.setdefault(at, []).append(error)
    if errors:
        raise ValidationError({name: list(found) for name, found in errors.items()})


def save(row: Any, changed: Iterable[str] = ()) -> None:
    """Write what changed; the version moves along, also when only what hangs on the row changed."""
    row.save(update_fields=[*changed, "updated_at"])


def works_still(team: Team | None, field: str = "team") -> None:
    """Raise ValidationError at the field when a team was dissolved."""
    if team is not None and not team.works_on():
        message = _(
            "“%(team)s” was dissolved on %(day)s. Choose a team that exists today, or leave this empty."
        )
        said = {"team": team.name, "day": team.dissolved_on.strftime("%-d-%-m-%Y")}  # type: ignore[union-attr]
        raise ValidationError({field: ValidationError(message, code="dissolved", params=said)})


def of_here(municipality: Municipality, field: str, *rows: Any) -> None:
    """Raise ValidationError at the field when something belongs to another municipality."""
    if any(row is not None and row.municipality_id != municipality.pk for row in rows):
        raise ValidationError(
            {field: ValidationError(_("This belongs to another municipality."), code="elsewhere")}
        )


def write_areas(row: Plan | Action, areas: Iterable[Area]) -> bool:
    """It is about exactly these areas. Says whether anything changed."""
    wanted = {area.pk for area in areas}
    if wanted == {area.pk for area in row.areas.all()}:
        return False
    row.areas.set(wanted)
    return True


def within(plan: Plan, areas: Iterable[Area]) -> None:
    """Raise ValidationError at `areas` for those that do not lie, even partly, in the areas of a plan that names any."""
    areas = list(areas)
    of_here(plan.municipality, "areas", *areas)
    own = list(plan.areas.all())
    if not own:
        return
    reached = reached_from({area.pk for area in own})
    outside = [str(area) for area in areas if area.pk not in reached]
    if outside:
        message = _("Outside the areas of the plan: %(outside)s. Choose from, or within: %(inside)s.")
        said = {"outside": ", ".join(outside), "inside": ", ".join(map(str, own))}
        raise ValidationError({"areas": ValidationError(message, code="outside", params=said)})


def refuse_circle(row: Plan | Action, to: Plan | Action) -> None:
    """Raise ValidationError when what a row would lead on to leads back to it."""
    seen: set[int] = {row.pk}
    key: int | None = to.pk
    while key is not None:
        if key in seen:
            message = _("“%(name)s” leads back to this one: it would go round in a circle.")
            raise ValidationError(
                {"leads_to": ValidationError(message, code="circle", params={"name": str(to)})}
            )
        seen.add(key)
        key = type(row)._default_manager.values_list("leads_to", flat=True).get(pk=key)


def hanging_on(row: Model, *, apart_from: Iterable[str] = ()) -> list[str]:
    """What points at a row, in words of its kind; `apart_from` names relations that may go with it."""
    leave = set(apart_from)
    return sorted(
        {
            str(relation.related_model._meta.verbose_name_plural)
            for relation in row._meta.related_objects
            if relation.get_accessor_name() not in leave
            and not hasattr(relation.related_model, "pgh_tracked_model")
            and relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        }
    )


def refuse_when_hanging(row: Model, *, apart_from: Iterable[str] = ()) -> None:
    """Raise Refused when something hangs on the row, with what it is."""
    if hanging := hanging_on(row, apart_from=apart_from):
        raise Refused(
            _("This cannot be removed yet. Still there: %(what)s.") % {"what": ", ".join(hanging)}, "hanging"
        )
