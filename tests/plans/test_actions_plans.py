"""The verbs for a plan itself."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import PolicyField, User
from core.changes import changes_of
from core.verbs import Conflict, Refused
from plans.actions import (
    add_plan,
    adopt_plan,
    change_plan,
    end_plan,
    lead_on_plan,
    open_for_reading,
    reopen_plan,
    set_people,
    withdraw_plan,
)
from plans.frozen import is_whole
from plans.models import Action, Plan, PlanPerson, PlanVersion
from tests.conftest import Land, make_municipality
from tests.plans.conftest import FIRST, LAST, at_once, make_plan, make_team, refused_at
from workplaces.models import Team, TeamMember

DECISION: dict[str, Any] = {
    "body": "council",
    "decided_on": dt.date(2026, 1, 5),
    "decision_number": "2026_GR_0012",
}


def new(land: Land, by: User, areas: Any = None, **values: Any) -> Plan:
    return add_plan(
        municipality=land.municipality,
        by=by,
        areas=[land["bergen"]] if areas is None else areas,
        values={"kind": "village", "name": "Dorpsplan", "first_on": FIRST, **values},
    )


def test_a_plan_begins_in_the_making(land: Land, cast: dict[str, User]) -> None:
    made = [new(land, cast["worker_here"]) for _number in range(2)]
    assert [plan.slug for plan in made] == ["dorpsplan", "dorpsplan-2"]
    assert new(land, cast["worker_here"], name="Nieuw").slug == "nieuw-2", "the word of another page"
    assert made[0].stage == "draft"
    assert not made[0].is_public
    assert list(made[0].areas.all()) == [land["bergen"]]


@pytest.mark.parametrize("part", ["resident", "moderator", "alderman", "secretary"])
def test_outsiders_begin_none(land: Land, cast: dict[str, User], part: str) -> None:
    with pytest.raises(PermissionDenied):
        new(land, cast[part])


def test_an_area_worker_begins_it_for_the_own_areas_or_team(land: Land, cast: dict[str, User]) -> None:
    for areas in ([], [land["dalen"]]):
        with override("en"), refused_at("areas", "one area that you work for"):
            new(land, cast["worker_here"], areas)
    team = make_team(land)
    TeamMember.objects.create(team=team, user=cast["worker_here"], valid_from=FIRST)
    assert new(land, cast["worker_here"], [], owner_team=team).owner_team == team


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"last_on": FIRST - dt.timedelta(1)}, "last_on"),
        ({"news_every_months": 0}, "news_every_months"),
        ({"kind": "dream"}, "kind"),
    ],
)
def test_what_a_plan_may_not_be(
    land: Land, cast: dict[str, User], values: dict[str, Any], field: str
) -> None:
    with refused_at(field):
        new(land, cast["steward"], **values)
    assert not Plan.objects.exists()


def test_what_is_of_another_municipality(land: Land, cast: dict[str, User], plan: Plan) -> None:
    other = make_municipality(slug="elders", code="11111")
    team = Team.objects.create(municipality=other, slug="x", name="X")
    field = PolicyField.objects.create(municipality=other, slug="x", name="X")
    for name, value in (("owner_team", team), ("policy_field", field)):
        with refused_at(name):
            change_plan(plan=plan, by=cast["steward"], version=None, values={name: value})


def test_a_dissolved_team_leads_nothing_new(land: Land, cast: dict[str, User], plan: Plan) -> None:
    team = make_team(land, dissolved_on=timezone.localdate())
    with override("en"), refused_at("owner_team", "was dissolved on"):
        change_plan(plan=plan, by=cast["steward"], version=None, values={"owner_team": team})
    Plan.objects.update(owner_team=team)
    kept = change_plan(plan=plan, by=cast["steward"], version=None, values={"owner_team": team, "name": "X"})
    assert kept.name == "X", "what did not change is left alone"


def test_who_edits_changes_a_draft_who_publishes_what_is_public(
    land: Land, cast: dict[str, User], plan: Plan
) -> None:
    change: dict[str, Any] = {"version": None, "values": {"name": "Anders"}}
    change_plan(plan=plan, by=cast["worker_here"], **change)
    with pytest.raises(PermissionDenied):
        change_plan(plan=plan, by=cast["worker_elsewhere"], **change)
    Plan.objects.update(stage="proposed")
    with pytest.raises(PermissionDenied):
        change_plan(plan=plan, by=cast["worker_here"], **change)
    PlanPerson.objects.create(plan=plan, user=cast["worker_here"], may="publish")
    assert change_plan(plan=plan, by=cast["worker_here"], **change).name == "Anders"


def test_an_old_version_is_refused(land: Land, cast: dict[str, User], plan: Plan) -> None:
    seen = plan.version
    change_plan(plan=plan, by=cast["steward"], version=seen, values={}, areas=[land["midden"]])
    with pytest.raises(Conflict) as caught:
        change_plan(plan=plan, by=cast["steward"], version=seen, values={"name": "Anders"})
    assert list(caught.value.current.areas.all()) == [land["midden"]]


def test_the_period_keeps_its_actions(land: Land, cast: dict[str, User], plan: Plan) -> None:
    Action.objects.create(plan=plan, number=3, name="Banken", when="2030")
    change: dict[str, Any] = {"plan": plan, "by": cast["steward"], "version": None}
    with refused_at("last_on", "3 (2030)"):
        change_plan(**change, values={"last_on": dt.date(2029, 12, 31)})
    assert change_plan(**change, values={"last_on": dt.date(2030, 6, 30)}).last_on == dt.date(2030, 6, 30)


def test_a_plan_whose_actions_are_carried_out_stays_of_its_kind(
    cast: dict[str, User], action: Action, multi_year: Plan
) -> None:
    action.carries_out = Action.objects.create(plan=multi_year, number=1, name="Dorpskernen")
    action.save()
    with refused_at("kind"):
        change_plan(plan=multi_year, by=cast["steward"], version=None, values={"kind": "theme"})


def test_who_works_on_it(cast: dict[str, User], plan: Plan) -> None:
    set_people(
        plan=plan, by=cast["steward"], version=plan.version, people={cast["moderator"]: "edit", cast["alderman"]: "publish"}
    )  # fmt: skip
    assert cast["moderator"].has_perm("plans.change_plan", plan)
    assert cast["alderman"].has_perm("plans.publish_plan", plan)
    set_people(plan=plan, by=cast["steward"], version=None, people={cast["moderator"]: "publish"})
    assert [(one.user, one.may) for one in plan.people.all()] == [(cast["moderator"], "publish")]
    with pytest.raises(PermissionDenied):
        set_people(plan=plan, by=cast["worker_here"], version=None, people={})
    with refused_at("may"):
        set_people(plan=plan, by=cast["steward"], version=None, people={cast["alderman"]: "reign"})


def test_the_stages(cast: dict[str, User], plan: Plan) -> None:
    asked: dict[str, Any] = {"plan": plan, "by": cast["steward"], "version": None}
    assert open_for_reading(**asked).is_public
    assert reopen_plan(**asked).stage == "draft"
    assert withdraw_plan(**asked).stage == "withdrawn"
    for verb in (open_for_reading, end_plan, withdraw_plan):
        with pytest.raises(Refused):
            verb(**asked)
    with override("en"), pytest.raises(Refused, match="Take this plan up again first"):
        adopt_plan(**asked, **DECISION)
    assert reopen_plan(**asked).stage == "draft"
    with pytest.raises(Refused):
        reopen_plan(**asked)
    adopt_plan(**asked, **DECISION)
    with pytest.raises(Refused):
        withdraw_plan(**asked)
    assert end_plan(**asked).stage == "ended"
    assert adopt_plan(**asked, **{**DECISION, "decision_number": "2"}).number == 2
    assert end_plan(**asked).stage == "ended"
    assert reopen_plan(**asked, note="Nog een jaar").stage == "adopted"
    assert changes_of(plan)[0].note == "Nog een jaar"
    for verb in (open_for_reading, end_plan, withdraw_plan, reopen_plan):
        with pytest.raises(PermissionDenied):
            verb(**{**asked, "by": cast["worker_here"]})


def test_adopting_freezes_the_plan(cast: dict[str, User], plan: Plan, action: Action) -> None:
    asked: dict[str, Any] = {"plan": plan, "by": cast["steward"], "version": None}
    first = adopt_plan(**asked, **DECISION, note="Eerste keer")
    plan.refresh_from_db()
    assert (plan.stage, first.number) == ("adopted", 1)
    change_plan(**asked, values={"name": "Anders"})
    action.name = "Geen banken"
    action.save()
    second = adopt_plan(**asked, **{**DECISION, "decision_number": "2026_GR_0040"})
    first.refresh_from_db()
    assert (first.content["name"], second.content["name"]) == ("Dorpsplan Bergen", "Anders")
    assert first.content["actions"][0]["name"] == "Banken op het plein"
    assert second.number == 2
    assert [is_whole(first), is_whole(second)] == [True, True]
    assert first.digest != second.digest
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=first.pk).update(note="toch anders")


def test_what_adopts_nothing(cast: dict[str, User], plan: Plan) -> None:
    asked: dict[str, Any] = {"plan": plan, "by": cast["steward"], "version": None}
    with refused_at("decided_on"):
        adopt_plan(**asked, **{**DECISION, "decided_on": timezone.localdate() + dt.timedelta(1)})
    with refused_at("body_name"):
        adopt_plan(**asked, **{**DECISION, "body": "other"})
    with refused_at("decision_number"):
        adopt_plan(**asked, **{**DECISION, "decision_number": ""})
    plan.refresh_from_db()
    assert plan.stage == "draft", "nothing of it is kept"
    adopt_plan(**asked, **DECISION)
    with refused_at("decision_number"):
        adopt_plan(**asked, **DECISION)
    with pytest.raises(PermissionDenied):
        adopt_plan(**{**asked, "by": cast["worker_here"]}, **{**DECISION, "decision_number": "2"})


@pytest.mark.django_db(transaction=True)
def test_two_adoptions_at_once(cast: dict[str, User], plan: Plan) -> None:
    """Both are kept, one after the other; with the version that both saw, the second is refused."""
    asked: dict[str, Any] = {"plan": plan, "by": cast["steward"]}
    made = at_once(
        lambda: adopt_plan(**asked, version=None, **DECISION).number,
        lambda: adopt_plan(**asked, version=None, **{**DECISION, "decision_number": "2"}).number,
    )
    assert sorted(made, key=str) == [1, 2]
    plan.refresh_from_db()
    seen = plan.version
    made = at_once(
        *(
            lambda number=number: adopt_plan(**asked, version=seen, **{**DECISION, "decision_number": number})
            for number in ("3", "4")
        )
    )
    assert sum(isinstance(one, Conflict) for one in made) == 1
    assert plan.versions.count() == 3


def test_leading_on(land: Land, cast: dict[str, User], plan: Plan) -> None:
    newer, newest = make_plan(land, "Nieuwer"), make_plan(land, "Nieuwst")
    by = cast["steward"]
    lead_on_plan(plan=plan, to=newer, how="superseded", by=by, version=plan.version)
    lead_on_plan(plan=newer, to=newest, how="merged", by=by, version=None)
    for to in (plan, newer):
        with refused_at("leads_to"):
            lead_on_plan(plan=newest if to is plan else newer, to=to, how="merged", by=by, version=None)
    with refused_at("leads_to"):
        lead_on_plan(plan=newest, to=make_plan(land, "Nog een"), how="", by=by, version=None)
    with refused_at("leads_to"):
        other = make_municipality(slug="elders", code="11111")
        elsewhere = Plan.objects.create(municipality=other, slug="x", name="X", kind="theme", first_on=FIRST)
        lead_on_plan(plan=newest, to=elsewhere, how="merged", by=by, version=None)
    free = lead_on_plan(plan=plan, to=None, by=by, version=None)
    assert (free.leads_to, free.leads_how) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_circle_at_once(land: Land, cast: dict[str, User], plan: Plan) -> None:
    other = make_plan(land, "Ander plan", last_on=LAST)
    by = cast["steward"]
    made = at_once(
        lambda: lead_on_plan(plan=plan, to=other, how="merged", by=by, version=None),
        lambda: lead_on_plan(plan=other, to=plan, how="merged", by=by, version=None),
    )
    assert sum(isinstance(one, Exception) for one in made) == 1
