"""Keeping a council on its pages: nothing typed is lost, warnings are said, and gender is seen by nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.changes import changes_of
from councils.models import Council, Membership, Person
from councils.rulesets import KINDS
from tests.conftest import Land, browser_of
from tests.councils.made import FIRST, make_council, make_member, make_seat


@pytest.fixture
def council(land: Land) -> Council:
    founded = {"basis": "founded", "founded_on": FIRST, "founding_number": "2024/1"}
    council = make_council(
        land.municipality, land["bergen"], slug="dorpsraad", name="Dorpsraad Bergen", **founded
    )
    for gender in "fffffm":
        make_member(council, gender=gender)
    return council


@pytest.fixture
def secretary(cast: dict[str, User]) -> Client:
    return browser_of(cast["secretary"])


def appointed(**more: Any) -> dict[str, Any]:
    """A form as it is sent."""
    return {
        "name": "Lid nieuw",
        "rank": "0",
        "first_on": "1-6-2026",
        "decided_on": "15-12-2025",
        "decision_number": "9",
    } | more


def test_a_secretary_appoints_somebody_new_in_one_form(council: Council, secretary: Client) -> None:
    seat = council.seats.get()
    sent = appointed(seat=seat.pk, gender="m", office="secretary", email="lid@voorbeeld.example")
    response = secretary.post("/raden/dorpsraad/beheer/benoemen/", sent, follow=True)
    member = Membership.objects.get(person__name="Lid nieuw")
    assert (member.person.gender, member.decision_number, member.offices.get().kind) == (
        "m",
        "9",
        "secretary",
    )
    assert "Lid nieuw" in response.content.decode()
    assert (
        "twee derde" in response.content.decode()
    )  # five of seven women: it is written, and the rule is said


def test_two_people_of_one_name_are_told_apart(council: Council, secretary: Client) -> None:
    known = council.memberships.first()
    assert known is not None
    form = secretary.get(f"{council.get_absolute_url()}beheer/benoemen/").content.decode()
    assert f"{known.person.name}: {council.name}" in form


def test_what_was_typed_stays_when_something_is_refused(council: Council, secretary: Client) -> None:
    sent = appointed(seat=council.seats.get().pk, decided_on="", delegation="De harmonie")
    response = secretary.post("/raden/dorpsraad/beheer/benoemen/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "De harmonie" in page
    assert "zeg dat er geen is" in page
    assert not Person.objects.filter(name="Lid nieuw").exists()  # nobody is left behind without a place


def test_a_free_council_needs_no_word_about_a_decision(land: Land, secretary: Client) -> None:
    council = make_council(land.municipality, land["bergen"], slug="vrij")
    sent = appointed(seat=council.seats.get().pk, decided_on="", decision_number="")
    assert secretary.post("/raden/vrij/beheer/benoemen/", sent).status_code == 302
    assert not council.memberships.get().has_decision


def test_who_came_second_is_told_what_there_is_now(council: Council, secretary: Client) -> None:
    old = council.version
    Council.objects.filter(pk=council.pk).update(
        name="Dorpsraad", updated_at=timezone.now() + dt.timedelta(seconds=5)
    )
    sent = {"name": "Dorpsraad van Bergen", "works": "light", "version": old}
    response = secretary.post("/raden/dorpsraad/beheer/gegevens/", sent)
    assert response.status_code == 409
    assert "Dorpsraad van Bergen" in response.content.decode()


@pytest.mark.parametrize(
    "part", ["visitor", "resident", "council_member", "worker_here", "steward", "administrator"]
)
def test_only_the_secretary_sees_gender(council: Council, cast: dict[str, User], part: str) -> None:
    client = browser_of(cast.get(part))
    pages = ["/raden/dorpsraad/", "/raden/", "/raden/tabel.csv", "/raden/dorpsraad/beheer/"]
    member = council.memberships.first()
    assert member is not None
    pages.append(f"/raden/dorpsraad/leden/{member.uuid}/persoon/")
    for page in pages:
        response = client.get(page)
        text = (b"".join(response) if response.streaming else response.content).decode()
        for word in ("5 vrouwen", "Geslacht", "geslacht:", 'value="f"'):
            assert word not in text, (page, word)
    assert "voldoet niet" in client.get("/raden/dorpsraad/").content.decode().lower()


def test_the_secretary_sees_the_numbers_behind_the_verdict(council: Council, secretary: Client) -> None:
    assert "5 vrouwen, 1 mannen" in secretary.get("/raden/dorpsraad/").content.decode()
    assert "Geslacht" in secretary.get("/raden/dorpsraad/beheer/").content.decode()


def test_the_history_tells_nothing_of_gender(council: Council, secretary: Client) -> None:
    member = council.memberships.first()
    assert member is not None
    sent = {"name": member.person.name, "gender": "x", "version": member.person.version}
    secretary.post(f"/raden/dorpsraad/leden/{member.uuid}/persoon/", sent)
    member.person.refresh_from_db()
    assert member.person.gender == "x"
    history = secretary.get("/raden/dorpsraad/beheer/").content.decode().split('id="history"')[1]
    assert "eslacht" not in history


def test_a_year_of_a_council_without_the_administration_screens(land: Land, cast: dict[str, User]) -> None:
    """Founded, a term, places, appointed, hindered and replaced, and gone."""
    steward = browser_of(cast["steward"])
    new = {"name": "Sportraad", "kind": "advisory", "basis": "free", "rules": "be", "works": "light"}
    assert steward.post("/raden/nieuw/", new).status_code == 302
    at = "/raden/sportraad/beheer"
    steward.post(f"{at}/periode/", {"first_on": "1-1-2025", "last_on": "31-12-2030"})
    for mandate in ("member", "substitute"):
        steward.post(
            f"{at}/plaatsen/", {"mandate": mandate, "least": "1", "most": "5", "first_on": "1-1-2025"}
        )
    council = Council.objects.get(slug="sportraad")
    for name, mandate in (("Lid 1", "member"), ("Plaatsvervanger 1", "substitute")):
        seat = council.seats.get(mandate=mandate)
        steward.post(f"{at}/benoemen/", appointed(name=name, seat=seat.pk))
    member, other = council.memberships.order_by("pk")
    of_member = f"/raden/sportraad/leden/{member.uuid}"
    steward.post(f"{of_member}/functie/", {"kind": "chair", "first_on": "1-6-2026"})
    steward.post(f"{of_member}/verhinderd/", {"first_on": "1-9-2026", "replacement": other.pk})
    page = browser_of(None).get("/raden/sportraad/").content.decode()
    assert "Plaatsvervanger 1" in page
    assert "sinds 1 september 2026, voor Lid 1" in page
    steward.post(
        f"{of_member}/weg/", {"last_on": "1-10-2026", "ended": "resigned", "version": member.version}
    )
    member.refresh_from_db()
    assert (member.last_on, member.offices.get().last_on) == (dt.date(2026, 10, 1), dt.date(2026, 10, 1))


def test_a_page_of_another_council_changes_nothing_here(council: Council, secretary: Client) -> None:
    other = make_council(council.municipality)
    seat = make_seat(other, "observer")
    assert secretary.get(f"/raden/dorpsraad/beheer/plaatsen/{seat.pk}/").status_code == 404


def test_hindrances_and_mandates_stand_in_the_history(council: Council, secretary: Client) -> None:
    member, other = make_member(council), make_member(council, mandate="substitute")
    of_member = f"/raden/dorpsraad/leden/{member.uuid}"
    sent = {"first_on": "1-9-2026", "replacement": other.pk, "replaced_from": "8-9-2026"}
    secretary.post(f"{of_member}/verhinderd/", sent)
    secretary.post(f"{of_member}/mandaat/", {"kind": "councillor", "first_on": "1-10-2026"})
    history = secretary.get("/raden/dorpsraad/beheer/").content.decode().split('id="history"')[1]
    name, deputy = member.person.name, other.person.name
    assert f"+ verhinderd: {name}, vervangen door {deputy} vanaf 8-9-2026" in history
    assert f"+ Gemeenteraadslid: {name}, 1-10-2026" in history or f"+ gemeenteraadslid: {name}" in history


def test_an_act_beside_a_council_is_told_once_and_by_whom(
    council: Council, cast: dict[str, User], secretary: Client
) -> None:
    member = make_member(council)
    elsewhere = make_council(council.municipality)
    make_member(elsewhere, person=member.person)
    secretary.post(
        f"/raden/dorpsraad/leden/{member.uuid}/mandaat/", {"kind": "councillor", "first_on": "1-10-2026"}
    )
    (told,) = [one for one in changes_of(council) if one.lines]
    assert told.who == str(cast["secretary"])
    assert len(told.lines) == 1
    assert told.lines in [one.lines for one in changes_of(elsewhere)]


@pytest.mark.parametrize("key", ["answer_days", "one_gender_most"])
def test_an_address_of_before_leads_to_the_rule(council: Council, secretary: Client, key: str) -> None:
    gone = secretary.get(f"/raden/dorpsraad/regels/{key}/")
    assert gone.status_code == 308
    assert gone["Location"] == f"/raden/dorpsraad/regels/{KINDS[key].word}/"
    assert secretary.get(gone["Location"]).status_code == 200
    assert secretary.get("/raden/dorpsraad/regels/geen-regel/").status_code == 404
    assert browser_of(None).get(f"/raden/dorpsraad/regels/{key}/").status_code in (302, 404)


def test_a_light_council_folds_away_what_is_seldom_asked(council: Council, secretary: Client) -> None:
    url = f"/raden/{council.slug}/beheer/benoemen/"
    Council.objects.update(works="full")
    assert '<details class="fold">' not in secretary.get(url).content.decode().split("<main")[1]
    Council.objects.update(works="light")
    shown, folded = secretary.get(url).content.decode().split("<main")[1].split('<details class="fold">')
    assert ('name="seat"' in shown, 'name="decision_uri"' in folded) == (True, True)
    wrong = secretary.post(url, {"name": "Iemand", "decision_uri": "geen adres"}).content.decode()
    assert '<details class="fold" open>' in wrong
