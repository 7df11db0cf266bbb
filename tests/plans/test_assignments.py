"""Assignments: each step by the side that may, both agree before it begins, both look back before it is closed."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.actions import note_absence
from accounts.models import User
from core.dates import When
from core.verbs import Conflict, Refused
from plans.actions.assignments import (
    accept_assignment,
    ask_assignment,
    ask_change,
    change_assignment,
    deliver_assignment,
    draft_assignment,
    evaluate_assignment,
    refuse_assignment,
    resume_assignment,
    set_team_months,
    withdraw_assignment,
)
from plans.actions.challenges import add_challenge, change_challenge
from plans.actions.handover import pass_on_plans
from plans.board import away_of, columns, load_of, owed_by, standings_of
from plans.models import Action, Assignment, Challenge, PlanPerson, Step
from plans.reminding import waiting_of_team
from plans.standing import months_after
from tests.conftest import OPERATOR, Land, make_municipality
from tests.plans.conftest import make_plan, make_team, refused_at
from tests.plans.verbs_assigned import VALUES, WAY, assignment_in, team_with
from workplaces.models import Team

DAY = dt.timedelta(days=1)
LOOKED = {"result": "Ja.", "effect": "Meer volk.", "next_time": ""}


@pytest.fixture
def sides(land: Land, cast: dict[str, User]) -> tuple[Team, Team]:
    """The team that asks, of the worker of Bergen, and the one that does it, of the moderator."""
    return team_with(land, "Vragers", cast["worker_here"]), team_with(land, "Buiten", cast["moderator"])


def draft(land: Land, by: User, sides: tuple[Team, Team], **more: Any) -> Assignment:
    values = {**VALUES, "commissioner": sides[0], "contractor": sides[1], **more.pop("values", {})}
    return draft_assignment(municipality=land.municipality, by=by, values=values, **more)


def test_from_the_first_word_to_the_last(land: Land, cast: dict[str, User], sides: tuple[Team, Team]) -> None:
    asks, does, today = cast["worker_here"], cast["moderator"], timezone.localdate()
    made = draft(land, asks, sides, areas=[land["bergen"]], months={dt.date(2027, 3, 1): Decimal("2.5")})
    assert made.state == "draft"
    made = ask_assignment(assignment=made, by=asks, version=made.version)
    assert (made.commissioner_agreed_on, made.contractor_agreed_on) == (today, None)
    assert made.answer_by == today + 14 * DAY
    made = ask_change(assignment=made, by=does, version=made.version, side="contractor", text="In de zomer.")
    assert (made.state, made.commissioner_agreed_on) == ("change_asked", None)
    made = change_assignment(
        assignment=made, by=asks, version=made.version, values={"effect": "Rust."}, areas=[], months={}
    )
    assert not made.months.exists()
    made = ask_assignment(assignment=made, by=asks, version=made.version, answer_by=today)
    made = accept_assignment(assignment=made, by=does, version=made.version)
    assert (made.state, made.contractor_agreed_on) == ("running", today)
    made = deliver_assignment(assignment=made, by=does, version=made.version, on=today)
    made = resume_assignment(assignment=made, by=asks, version=made.version, side="commissioner", text="Nee.")
    assert (made.state, made.delivered_on) == ("running", None)
    made = deliver_assignment(assignment=made, by=does, version=made.version, on=today)
    made = evaluate_assignment(assignment=made, by=asks, version=None, side="commissioner", values=LOOKED)
    assert made.state == "to_evaluate"
    made = evaluate_assignment(assignment=made, by=does, version=None, side="contractor", values=LOOKED)
    assert made.state == "closed"
    assert [one.side for one in made.remarks.all()] == ["contractor", "commissioner"]


NO: dict[str, Any] = {"version": None}
STEPS: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
    # from which state, the verb, what it gets beside; by the other side it is refused
    "ask": ("draft", ask_assignment, {}),
    "withdraw": ("asked", withdraw_assignment, {"text": "Niet meer."}),
    "change": ("change_asked", change_assignment, {"values": {}, "areas": [], "months": {}}),
    "as_commissioner": ("running", ask_change, {"side": "commissioner", "text": "Anders."}),
    "look_back_as_commissioner": ("to_evaluate", evaluate_assignment, {"side": "commissioner", "values": LOOKED}),
    "accept": ("asked", accept_assignment, {}),
    "refuse": ("asked", refuse_assignment, {"text": "Geen tijd."}),
    "deliver": ("running", deliver_assignment, {"on": dt.date(2026, 1, 1)}),
    "resume": ("to_evaluate", resume_assignment, {"side": "contractor", "text": "Nog niet."}),
    "as_contractor": ("running", ask_change, {"side": "contractor", "text": "Anders."}),
    "look_back_as_contractor": ("to_evaluate", evaluate_assignment, {"side": "contractor", "values": LOOKED}),
}  # fmt: skip
OF_COMMISSIONER = {"ask", "withdraw", "change", "as_commissioner", "look_back_as_commissioner"}


@pytest.mark.parametrize("name", STEPS)
def test_nobody_speaks_for_the_other_side(land: Land, cast: dict[str, User], name: str) -> None:
    state, verb, more = STEPS[name]
    made = assignment_in(land, cast, state)
    other = cast["moderator" if name in OF_COMMISSIONER else "worker_here"]
    for person in (other, cast["alderman"], cast["worker_elsewhere"], cast["resident"]):
        with pytest.raises(PermissionDenied):
            verb(assignment=made, by=person, **NO, **more)
    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("ask", {"draft", "change_asked"}),
        ("accept", {"asked"}),
        ("refuse", {"asked"}),
        ("deliver", {"running"}),
        ("as_contractor", {"asked", "running"}),
        ("change", {"draft", "change_asked"}),
        ("look_back_as_contractor", {"to_evaluate"}),
        ("resume", {"to_evaluate"}),
        ("withdraw", {"draft", "asked", "change_asked", "running"}),
    ],
)
def test_from_which_states(land: Land, cast: dict[str, User], name: str, states: set[str]) -> None:
    _state, verb, more = STEPS[name]
    made = assignment_in(land, cast, "draft")
    part = "worker_here" if name in OF_COMMISSIONER else "moderator"
    day = timezone.localdate()
    for state in WAY:
        fresh = Assignment.objects.create(
            municipality=land.municipality, commissioner=made.commissioner, contractor=made.contractor, **VALUES,
            commissioner_agreed_on=day, contractor_agreed_on=day,
        )  # fmt: skip
        for step in WAY[state]:
            fresh.state = step
            fresh.save()
        if state in states:
            verb(assignment=fresh, by=cast[part], **NO, **more)
        else:
            with pytest.raises(Refused):
                verb(assignment=fresh, by=cast[part], **NO, **more)


def test_what_the_database_refuses_a_person_reads_at_its_field(
    land: Land, cast: dict[str, User], sides: tuple[Team, Team]
) -> None:
    asks, by = sides[0], cast["worker_here"]
    with refused_at("contractor", "zichzelf geen opdracht"):
        draft(land, by, sides, values={"contractor": asks})
    gone = make_team(land, "Opgeheven", dissolved_on=timezone.localdate())
    with refused_at("contractor"):
        draft(land, by, sides, values={"contractor": gone})
    with refused_at("result"):
        draft(land, by, sides, values={"result": ""})
    other = make_municipality(slug="elders", name="Elders", code="88888")
    stranger = Team.objects.create(municipality=other, slug="zij", name="Zij")
    with refused_at("contractor"):
        draft(land, by, sides, values={"contractor": stranger})
    with pytest.raises(PermissionDenied):  # on behalf of a team for which this person does not speak
        draft(land, by, (sides[1], sides[0]))
    with pytest.raises(ValidationError):
        draft(land, by, sides, months={dt.date(2027, 3, 2): Decimal(1)})
    assert not Assignment.objects.exists()


def test_days_that_make_no_sense(land: Land, cast: dict[str, User]) -> None:
    made, today = assignment_in(land, cast, "running"), timezone.localdate()
    with refused_at("on", "nog komen"):
        deliver_assignment(assignment=made, by=cast["moderator"], version=None, on=today + DAY)
    written = assignment_in_again(land, made, "draft")
    with refused_at("answer_by", "voorbij"):
        ask_assignment(assignment=written, by=cast["worker_here"], version=None, answer_by=today - DAY)


def assignment_in_again(land: Land, made: Assignment, state: str) -> Assignment:
    again = Assignment.objects.create(
        municipality=land.municipality, commissioner=made.commissioner, contractor=made.contractor, **VALUES
    )
    for step in WAY[state]:
        again.state = step
        again.save()
    return again


def test_two_at_once_lose_nothing(land: Land, cast: dict[str, User]) -> None:
    made = assignment_in(land, cast, "change_asked")
    seen = made.version
    change_assignment(
        assignment=made, by=cast["worker_here"], version=seen, values={"effect": "Rust."}, areas=[], months={}
    )
    with pytest.raises(Conflict):
        change_assignment(
            assignment=made,
            by=cast["worker_here"],
            version=seen,
            values={"effect": "Feest."},
            areas=[],
            months={},
        )


def test_a_side_looks_back_once(land: Land, cast: dict[str, User]) -> None:
    made = assignment_in(land, cast, "to_evaluate")
    evaluate_assignment(assignment=made, by=cast["moderator"], version=None, side="contractor", values=LOOKED)
    with pytest.raises(ValidationError):
        evaluate_assignment(
            assignment=made, by=cast["moderator"], version=None, side="contractor", values=LOOKED
        )
    with pytest.raises(Refused) as refused:
        resume_assignment(
            assignment=made, by=cast["worker_here"], version=None, side="commissioner", text="Toch niet."
        )
    assert refused.value.code == "evaluated"


def test_the_deputy_speaks_for_the_team(land: Land, cast: dict[str, User]) -> None:
    made, today = assignment_in(land, cast, "draft"), timezone.localdate()
    with pytest.raises(PermissionDenied):
        ask_assignment(assignment=made, by=cast["worker_elsewhere"], version=None)
    note_absence(
        by=cast["worker_here"], user=cast["worker_here"], municipality=land.municipality, first=today, last=today,
        deputy=cast["worker_elsewhere"],
    )  # fmt: skip
    assert ask_assignment(assignment=made, by=cast["worker_elsewhere"], version=None).state == "asked"


def test_who_reads_what(land: Land, cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    made = assignment_in(land, cast, "asked")
    address = made.get_absolute_url()
    assert as_part("visitor").get(address).status_code == 404
    assert as_part("resident").get(address).status_code == 404
    assert as_part("alderman").get(address).status_code == 200
    accept = ask_change(
        assignment=made, by=cast["moderator"], version=None, side="contractor", text="Geheim?"
    )
    ask_assignment(assignment=accept, by=cast["worker_here"], version=None)
    accept_assignment(assignment=made, by=cast["moderator"], version=None)
    html = as_part("visitor").get(address).content.decode()
    assert "Zes banken." in html
    assert "Geheim?" not in html, "what the sides said to each other"
    assert "Worker" not in html, "nobody is named"
    assert "Geheim?" in as_part("alderman").get(address).content.decode()


def test_a_plan_in_the_making_is_not_told(
    land: Land, cast: dict[str, User], as_part: Callable[[str], Client]
) -> None:
    made = assignment_in(land, cast, "running")
    plan = make_plan(land, "Nog geheim")
    Assignment.objects.filter(pk=made.pk).update(action=plan.actions.create(number=1, name="Stille bank"))
    told = {
        part: "Nog geheim" in as_part(part).get(made.get_absolute_url()).content.decode()
        for part in ("visitor", "resident", "worker_here")
    }
    assert told == {"visitor": False, "resident": False, "worker_here": True}
    plan.stage = "proposed"
    plan.save()
    assert "Stille bank" in as_part("visitor").get(made.get_absolute_url()).content.decode()


def test_the_pages_of_an_assignment(
    land: Land, cast: dict[str, User], sides: tuple[Team, Team], as_part: Callable[[str], Client]
) -> None:
    client, nl = as_part("worker_here"), {"accept-language": "nl"}
    month = timezone.localdate().replace(day=1)
    sent = {
        "name": "Banken", "commissioner": sides[0].pk, "contractor": sides[1].pk, "result": "Zes banken.",
        "effect": "Rust.", "when": "ooit eens", f"month_{month:%Y_%m}": "2,5", "areas": [land["bergen"].pk],
    }  # fmt: skip
    answer = client.post("/plannen/opdrachten/nieuw/", sent, headers=nl)
    assert answer.status_code == 422
    assert "ooit eens" in answer.content.decode()
    answer = client.post("/plannen/opdrachten/nieuw/", {**sent, "when": "voorjaar 2027"}, headers=nl)
    assert answer.status_code == 302, answer.content.decode()
    made = Assignment.objects.get()
    assert made.months.get().days == Decimal("2.5")
    page = client.get(made.get_absolute_url(), headers=nl).content.decode()
    assert "Vraag het aan de opdrachtnemer" in page
    seen = {"answer_by": "", "version": made.version}
    assert client.post(f"{made.get_absolute_url()}vragen/", seen).status_code == 302
    made.refresh_from_db()
    other = as_part("moderator")
    page = other.get(made.get_absolute_url(), headers=nl).content.decode()
    assert all(words in page for words in ("Aanvaard", "Vraag een wijziging", "Zeg nee"))
    assert "Trek in" not in page
    assert other.get(f"{made.get_absolute_url()}intrekken/").status_code == 404
    refused = other.post(f"{made.get_absolute_url()}weigeren/", {"text": ""}, headers=nl)
    assert refused.status_code == 422
    assert other.post(f"{made.get_absolute_url()}aanvaarden/", {"version": "toen"}).status_code == 409
    seen = {"version": made.version}
    assert other.post(f"{made.get_absolute_url()}aanvaarden/", seen).status_code == 302
    late = other.get(f"{made.get_absolute_url()}aanvaarden/")
    assert late.status_code == 302, "somebody went on with it"
    table = as_part("visitor").get("/plannen/opdrachten/tabel.csv", headers=nl)
    body = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Zes banken." in body
    assert "voorjaar 2027" in body


def test_the_board_counts_what_runs_and_what_is_asked(land: Land, cast: dict[str, User]) -> None:
    made, today = assignment_in(land, cast, "running"), timezone.localdate()
    does, month = made.contractor, timezone.localdate().replace(day=1)
    asked = assignment_in_again(land, made, "asked")
    written = assignment_in_again(land, made, "draft")
    for one, days in ((made, 18), (asked, 16), (written, 99)):
        one.months.create(month=month, days=days)
    set_team_months(team=does, by=cast["moderator"], months={month: Decimal(22)})
    load = load_of(does, today)
    first = load.bars[0]
    assert [int(days) for days in (first.running, first.asked, first.has, first.too_much)] == [18, 16, 22, 12]
    assert [bar.name for bar in load.too_much] == [first.name]
    made.months.create(month=months_after(month, 1), days=13)
    assert [int(bar.too_much) for bar in load_of(does, today).too_much] == [13, 12]  # worst first
    rows = list(Assignment.objects.of_team(does).with_days())
    waits, runs, evaluate = columns(rows, does, {}, today)
    assert [card.url for card in waits.cards] == [asked.get_absolute_url()]
    assert [card.url for card in runs.cards] == [made.get_absolute_url()]
    assert not evaluate.cards
    with pytest.raises(PermissionDenied):
        set_team_months(team=does, by=cast["worker_here"], months={month: Decimal(1)})
    with pytest.raises(ValidationError):
        set_team_months(team=does, by=cast["moderator"], months={month: Decimal(-1)})


@pytest.mark.parametrize(
    ("state", "does", "asks"),
    [
        ("draft", "", ""),
        ("asked", "Antwoord", ""),
        ("change_asked", "", "Bekijk de wijziging"),
        ("running", "", ""),
        ("to_evaluate", "Evalueer", "Evalueer"),
        ("closed", "", ""),
    ],
)
def test_what_each_side_owes(land: Land, cast: dict[str, User], state: str, does: str, asks: str) -> None:
    made, today = assignment_in(land, cast, state), timezone.localdate()
    for team, words in ((made.contractor, does), (made.commissioner, asks)):
        titles = [entry.title for entry in owed_by({team.pk}, land.municipality, today)]
        assert titles == ([f"{words}: Banken"] if words else [])
    assert not list(owed_by((), land.municipality, today))


def test_the_board_says_who_is_away(
    land: Land, cast: dict[str, User], sides: tuple[Team, Team], as_part: Callable[[str], Client]
) -> None:
    today = timezone.localdate()
    note_absence(
        by=cast["moderator"], user=cast["moderator"], municipality=land.municipality, first=today + DAY,
        last=today + 3 * DAY, deputy=cast["secretary"],
    )  # fmt: skip
    [away] = away_of(sides[1], today)
    assert away.absence.user == cast["moderator"]
    assert "Secretary" in away.words
    assert away_of(sides[0], today) == []
    assignment = draft(land, cast["worker_here"], sides)
    ask_assignment(assignment=assignment, by=cast["worker_here"], version=None)
    page = as_part("moderator").get(f"/plannen/teams/{sides[1].slug}/", headers={"accept-language": "nl"})
    html = page.content.decode()
    assert "Antwoord: Banken" in html
    assert "Lees en antwoord" in html
    assert "Moderator" in html
    other = as_part("alderman").get(f"/plannen/teams/{sides[1].slug}/", headers={"accept-language": "nl"})
    assert "Je spreekt niet voor dit team" in other.content.decode()
    assert (
        "Antwoord: Banken"
        in as_part("moderator").get("/mijn/", headers={"accept-language": "nl"}).content.decode()
    )


def test_the_board_says_how_the_actions_stand_and_all_that_waits_for_the_team(
    land: Land, cast: dict[str, User], as_part: Callable[[str], Client]
) -> None:
    made, today = assignment_in(land, cast, "running"), timezone.localdate()
    plan = make_plan(land, stage="adopted", news_every_months=3)
    action = Action.objects.create(
        plan=plan, number=1, name="Banken op het plein", team=made.contractor, phase="doing"
    )
    Step.objects.create(action=action, title="Bestellen", when=When("2026-02"))
    Assignment.objects.filter(pk=made.pk).update(action=action)
    html = as_part("moderator").get(f"/plannen/teams/{made.contractor.slug}/").content.decode()
    for words in (
        "Slaapt sinds",
        "bezig",
        "in gevaar",
        "Te laat: Bestellen",
        f'href="{action.get_absolute_url()}"',
    ):
        assert words in html
    titles = [entry.title for entry in waiting_of_team(made.contractor, today)]
    assert any("slaapt" in title for title in titles)
    assert not list(waiting_of_team(made.commissioner, today))


def test_the_board_tells_nothing_of_an_action_that_one_may_not_read(
    land: Land, cast: dict[str, User]
) -> None:
    made, today = assignment_in(land, cast, "running"), timezone.localdate()
    action = Action.objects.create(plan=make_plan(land), number=1, name="Geheim")
    made.action = action
    assert standings_of([made], cast["resident"], today) == {}
    assert list(standings_of([made], cast["worker_here"], today)) == [action.pk]
    made.state = "asked"
    assert standings_of([made], cast["worker_here"], today) == {}


def test_challenges(land: Land, cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    by = cast["worker_here"]
    made = add_challenge(
        municipality=land.municipality, by=by, values={"name": "Nieuw"}, areas=[land["bergen"]]
    )
    assert made.slug != "nieuw", "that is the address of another page"
    with pytest.raises(PermissionDenied):
        add_challenge(municipality=land.municipality, by=cast["resident"], values={"name": "Ik"})
    with pytest.raises(Conflict):
        change_challenge(challenge=made, by=by, version="toen", values={"name": "Anders"}, areas=[])
    assert set(Challenge.objects.in_area(land["noord-deelgemeente"])) == {made}
    assert not Challenge.objects.in_area(land["dalen"])
    changed = change_challenge(
        challenge=made, by=by, version=made.version, values={"closed_on": timezone.localdate()}, areas=[]
    )
    assert changed.closed_on
    assert not Challenge.objects.open()
    visitor = as_part("visitor")
    assert "Nieuw" not in visitor.get("/plannen/opgaven/").content.decode()
    assert "Nieuw" in visitor.get("/plannen/opgaven/?gesloten=on").content.decode()


def test_plans_pass_on(land: Land, cast: dict[str, User]) -> None:
    first, second = make_plan(land), make_plan(land, "Ander plan")
    leaves, stays = cast["worker_here"], cast["moderator"]
    PlanPerson.objects.create(plan=first, user=leaves, may="publish")
    PlanPerson.objects.create(plan=first, user=stays, may="edit")
    PlanPerson.objects.create(plan=second, user=leaves, may="edit")
    assert pass_on_plans(user=leaves, municipality=land.municipality, to=stays, by=OPERATOR) == 2
    assert set(PlanPerson.objects.values_list("plan", "user", "may")) == {
        (first.pk, stays.pk, "publish"), (second.pk, stays.pk, "edit"),
    }  # fmt: skip


@pytest.mark.parametrize("word", ["stand", "toestand"])
def test_the_list_by_state_also_at_its_old_address(
    land: Land, cast: dict[str, User], as_part: Callable[[str], Client], word: str
) -> None:
    assignment_in(land, cast, "running")
    visitor = as_part("visitor")
    shown = {
        state: visitor.get("/plannen/opdrachten/", {word: state, "volgorde": word})
        .content.decode()
        .count("<tr>")
        for state in ("running", "closed")
    }
    assert shown["running"] == shown["closed"] + 2
