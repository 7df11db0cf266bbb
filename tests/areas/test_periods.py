"""The calendar of a municipality: what it asks on a day, and how it is kept."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import User
from areas.actions.periods import remove_period, save_period
from areas.models import CalendarPeriod
from areas.periods import asks_first, holds_back_mandates, working_days
from core.changes import changes_of
from core.verbs import Conflict
from tests.conftest import OPERATOR, Land, make_municipality

D = dt.date
Kind = CalendarPeriod.Kind
URL = "/gebieden/perioden/"


def period(land: Land, kind: str, first: D, last: D, **more: Any) -> CalendarPeriod:
    return CalendarPeriod.objects.create(
        municipality=land.municipality, kind=kind, name=kind, first=first, last=last, **more
    )


def test_the_weightiest_period_asks_and_only_those_that_do(land: Land) -> None:
    period(land, Kind.SCHOOL_HOLIDAY, D(2026, 12, 21), D(2027, 1, 3))
    freeze = period(land, Kind.BUDGET_FREEZE, D(2026, 12, 1), D(2026, 12, 31))
    period(land, Kind.CLOSURE, D(2026, 11, 2), D(2026, 11, 2), asks_first=False)
    here = land.municipality
    assert [asks_first(here, D(2026, 12, day)) for day in (1, 21, 31)] == [freeze] * 3
    assert str(asks_first(here, D(2027, 1, 3))) == Kind.SCHOOL_HOLIDAY
    assert asks_first(here, D(2026, 11, 30)) is None
    assert asks_first(here, D(2027, 1, 4)) is None
    assert asks_first(here, D(2026, 11, 2)) is None
    assert asks_first(make_municipality(slug="elders", code="11001"), D(2026, 12, 21)) is None


def test_mandate_holders_are_held_back_before_elections_only(land: Land) -> None:
    elections = period(land, Kind.BEFORE_ELECTIONS, D(2026, 7, 1), D(2026, 10, 11))
    period(land, Kind.BUDGET_FREEZE, D(2026, 11, 1), D(2026, 12, 31))
    here = land.municipality
    assert holds_back_mandates(here, D(2026, 7, 1)) == holds_back_mandates(here, D(2026, 10, 11)) == elections
    assert holds_back_mandates(here, D(2026, 10, 12)) is None
    assert holds_back_mandates(here, D(2026, 11, 15)) is None
    CalendarPeriod.objects.filter(pk=elections.pk).update(holds_back_mandates=False)
    assert holds_back_mandates(here, D(2026, 7, 1)) is None


def test_who_is_closed_does_not_work_and_who_has_a_school_holiday_does(land: Land) -> None:
    period(land, Kind.CLOSURE, D(2026, 12, 24), D(2026, 12, 31))
    period(land, Kind.SCHOOL_HOLIDAY, D(2026, 12, 21), D(2027, 1, 3))
    calendar = working_days(land.municipality)
    assert calendar.works(D(2026, 12, 23))
    assert not calendar.works(D(2026, 12, 24))
    assert not calendar.works(D(2027, 1, 1))


def test_periods_of_a_kind_do_not_overlap_and_end_after_they_start(land: Land, cast: dict[str, User]) -> None:
    period(land, Kind.SCHOOL_HOLIDAY, D(2026, 12, 21), D(2027, 1, 3))
    for first, last, words in (
        (D(2027, 1, 3), D(2027, 1, 9), "Er is al een periode van deze soort in deze dagen."),
        (D(2027, 1, 9), D(2027, 1, 8), "De laatste dag komt voor de eerste."),
    ):
        new = CalendarPeriod(
            municipality=land.municipality, kind=Kind.SCHOOL_HOLIDAY, name="x", first=first, last=last
        )
        with pytest.raises(ValidationError) as refused:
            save_period(period=new, by=cast["steward"])
        assert words in refused.value.messages


def test_a_steward_keeps_the_calendar_and_others_do_not(land: Land, cast: dict[str, User]) -> None:
    new = CalendarPeriod(
        municipality=land.municipality,
        kind=Kind.BUDGET_FREEZE,
        name="Stop",
        first=D(2026, 12, 1),
        last=D(2026, 12, 31),
    )
    for name in ("worker_here", "alderman", "resident"):
        with pytest.raises(PermissionDenied):
            save_period(period=new, by=cast[name])
    save_period(period=new, by=cast["steward"])
    old = new.version
    new.name = "Budgetstop"
    save_period(period=new, by=cast["administrator"], version=old)
    with pytest.raises(Conflict):
        save_period(period=new, by=cast["steward"], version=old)
    assert [change.why for change in changes_of(new)] == [
        "periode op de kalender gewijzigd",
        "periode op de kalender gezet",
    ]
    with pytest.raises(PermissionDenied):
        remove_period(period=new, by=cast["moderator"])
    remove_period(period=new, by=cast["steward"])
    assert not CalendarPeriod.objects.exists()


def test_a_period_is_added_changed_and_taken_away_on_its_page(
    land: Land, as_part: Callable[[str], Client]
) -> None:
    client = as_part("steward")
    typed = {
        "kind": Kind.BUDGET_FREEZE,
        "name": "Budgetstop",
        "first": "1/12/2199",
        "last": "30-11-2199",
        "asks_first": "on",
    }
    refused = client.post(f"{URL}nieuw/", typed)
    assert refused.status_code == 422
    assert "De laatste dag komt voor de eerste." in refused.content.decode()
    assert 'value="1/12/2199"' in refused.content.decode()
    assert client.post(f"{URL}nieuw/", {**typed, "last": "31-12-2199"}).headers["Location"] == URL
    made = CalendarPeriod.objects.get()
    assert (made.first, made.last, made.holds_back_mandates) == (D(2199, 12, 1), D(2199, 12, 31), False)
    assert "Budgetstop" in client.get(URL).content.decode()
    changed = {**typed, "name": "Stop", "last": "31-12-2199", "version": made.version}
    assert client.post(f"{URL}{made.uuid}/", changed).status_code == 302
    assert client.post(f"{URL}{made.uuid}/", {**changed, "name": "Toch niet"}).status_code == 409
    assert CalendarPeriod.objects.get().name == "Stop"
    assert client.post(f"{URL}{made.uuid}/weg/").status_code == 302
    assert not CalendarPeriod.objects.exists()


def test_the_list_shows_what_comes_and_on_request_what_was(
    land: Land, as_part: Callable[[str], Client]
) -> None:
    client = as_part("administrator")
    period(land, Kind.SCHOOL_HOLIDAY, D(2020, 7, 1), D(2020, 8, 31))
    save_period(
        by=OPERATOR,
        period=CalendarPeriod(
            municipality=land.municipality,
            kind=Kind.CLOSURE,
            name="Brug",
            first=D(2199, 5, 7),
            last=D(2199, 5, 7),
        ),
    )
    shown = client.get(URL).content.decode()
    assert "Brug" in shown
    assert Kind.SCHOOL_HOLIDAY not in shown.split("<tbody>")[1]
    assert Kind.SCHOOL_HOLIDAY in client.get(f"{URL}?when=alle").content.decode().split("<tbody>")[1]
    assert "Deze filter werkt niet" in client.get(f"{URL}?kind=carnaval").content.decode()
