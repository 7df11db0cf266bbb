"""Making and changing plans on their pages."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from accounts.models import User
from areas.models import Indicator
from core.waiting import waiting_for
from plans.models import (
    Action,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Plan,
    PlanText,
    PlanVersion,
    Principle,
    Proposal,
    Touchstone,
)
from tests.conftest import Land
from tests.plans.conftest import make_plan, make_team

AsPart = Callable[[str], Client]
DETAILS = {"kind": "village", "name": "Dorpsplan Bergen", "first_on": "1-1-2026", "last_on": "31-12-2031"}


@pytest.fixture
def worker(as_part: AsPart) -> Client:
    """The area worker of Bergen."""
    return as_part("worker_here")


@pytest.fixture
def steward(as_part: AsPart) -> Client:
    """Who may publish."""
    return as_part("steward")


def page(response: Any, status: int = 422) -> str:
    """What stands on a page that answers with a status."""
    assert response.status_code == status, response.headers.get("Location")
    return str(response.content.decode())


def saved(response: Any) -> str:
    """Where one is led after it was done."""
    assert response.status_code == 302, re.findall(
        r"error-summary.*?</ul>", response.content.decode(), re.DOTALL
    )
    return str(response.headers["Location"])


def test_a_new_plan(land: Land, worker: Client) -> None:
    sent = {**DETAILS, "areas": [land["bergen"].pk], "name": "Nieuw dorpsplan"}
    assert "31-12-2031" in page(
        worker.post("/plannen/nieuw/", {**sent, "first_on": "ooit", "last_on": "31-12-2031"})
    )
    assert "vóór" not in page(worker.post("/plannen/nieuw/", {**sent, "areas": [land["dalen"].pk]}))
    assert saved(worker.post("/plannen/nieuw/", sent)) == "/plannen/nieuw-dorpsplan/doelen/"
    assert Plan.objects.get().stage == "draft"


def test_a_plan_that_ends_before_it_begins(plan: Plan, worker: Client) -> None:
    text = page(
        worker.post(
            f"/plannen/{plan.slug}/bewerken/", {**DETAILS, "last_on": "1-1-2020", "contact": "Onthaal"}
        )
    )
    assert "id_last_on" in text
    assert "Onthaal" in text, "what was typed stays"


def test_two_who_change_a_plan_at_once(land: Land, plan: Plan, worker: Client, steward: Client) -> None:
    url = f"/plannen/{plan.slug}/bewerken/"
    sent = {**DETAILS, "areas": [land["bergen"].pk], "version": plan.version}
    saved(worker.post(url, {**sent, "summary": "Van mij"}))
    text = page(steward.post(url, {**sent, "summary": "Van jou"}), 409)
    assert "Van mij" in text
    assert "Van jou" in text
    plan.refresh_from_db()
    assert f'value="{plan.version}"' in text, "saving once more is a choice"
    saved(steward.post(url, {**sent, "summary": "Van jou", "version": plan.version}))


def test_a_goal_is_not_put_under_itself(plan: Plan, goal: Goal, worker: Client) -> None:
    child = Goal.objects.create(plan=plan, parent=goal, name="Onder")
    sent = {"name": "Getypt", "level": "goal", "weight": "1", "parent": child.pk, "version": goal.version}
    text = page(worker.post(f"/plannen/{plan.slug}/doelen/{goal.uuid}/", sent))
    assert "Getypt" in text
    assert 'id="id_parent_error"' in text or "onder zichzelf" in text
    text = page(worker.post(f"/plannen/{plan.slug}/doelen/{goal.uuid}/verplaatsen/", {"parent": child.pk}))
    assert goal.name in text


def test_goals_are_added_moved_and_removed(plan: Plan, goal: Goal, worker: Client) -> None:
    url = f"/plannen/{plan.slug}/doelen/"
    assert f'value="{goal.pk}" selected' in page(worker.get(f"{url}nieuw/?onder={goal.uuid}"), 200)
    sent = {"name": "Onder", "level": "goal", "weight": "1"}
    saved(worker.post(f"{url}nieuw/", {**sent, "parent": goal.pk}))
    saved(worker.post(f"{url}nieuw/", {**sent, "name": "Vooraan"}))
    first = Goal.objects.get(name="Vooraan")
    assert "parent" in page(
        worker.post(f"{url}{first.uuid}/verplaatsen/", {"before": Goal.objects.get(name="Onder").pk})
    )
    saved(worker.post(f"{url}{first.uuid}/verplaatsen/", {"before": goal.pk, "version": first.version}))
    assert [one.name for one in plan.goals.filter(parent=None)] == ["Vooraan", goal.name]
    saved(worker.post(f"{url}{goal.uuid}/weg/"))
    assert Goal.objects.count() == 3, "something hangs on it"
    first.refresh_from_db()
    saved(worker.post(f"{url}{first.uuid}/weg/", {"version": first.version}))
    assert Goal.objects.count() == 2
    assert "Onder" in page(worker.get(url), 200)


def test_the_figure_of_a_goal(land: Land, plan: Plan, goal: Goal, worker: Client) -> None:
    indicator = Indicator.objects.create(municipality=land.municipality, slug="groen", name="Groen")
    url = f"/plannen/{plan.slug}/doelen/{goal.uuid}/cijfers/"
    sent = {
        "indicator": indicator.pk,
        "area": land["bergen"].pk,
        "target": "40,5",
        "of_goal": goal.pk,
        "target_when": "2030",
    }
    assert "40,5" in page(worker.post(url, {**sent, "target_when": "straks"}))
    saved(worker.post(url, sent))
    figure = GoalIndicator.objects.get()
    assert (figure.target, figure.target_set_on) == (Decimal("40.5"), timezone.localdate())
    assert 'value="40,5"' in page(worker.get(f"{url}{figure.pk}/"), 200)
    saved(worker.post(f"{url}{figure.pk}/", {**sent, "target": "41", "version": figure.version}))
    saved(worker.post(f"{url}{figure.pk}/weg/"))
    assert not GoalIndicator.objects.exists()


def test_a_new_action(land: Land, plan: Plan, goal: Goal, worker: Client) -> None:
    gone = make_team(land, dissolved_on=timezone.localdate())
    url = f"/plannen/{plan.slug}/acties/nieuw/"
    sent = {"name": "Banken", "goal": goal.pk, "when": "voorjaar 2027", "weight": "1", "kind": "action"}
    assert f'value="{goal.pk}" selected' in page(worker.get(f"{url}?onder={goal.uuid}"), 200)
    text = page(worker.post(url, {**sent, "team": gone.pk}))
    assert gone.name in text
    assert "voorjaar 2027" in text
    assert gone.name not in page(worker.get(url), 200), "not offered"
    assert "2031" in page(worker.post(url, {**sent, "when": "2035"}))
    assert saved(worker.post(url, sent)) == f"/plannen/{plan.slug}/acties/1/bewerken/plaats/"


def section(action: Action, word: str) -> str:
    return f"/plannen/{action.plan.slug}/acties/{action.number}/bewerken/{word}/"


def test_amounts_as_they_are_written_here(action: Action, worker: Client) -> None:
    url = section(action, "budget")
    assert 'value="2026"' in page(worker.get(url), 200), "the years of the plan to begin with"
    sent = {
        "year0": "2026",
        "kind0": "expenditure",
        "planned0": "1.234,50",
        "spent0": "",
        "year1": "2027",
        "kind1": "expenditure",
    }
    text = page(worker.post(url, {**sent, "spent0": "veel"}))
    assert "1.234,50" in text
    assert 'value="veel"' in text
    page(worker.post(url, {**sent, "year1": "2026", "planned1": "5"}))
    page(worker.post(url, {**sent, "year1": "", "planned1": "5"}))
    saved(worker.post(url, {**sent, "version": action.version}))
    assert [(one.year, one.planned, one.spent) for one in action.amounts.all()] == [
        (2026, Decimal("1234.50"), None)
    ]
    assert 'value="1.234,50"' in page(worker.get(url), 200)


def test_organisations_outside(action: Action, worker: Client) -> None:
    url = section(action, "organisaties")
    sent = {
        "party0": "Dorpsraad",
        "role0": "primary",
        "does0": "Kiest",
        "party1": "Dorpsraad",
        "role1": "primary",
    }
    page(worker.post(url, sent))
    saved(worker.post(url, {**sent, "party1": ""}))
    assert [(one.name, one.role) for one in action.parties.all()] == [("Dorpsraad", "primary")]
    saved(worker.post(url, {"party0": ""}))
    assert not action.parties.exists()


def test_a_place_outside_asks_for_a_tick(land: Land, action: Action, worker: Client) -> None:
    url = section(action, "plaats")
    sent = {"geometry_kind": "point", "geometry_text": "51,41 4,72", "place": "Aan de beek"}
    text = page(worker.post(url, sent))
    assert "Aan de beek" in text
    assert 'type="checkbox" name="anyway"' in text
    saved(worker.post(url, {**sent, "anyway": "on"}))
    action.refresh_from_db()
    assert action.geometry is not None
    assert action.geometry.equals_exact(Point(4.72, 51.41, srid=4326), 1e-6)
    assert "Dalen" not in page(worker.get(url), 200).split('name="geometry', maxsplit=1)[0], (
        "no area of the plan"
    )


def test_actions_are_found_by_code_or_name(
    land: Land, action: Action, multi_year: Plan, worker: Client
) -> None:
    big = Action.objects.create(plan=multi_year, number=7, code="AC000012", name="Dorpskernen vernieuwen")
    Action.objects.create(plan=multi_year, number=8, code="AC000013", name="Dorpskernen vergroenen")
    url = section(action, "samenhang")
    assert "Dorpskernen vernieuwen" in page(worker.get(url), 200)
    for text, words in (
        ("kerncentrale", "kerncentrale"),
        ("dorpskernen", "AC000013"),
        (action.code, action.code),
    ):
        assert words in page(worker.post(url, {"carries_out": text}))
    for text in ("ac000012", "vernieuwen", f"AC000012 Dorpskernen vernieuwen ({multi_year.name})"):
        Action.objects.filter(pk=action.pk).update(carries_out=None)
        saved(worker.post(url, {"carries_out": text, "needs0": "AC000013"}))
        action.refresh_from_db()
        assert action.carries_out == big
    assert action.needs.get().code == "AC000013"


def test_an_action_leads_on(land: Land, action: Action, worker: Client) -> None:
    other = Action.objects.create(
        plan=make_plan(land, "Ander plan", stage="proposed"), number=1, code="Z9", name="Zitten"
    )
    url = f"/plannen/{action.plan.slug}/acties/{action.number}/leidt-naar/"
    page(worker.post(url, {"leads_how": "merged"}))
    saved(worker.post(url, {"leads_how": "merged", "leads_to": "Z9", "version": action.version}))
    action.refresh_from_db()
    assert (action.leads_to, action.leads_how) == (other, "merged")
    saved(worker.post(url, {"leads_how": ""}))
    saved(worker.post(f"/plannen/{action.plan.slug}/acties/{action.number}/weg/"))
    assert not Action.objects.filter(pk=action.pk).exists()


def test_a_plan_in_words(plan: Plan, worker: Client) -> None:
    url = f"/plannen/{plan.slug}/bewerken/"
    saved(worker.post(f"{url}teksten/nieuw/", {"heading": "Waarom", "body": "**Daarom**"}))
    text = PlanText.objects.get()
    assert "Waarom" in page(worker.get(f"{url}teksten/"), 200)
    saved(
        worker.post(f"{url}teksten/{text.pk}/", {"heading": "Hoezo", "body": "Zo", "version": text.version})
    )
    page(
        worker.post(f"{url}teksten/{text.pk}/", {"heading": "Toch", "body": "Zo", "version": text.version}),
        409,
    )
    saved(worker.post(f"{url}teksten/{text.pk}/weg/"))
    saved(worker.post(f"{url}voor-wie/nieuw/", {"target_group": "Jongeren", "effect": "Meer plek"}))
    impact = Impact.objects.get()
    assert "Jongeren" in page(worker.get(f"{url}voor-wie/"), 200)
    saved(worker.post(f"{url}voor-wie/{impact.pk}/weg/", {"version": impact.version}))
    assert not PlanText.objects.exists()
    assert not Impact.objects.exists()


def test_direction_and_touchstones(land: Land, plan: Plan, worker: Client) -> None:
    principle = Principle.objects.create(municipality=land.municipality, name="Iedereen mee")
    Principle.objects.create(municipality=land.municipality, name="Van vroeger", is_used=False)
    url = f"/plannen/{plan.slug}/bewerken/regie/"
    sent = {"owns_framework": "ja", "has_power": "nee", "reason": "Samen.", "from_on": "1-6-2026"}
    page(worker.post(url, {**sent, "has_power": ""}))
    page(worker.post(url, {**sent, "from_on": "1-6-2020"}))
    saved(worker.post(url, {**sent, "version": plan.version}))
    chosen = Direction.objects.get()
    assert chosen.form == "visionary"
    assert str(chosen).capitalize() in page(worker.get(url), 200)
    saved(worker.post(f"{url}{chosen.pk}/weg/"))
    assert not Direction.objects.exists()
    url = f"/plannen/{plan.slug}/bewerken/toetsstenen/"
    text = page(worker.get(url), 200)
    assert "Iedereen mee" in text
    assert "Van vroeger" not in text
    saved(worker.post(url, {f"principle{principle.pk}": "Een helling."}))
    assert Touchstone.objects.get().text == "Een helling."


def test_principles(land: Land, steward: Client) -> None:
    sent = {"kind": "pillar", "name": "Planeet", "order": "1", "is_used": "on"}
    saved(steward.post("/plannen/toetsstenen/nieuw/", sent))
    one = Principle.objects.get()
    assert "Planeet" in page(steward.get("/plannen/toetsstenen/"), 200)
    page(steward.post("/plannen/toetsstenen/nieuw/", sent))
    saved(steward.post(f"/plannen/toetsstenen/{one.pk}/", {**sent, "name": "Aarde", "version": one.version}))
    page(
        steward.post(f"/plannen/toetsstenen/{one.pk}/", {**sent, "name": "Mars", "version": one.version}), 409
    )
    saved(steward.post(f"/plannen/toetsstenen/{one.pk}/weg/"))
    assert not Principle.objects.exists()


def test_people_and_stages(cast: dict[str, User], plan: Plan, steward: Client) -> None:
    url = f"/plannen/{plan.slug}/bewerken/"
    moderator = cast["moderator"]
    row = {"user0": moderator.pk, "may0": "publish"}
    page(steward.post(f"{url}mensen/", {**row, "user1": moderator.pk, "may1": "edit"}))
    saved(steward.post(f"{url}mensen/", row))
    assert moderator.has_perm("plans.publish_plan", plan)
    assert saved(steward.post(f"{url}stadium/openstellen/", {"note": "Hoera"})) == f"{url}stadium/"
    assert "Hoera" in page(steward.get(f"{url}geschiedenis/"), 200)
    page(steward.post(f"{url}stadium/beeindigen/"))
    assert steward.get(f"{url}stadium/vernietigen/").status_code == 404
    decision = {"body": "council", "decided_on": "5-1-2026", "decision_number": "2026_GR_0012"}
    page(steward.post(f"{url}stadium/vaststellen/", {**decision, "body": "other"}))
    assert saved(steward.post(f"{url}stadium/vaststellen/", decision)) == f"/plannen/{plan.slug}/versies/1/"
    assert PlanVersion.objects.get().decision_number in page(steward.get(f"{url}stadium/"), 200)


def test_a_plan_leads_on(land: Land, plan: Plan, worker: Client) -> None:
    other = make_plan(land, "Ander plan", stage="proposed")
    url = f"/plannen/{plan.slug}/bewerken/leidt-naar/"
    page(worker.post(url, {"leads_how": "superseded"}))
    saved(worker.post(url, {"leads_how": "superseded", "leads_to": other.pk}))
    plan.refresh_from_db()
    assert plan.leads_to == other


# ---- proposals


@pytest.fixture
def read_action(public_plan: Plan) -> Action:
    """An action that anybody may read."""
    return Action.objects.create(plan=public_plan, number=1, name="Banken")


CHANGE: dict[str, Any] = {"name": "Zes banken", "weight": "1", "kind": "action", "when": "2027"}


def propose(client: Client, action: Action, **more: Any) -> Any:
    sent = {**CHANGE, "version": action.version, "why_propose": "Er staan er al zes.", **more}
    return client.post(section(action, "gegevens"), sent)


def test_a_proposal_keeps_what_the_form_asks_and_no_more(read_action: Action, worker: Client) -> None:
    saved(propose(worker, read_action, is_priority="a\0", stray="\0" * 9))
    typed = Proposal.objects.get().changes["typed"]
    assert (typed["is_priority"], "stray" in typed) == (["a"], False)


def test_who_may_not_publish_proposes(
    land: Land, cast: dict[str, User], read_action: Action, worker: Client, steward: Client
) -> None:
    assert "Zes banken" in page(propose(worker, read_action, why_propose="")), (
        "a reason is asked, nothing is lost"
    )
    url = saved(propose(worker, read_action))
    read_action.refresh_from_db()
    assert read_action.name == "Banken"
    for client in (worker, steward):
        text = page(client.get(url), 200)
        assert "Zes banken" in text
        assert "Er staan er al zes." in text
    waits = waiting_for(cast["steward"], land.municipality, today=timezone.localdate())
    assert url in {row.entry.url for group in waits.groups for row in group.rows}
    waits = waiting_for(cast["worker_here"], land.municipality, today=timezone.localdate())
    assert url not in {row.entry.url for group in waits.groups for row in group.rows}
    assert worker.post(url, CHANGE).status_code in {200, 404}
    saved(steward.post(url, {**CHANGE, "version": read_action.version, "answer": "Goed gezien"}))
    read_action.refresh_from_db()
    assert read_action.name == "Zes banken"
    assert "Goed gezien" in page(worker.get(url), 200)
    assert "Goed gezien" in page(worker.get("/plannen/voorstellen/"), 200)


def test_a_change_in_the_meantime_shows_both(read_action: Action, worker: Client, steward: Client) -> None:
    url = saved(propose(worker, read_action))
    seen = read_action.version
    saved(steward.post(section(read_action, "gegevens"), {**CHANGE, "name": "Vier banken", "version": seen}))
    text = page(steward.post(url, {**CHANGE, "version": seen}), 409)
    assert "Vier banken" in text
    assert "Zes banken" in text
    assert Proposal.objects.get().state == "waiting"
    read_action.refresh_from_db()
    saved(steward.post(url, {**CHANGE, "version": read_action.version}))
    assert Proposal.objects.get().state == "accepted"


def test_what_is_declined_says_why(read_action: Action, worker: Client, steward: Client) -> None:
    url = saved(propose(worker, read_action))
    page(steward.post(f"{url}afwijzen/", {}))
    saved(steward.post(f"{url}afwijzen/", {"answer": "Nu niet."}))
    assert "Nu niet." in page(worker.get(url), 200)
    assert Proposal.objects.get().state == "declined"


def test_one_takes_back_the_own(read_action: Action, worker: Client, as_part: AsPart) -> None:
    url = saved(propose(worker, read_action))
    assert as_part("moderator").get(url).status_code == 404
    saved(worker.post(f"{url}intrekken/"))
    assert Proposal.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("bewerken/", {**DETAILS, "name": "Beter"}),
        ("bewerken/teksten/nieuw/", {"heading": "Waarom", "body": "Daarom"}),
        ("bewerken/voor-wie/nieuw/", {"target_group": "Jongeren", "effect": "Meer plek"}),
        (
            "bewerken/regie/",
            {"owns_framework": "ja", "has_power": "ja", "reason": "Zo.", "from_on": "1-6-2026"},
        ),
        ("doelen/nieuw/", {"name": "Meer groen", "level": "goal", "weight": "1"}),
        ("acties/nieuw/", {**CHANGE, "name": "Bomen"}),
        (
            "acties/1/bewerken/budget/",
            {"year0": "2026", "kind0": "expenditure", "planned0": "5", "spent0": ""},
        ),
        ("acties/1/bewerken/organisaties/", {"party0": "Dorpsraad", "role0": "primary", "does0": ""}),
        (
            "acties/1/bewerken/plaats/",
            {"geometry_kind": "point", "geometry_text": "51,45 4,72", "place": "Dorp"},
        ),
        ("acties/1/bewerken/samenhang/", {"needs0": ""}),
    ],
)
def test_every_form_can_be_proposed_and_accepted(
    land: Land, read_action: Action, worker: Client, steward: Client, path: str, sent: dict[str, Any]
) -> None:
    if path == "bewerken/":
        sent = {**sent, "areas": [land["bergen"].pk]}
    url = saved(worker.post(f"/plannen/{read_action.plan.slug}/{path}", {**sent, "why_propose": "Beter zo."}))
    proposal = Proposal.objects.get()
    page(steward.get(url), 200)
    saved(steward.post(url, {**sent, "version": proposal.seen_version if proposal.changes["row"] else ""}))
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_what_was_done_already_is_accepted_without_doing_it_again(
    read_action: Action, worker: Client, steward: Client
) -> None:
    url = saved(propose(worker, read_action))
    seen = read_action.version
    saved(steward.post(section(read_action, "gegevens"), {**CHANGE, "version": seen}))
    saved(steward.post(url, {**CHANGE, "version": seen}))
    assert Proposal.objects.get().state == "accepted"
