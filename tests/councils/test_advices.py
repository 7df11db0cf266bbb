"""Advices: given in a meeting and frozen, received with a term, and read in a register."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from areas.models import CalendarPeriod
from core.digest import digest_of
from core.terms import WorkingDays
from core.verbs import Conflict, Refused
from councils.actions.advices import (
    adopt_advice,
    begin_advice,
    change_advice,
    receive_advice,
    withdraw_advice,
)
from councils.models import Advice, Council, Recommendation
from councils.register import ENOUGH, Clock, rates_of
from councils.terms import days_between
from tests.conftest import OPERATOR, Land
from tests.councils.advised import make_answered, make_draft, make_given
from tests.councils.made import make_council, make_member

AsPart = Callable[[str], Client]
TODAY = timezone.localdate


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(land.municipality, land["bergen"], name="Dorpsraad Bergen")
    for _number in range(3):
        make_member(council)
    return council


def give(advice: Advice, **more: Any) -> Advice:
    return adopt_advice(advice=advice, by=OPERATOR, **{"on": TODAY(), "vote_words": "8 voor", **more})


def test_given_it_has_a_number_and_is_frozen(council: Council) -> None:
    first, second = give(make_draft(council)), give(make_draft(council))
    assert [one.code for one in (first, second)] == [f"{TODAY().year}/1", f"{TODAY().year}/2"]
    assert first.composition is not None
    assert first.composition["voters"] == 3
    assert first.digest == digest_of(first.composition)
    assert str(first.get_absolute_url()) == f"/adviezen/{TODAY().year}-1/"
    changes: tuple[dict[str, Any], ...] = (
        {"title": "Anders"},
        {"composition": {}},
        {"vote_words": "Anders"},
        {"number": 9},
    )
    for values in changes:
        with pytest.raises(DatabaseError, match="stays as it was given"), transaction.atomic():
            Advice.objects.filter(pk=first.pk).update(**values)
    for change in (
        lambda: Recommendation.objects.filter(advice=first).update(text="Anders"),
        lambda: Recommendation.objects.filter(advice=first).delete(),
        lambda: Recommendation.objects.create(advice=first, number=9, text="Nog een"),
    ):
        with pytest.raises(DatabaseError, match="stays as it was given"), transaction.atomic():
            change()
    with pytest.raises(Refused):
        change_advice(advice=first, by=OPERATOR, values={"title": "Anders"})


def test_who_comes_later_changes_nothing(council: Council) -> None:
    advice = give(make_draft(council))
    make_member(council)
    advice.refresh_from_db()
    assert advice.composition is not None
    assert advice.composition["voters"] == 3


def test_an_invalid_composition_is_recorded_with_its_warning(land: Land, client: Client) -> None:
    council = make_council(land.municipality, land["bergen"])
    advice = give(make_draft(council))  # nobody sits in it
    assert advice.verdict == "not_met"
    assert "niet samengesteld zoals het moet" in client.get(advice.get_absolute_url()).content.decode()


def test_what_it_takes_to_be_given(council: Council) -> None:
    bare = begin_advice(council=council, by=OPERATOR, values={"title": "Kaal", "origin": "own"})
    for more in ({"on": TODAY() + dt.timedelta(days=1)}, {"vote_words": " "}, {}):
        with pytest.raises(Refused):
            give(bare, **more)
    advice = make_draft(council)
    with pytest.raises(Conflict):
        give(advice, version="anders")
    with pytest.raises(Refused):
        give(give(advice))


def test_the_term_is_of_working_days_by_the_rule_of_the_council(land: Land, council: Council) -> None:
    monday = dt.date(2026, 3, 2)
    council.rule_choices.create(rule="answer_days", value=5, first_on=monday, source="Afspraak")
    CalendarPeriod.objects.create(
        municipality=land.municipality,
        kind="closure",
        name="Dicht",
        first=dt.date(2026, 3, 4),
        last=dt.date(2026, 3, 4),
    )
    advice = give(make_draft(council), on=monday)
    received = receive_advice(advice=advice, by=OPERATOR, on=monday)
    assert (received.answer_days, received.due_on) == (5, dt.date(2026, 3, 10))
    council.rule_choices.update(value=60)
    received.refresh_from_db()
    assert received.due_on == dt.date(2026, 3, 10)
    for day in (monday - dt.timedelta(days=1), TODAY() + dt.timedelta(days=1)):
        with pytest.raises(Refused):
            receive_advice(advice=advice, by=OPERATOR, on=day)
    with pytest.raises(Refused):
        receive_advice(advice=make_draft(council), by=OPERATOR, on=monday)


def test_days_between() -> None:
    friday = dt.date(2026, 3, 6)
    assert days_between(friday, dt.date(2026, 3, 9), WorkingDays("BE")) == 1
    assert days_between(friday, friday, WorkingDays("BE")) == 0


@pytest.mark.parametrize(
    ("elapsed", "answered", "words", "is_over"),
    [
        (32, True, "Beantwoord na 32 van 40 werkdagen", False),
        (48, False, "Nog geen antwoord, dag 48 van 40", True),
    ],
)
def test_the_clock_in_words(elapsed: int, answered: bool, words: str, is_over: bool) -> None:
    clock = Clock(elapsed, 40, answered)
    assert (clock.words, clock.is_over) == (words, is_over)


def test_who_sees_it_before(land: Land, council: Council, cast: dict[str, User], as_part: AsPart) -> None:
    make_member(council, user=cast["council_member"])
    draft = make_draft(council)
    for part, person in cast.items():
        sees = part in {"council_member", "secretary", "steward", "administrator"}
        assert Advice.objects.visible_to(person).filter(pk=draft.pk).exists() is sees, part
    assert as_part("council_member").get(draft.get_absolute_url()).status_code == 200
    assert "Geef het plein terug" not in as_part("resident").get("/adviezen/").content.decode()


def test_who_may_not_does_nothing(council: Council, cast: dict[str, User]) -> None:
    draft, by = make_draft(council), cast["worker_here"]
    for verb, more in (
        (change_advice, {"values": {}}), (adopt_advice, {"on": TODAY(), "vote_words": "x"}), (withdraw_advice, {"why": "x"}),
        (receive_advice, {"on": TODAY()}),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            verb(advice=draft, by=by, **more)
    with pytest.raises(PermissionDenied):
        begin_advice(council=council, by=by, values={"title": "x", "origin": "own"})
    with pytest.raises(ValidationError):
        change_advice(advice=draft, by=OPERATOR, values={"title": ""})


def test_the_secretary_makes_one_on_the_pages(council: Council, as_part: AsPart) -> None:
    secretary = as_part("secretary")
    typed = {
        "title": "Licht aan de halte",
        "origin": "own",
        "body": "executive",
        "recommendations": "Zet een lamp.\nNu.",
    }
    url = f"/adviezen/nieuw/{council.slug}/"
    refused = secretary.post(url, {**typed, "title": ""})
    assert refused.status_code == 422
    assert "Zet een lamp." in refused.content.decode()
    made = secretary.post(url, typed)
    advice = Advice.objects.get()
    assert made["Location"] == advice.get_absolute_url()
    assert [one.text for one in advice.recommendations.all()] == ["Zet een lamp.", "Nu."]
    change = f"{advice.get_absolute_url()}wijzigen/"
    field = make_given(make_council(council.municipality)).policy_field
    assert field is not None
    sent = {
        **typed,
        "recommendations": "Zet een lamp.",
        "policy_field": str(field.pk),
        "version": advice.version,
    }
    assert secretary.post(change, sent).status_code == 302
    assert secretary.post(change, {**sent, "title": "Nog anders"}).status_code == 409
    advice.refresh_from_db()
    given = {"on": f"{TODAY():%d-%m-%Y}", "vote_words": "8 voor", "version": advice.version}
    assert (
        secretary.post(f"{advice.get_absolute_url()}gegeven/", {**given, "vote_words": ""}).status_code == 422
    )
    assert secretary.post(f"{advice.get_absolute_url()}gegeven/", given).status_code == 302
    advice.refresh_from_db()
    assert advice.is_public
    received = {"on": f"{TODAY():%d-%m-%Y}", "version": advice.version}
    assert secretary.post(f"{advice.get_absolute_url()}ontvangen/", received).status_code == 302
    assert advice.recommendations.count() == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [("", {"Wacht", "Klaar", "Oud"}), ("stand=open", {"Wacht", "Oud"}), ("stand=te-laat", {"Oud"}),
     ("stand=beantwoord", {"Klaar"}), ("gebied=bergen", {"Wacht", "Klaar", "Oud"}), ("q=klaar", {"Klaar"}),
     ("q=veertien plaatsen", {"Klaar"}), ("raad=onbekend", set())],
)  # fmt: skip
def test_the_register_is_filtered(council: Council, client: Client, asked: str, found: set[str]) -> None:
    make_given(council, "Wacht")
    make_given(council, "Oud", days_ago=90)
    make_answered(council, "Klaar")
    html = client.get(f"/adviezen/?{asked}").content.decode()
    assert {title for title in ("Wacht", "Klaar", "Oud") if f">{title}</a>" in html} == found
    if "Oud" in found:
        assert "te laat" in html


def test_a_rate_comes_from_ten_decided_cases_on(council: Council, client: Client) -> None:
    like = make_given(council, "Oud", days_ago=90)
    values = {
        field.attname: getattr(like, field.attname)
        for field in Advice._meta.concrete_fields
        if field.name not in {"id", "uuid", "number"}
    }
    Advice.objects.bulk_create(Advice(**values, number=100 + number) for number in range(ENOUGH - 2))
    make_given(council, "Loopt nog")
    rates = rates_of(council.municipality)
    assert (rates.whole.decided, rates.whole.running, rates.whole.is_shown, rates.groups) == (
        ENOUGH - 1,
        1,
        False,
        [],
    )
    assert "weigh" not in client.get("/adviezen/").content.decode()
    make_answered(council, "Op tijd")
    rates = rates_of(council.municipality)
    assert (rates.whole.on_time, rates.whole.overdue, rates.whole.percent) == (1, ENOUGH - 1, 10)
    assert sorted(one.name for _title, group in rates.groups for one in group) == [
        "Bergen",
        "Dorpsraad Bergen",
        "Publieke ruimte",
    ]
    assert f"1 van {ENOUGH}" in client.get("/adviezen/").content.decode()
