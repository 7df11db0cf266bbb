"""One's own calendar: a secret address that works without signing in, is told once, and can be stopped."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.actions import drop_calendar_address, make_calendar_address
from accounts.models import CalendarAddress, RoleAssignment, User
from core.verbs import Operator
from tests.conftest import Land
from tests.workplaces.conftest import DALEN, Maker
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import DayException


@pytest.fixture
def two_days(land: Land, make_location: Maker) -> None:
    """A day off in Bergen and one in Dalen."""
    for name, at in (("Bib", (4.72, 51.45)), ("Zaal", DALEN)):
        location = make_location(name, at=at)
        DayException.objects.create(location=location, day=timezone.localdate() + dt.timedelta(days=3))


def titles(path: str) -> list[str]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def address(person: User) -> str:
    return f"/mijn/agenda/{make_calendar_address(by=person)}.ics"


def test_it_holds_the_areas_of_ones_roles(two_days: None, cast: dict[str, User]) -> None:
    assert titles(address(cast["worker_here"])) == ["Bib: gesloten"]
    assert titles(address(cast["resident"])) == ["Bib: gesloten", "Zaal: gesloten"]
    assert titles(address(cast["steward"])) == ["Bib: gesloten", "Zaal: gesloten"]


def test_a_role_that_ended_shows_its_area_no_more_than_any_other(
    two_days: None, cast: dict[str, User]
) -> None:
    path = address(cast["worker_here"])
    RoleAssignment.objects.filter(user=cast["worker_here"]).update(valid_until=dt.date(2025, 6, 1))
    assert len(titles(path)) == 2


def test_a_new_address_stops_the_old_one_and_stopping_stops_all(
    two_days: None, cast: dict[str, User]
) -> None:
    first, second = address(cast["resident"]), address(cast["resident"])
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    drop_calendar_address(by=cast["resident"])
    assert Client().get(second).status_code == 404


def test_a_closed_account_has_none(two_days: None, cast: dict[str, User]) -> None:
    path = address(cast["resident"])
    User.objects.filter(pk=cast["resident"].pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_only_a_print_of_the_secret_is_kept_and_no_proxy_keeps_the_answer(
    two_days: None, cast: dict[str, User]
) -> None:
    token = make_calendar_address(by=cast["resident"])
    assert token not in str(list(CalendarAddress.objects.values()))
    answer = Client().get(f"/mijn/agenda/{token}.ics")
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    assert not answer.has_header("Access-Control-Allow-Origin")
    assert cast["resident"].email not in answer.content.decode()


@pytest.mark.parametrize("by", [AnonymousUser(), Operator("proef")])
def test_nobody_makes_one_for_another(land: Land, by: object) -> None:
    for act in (make_calendar_address, drop_calendar_address):
        with pytest.raises(PermissionDenied):
            act(by=by)  # type: ignore[arg-type]


def test_the_page_tells_it_once(cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    client = as_part("resident")
    assert client.post("/mijn/agenda/").status_code == 302
    # Neither shows the page to a person.
    assert client.head("/mijn/gegevens/").status_code == 200
    assert client.post("/mijn/gegevens/", {"name": "Inwoner"}).status_code == 302
    told = [client.get("/mijn/gegevens/").content.decode().count(".ics") for _again in range(2)]
    assert told == [2, 0]
    assert client.post("/mijn/agenda/weg/").status_code == 302
    assert not CalendarAddress.objects.exists()
