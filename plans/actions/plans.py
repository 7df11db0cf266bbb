"""The verbs for a plan itself: made, changed, opened for reading, adopted, ended, led on to another one."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.consent import ask_first
from accounts.models import Consent, User
from areas.models import Area, Municipality
from core.digest import digest_of
from core.history import because
from core.slugs import free_slug
from core.states import move
from core.verbs import Actor, Operator, Refused, locked, require, same_version, verb
from plans.actions.shared import (
    assign,
    checked,
    goes_out,
    locked_plan,
    of_here,
    refuse_circle,
    save,
    works_still,
    write_areas,
)
from plans.frozen import content_of
from plans.models import Action, Plan, PlanPerson, PlanVersion
from plans.models.plan import RESERVED_SLUGS
from plans.period import lies_in

Stage = Plan.Stage

DETAILS = (
    "kind", "name", "summary", "first_on", "last_on", "policy_field", "owner_team", "contact",
    "news_every_months", "external_uri",
)  # fmt: skip
# What only an operator or a table brings in.
ORIGIN = ("is_example",)
# Where a plan that is taken up again goes on.
TAKEN_UP: dict[str, Stage] = {
    Stage.PROPOSED: Stage.DRAFT, Stage.ENDED: Stage.ADOPTED, Stage.WITHDRAWN: Stage.DRAFT,
}  # fmt: skip

OPENING, ADOPTING = "plans.opening", "plans.adopting"  # of the consents


@verb
def add_plan(
    *,
    municipality: Municipality,
    by: Actor,
    values: Mapping[str, Any],
    areas: Iterable[Area] = (),
    slug: str = "",
) -> Plan:
    """Begin a plan, in the making; an area worker does so for the own areas, or for a team that this person works in."""
    require("plans.add_plan", municipality, by=by)
    # Two people who begin a plan with the same name at once would choose the same slug.
    municipality = locked(municipality)
    areas = list(areas)
    of_here(municipality, "areas", *areas)
    plan = Plan(municipality=municipality, slug=slug or _free_slug(municipality, str(values.get("name", ""))))
    assign(plan, values, (*DETAILS, *ORIGIN))
    _check(plan, {"owner_team"})
    with because("plans.added", by=by):
        plan.save()
        write_areas(plan, areas)
    if not isinstance(by, Operator) and not by.has_perm("plans.change_plan", plan):  # type: ignore[union-attr]
        message = _("Choose at least one area that you work for, or a team that you work in.")
        raise ValidationError({"areas": ValidationError(message, code="elsewhere")})
    return plan


def _free_slug(municipality: Municipality, name: str) -> str:
    word = slugify(name)[:70] or "plan"
    taken = Plan.objects.of(municipality).filter(slug__startswith=word).values_list("slug", flat=True)
    return free_slug(word, {*RESERVED_SLUGS, *taken})


@verb
def change_plan(
    *,
    plan: Plan,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    areas: Iterable[Area] | None = None,
    note: str = "",
    consent: Consent | None = None,
) -> Plan:
    """Change what a plan is, its period and its areas; areas that are None stay."""
    plan = locked_plan(plan, by=by, version=version)
    goes_out(plan, by=by, consent=consent)
    changed = assign(plan, values, DETAILS)
    areas = None if areas is None else list(areas)
    of_here(plan.municipality, "areas", *(areas or ()))
    _check(plan, changed)
    with because("plans.changed", by=by, note=note):
        if any([changed, areas is not None and write_areas(plan, areas)]):
            save(plan, changed)
    return plan


def _check(plan: Plan, changed: Collection[str]) -> None:
    checked(plan)
    of_here(plan.municipality, "owner_team", plan.owner_team)
    of_here(plan.municipality, "policy_field", plan.policy_field)
    if "owner_team" in changed:
        works_still(plan.owner_team, "owner_team")
    if plan.pk and "kind" in changed:
        _check_kind(plan)
    if plan.pk and {"first_on", "last_on"} & set(changed):
        _check_period(plan)


def _check_kind(plan: Plan) -> None:
    if plan.kind != Plan.Kind.MULTI_YEAR and Action.objects.filter(carries_out__plan=plan).exists():
        message = _("Actions of other plans carry out actions of this one: it stays a multi-year plan.")
        raise ValidationError({"kind": ValidationError(message, code="carried_out")})


def _check_period(plan: Plan) -> None:
    outside = [action for action in plan.actions.present() if action.when and not lies_in(action.when, plan)]
    if outside:
        message = _("These actions would lie outside the period: %(actions)s. Change their dates first.")
        said = {"actions": ", ".join(f"{one.number} ({one.when})" for one in outside[:5])}
        at = "last_on" if plan.last_on else "first_on"
        raise ValidationError({at: ValidationError(message, code="outside", params=said)})


@verb
def set_people(
    *, plan: Plan, by: Actor, version: str | None, people: Mapping[User, str], note: str = ""
) -> Plan:
    """Say exactly who works on a plan beside who may anyway, as editor or as who publishes too (`PlanPerson.May`)."""
    plan = locked(plan, queryset=Plan.objects.select_related("municipality"))
    require("plans.manage_people", plan, by=by)
    same_version(plan, version)
    there = {person.user_id: person for person in plan.people.all()}
    wanted = {user.pk: may for user, may in people.items()}
    with because("plans.people", by=by, note=note):
        for key, person in there.items():
            if key not in wanted:
                person.delete()
        for key, may in wanted.items():
            row = there.get(key) or PlanPerson(plan=plan, user_id=key)
            if row.may != may:
                row.may = may
                checked(row)
                row.save()
        save(plan)
    return plan


@verb
def open_for_reading(
    *, plan: Plan, by: Actor, version: str | None, note: str = "", consent: Consent | None = None
) -> Plan:
    """Let anybody read a plan that is not adopted yet; in a period of the calendar that asks first, with a consent."""
    plan = _locked_to_publish(plan, by=by, version=version)
    ask_first(OPENING, plan.uuid, plan.municipality, by=by, consent=consent)
    return _moved(plan, Stage.PROPOSED, "plans.published", by, note)


@verb
def end_plan(*, plan: Plan, by: Actor, version: str | None, note: str = "") -> Plan:
    """Say that a plan is over: it stays readable, and asks for nothing any more."""
    return _go(plan, Stage.ENDED, "plans.ended", by, version, note)


@verb
def withdraw_plan(*, plan: Plan, by: Actor, version: str | None, note: str = "") -> Plan:
    """Take back a plan that was never adopted; visitors do not find it any more."""
    return _go(plan, Stage.WITHDRAWN, "plans.withdrawn", by, version, note)


@verb
def reopen_plan(*, plan: Plan, by: Actor, version: str | None, note: str = "") -> Plan:
    """Take a plan up again: one that ended goes on as adopted, one that was withdrawn or open for reading is in the making."""
    plan = _locked_to_publish(plan, by=by, version=version)
    if plan.stage not in TAKEN_UP:
        raise Refused(_("This plan goes on already."), "state")
    return _moved(plan, TAKEN_UP[plan.stage], "plans.reopened", by, note)


def _locked_to_publish(plan: Plan, *, by: Actor, version: str | None) -> Plan:
    found = locked(plan, queryset=Plan.objects.select_related("municipality"))
    require("plans.publish_plan", found, by=by)
    same_version(found, version)
    return found


def _go(plan: Plan, stage: Stage, reason: str, by: Actor, version: str | None, note: str) -> Plan:
    return _moved(_locked_to_publish(plan, by=by, version=version), stage, reason, by, note)


def _moved(plan: Plan, stage: Stage, reason: str, by: Actor, note: str) -> Plan:
    move(plan, "stage", stage)
    with because(reason, by=by, note=note):
        save(plan, ["stage"])
    return plan


@verb
def adopt_plan(
    *,
    plan: Plan,
    by: Actor,
    version: str | None,
    body: str,
    decided_on: dt.date,
    decision_number: str,
    body_name: str = "",
    note: str = "",
    consent: Consent | None = None,
) -> PlanVersion:
    """Keep the plan as a deciding body adopted it, frozen with day and number; adopting again makes the next version.

    Everybody reads it then: in a period of the calendar that asks first, also of a plan in the making, with a consent.
    """
    plan = _locked_to_publish(plan, by=by, version=version)
    ask_first(ADOPTING, plan.uuid, plan.municipality, by=by, consent=consent)
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("This day is still to come: write down what was decided.")})
    if plan.stage != Stage.ADOPTED:
        move(
            plan, "stage", Stage.ADOPTED, refusal=_("Take this plan up again first; then it can be adopted.")
        )
    if plan.versions.filter(body=body, decision_number=decision_number, decided_on=decided_on).exists():
        raise ValidationError({"decision_number": _("This decision adopted a version of the plan already.")})
    with because("plans.adopted", by=by, note=note):
        save(plan, ["stage"])
        content = content_of(plan)
        last = plan.versions.order_by("number").last()
        made = PlanVersion(
            plan=plan, number=last.number + 1 if last else 1, body=body, body_name=body_name, decided_on=decided_on,
            decision_number=decision_number, note=note, content=content, digest=digest_of(content),
        )  # fmt: skip
        checked(made)
        made.save()
    return made


@verb
def lead_on_plan(
    *,
    plan: Plan,
    to: Plan | None,
    by: Actor,
    version: str | None,
    how: str = "",
    note: str = "",
    consent: Consent | None = None,
) -> Plan:
    """Say that a plan was merged into or superseded by another one, to which its address leads on; None: by none any more."""
    # Before the plan, whoever leads on: so that no two of them close a circle.
    locked(plan.municipality)
    plan = locked_plan(plan, by=by, version=version)
    goes_out(plan, by=by, consent=consent)
    if to is not None:
        of_here(plan.municipality, "leads_to", to)
        refuse_circle(plan, to)
    plan.leads_to, plan.leads_how = to, how if to is not None else ""
    checked(plan)
    with because("plans.led_on", by=by, note=note):
        save(plan, ["leads_to", "leads_how"])
    return plan
