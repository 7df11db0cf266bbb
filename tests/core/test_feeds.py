"""Calendars and feeds: read back by a calendar library and by an XML parser, unchanged as long as nothing changed."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.db.models import Value
from django.db.models.functions import JSONObject
from django.test import Client, RequestFactory
from icalendar import Calendar

from areas.models import Municipality
from core.calendar import CalendarEntry, CalendarSource, FeedEntry, FeedSource, calendar_sources, feed_sources
from core.feeds import calendar_response
from tests.conftest import Land
from tests.workplaces.conftest import library as library
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import DayException, WorkLocation

BRUSSELS, AMSTERDAM = ZoneInfo("Europe/Brussels"), ZoneInfo("Europe/Amsterdam")
HOSTILE = "Feest\r\nBEGIN:VEVENT\r\nSUMMARY:vals; a, b \\n \x07 <script>&amp;]]>"
ADDRESSES = ("/agenda.ics", "/gebieden/bergen/agenda.ics", "/werklocaties/bibliotheek/agenda.ics")
FEEDS = ("/nieuws.rss", "/gebieden/bergen/nieuws.rss")


def entry(**fields: Any) -> CalendarEntry:
    values: dict[str, Any] = {
        "uid": "tests.1", "start": dt.date(2026, 3, 5), "title": "Dorpsraad", "url": "/x/", "kind": "Vergadering", **fields,
    }  # fmt: skip
    return CalendarEntry(**values)


def events(response: Any) -> list[Any]:
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def event(rf: RequestFactory, zone: ZoneInfo = BRUSSELS, **fields: Any) -> Any:
    (found,) = events(calendar_response(rf.get("/"), [entry(**fields)], name="Bergen", zone=zone))
    return found


def items(response: Any) -> list[Element]:
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return list(fromstring(response.content).iter("item"))


def test_a_whole_day_ends_where_the_next_begins(rf: RequestFactory) -> None:
    found = event(rf)
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (dt.date(2026, 3, 5), dt.date(2026, 3, 6))
    longer = event(rf, end=dt.date(2026, 3, 8))
    assert longer["DTEND"].dt == dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BRUSSELS, dt.date(2026, 3, 5), 1),
        (BRUSSELS, dt.date(2026, 7, 5), 2),
        (AMSTERDAM, dt.date(2026, 7, 5), 2),
    ],
)
def test_a_time_is_on_the_clock_of_the_municipality(
    rf: RequestFactory, zone: ZoneInfo, day: dt.date, hours: int
) -> None:
    answer = calendar_response(
        rf.get("/"), [entry(start=day, time=dt.time(20), end_time=dt.time(22))], name="B", zone=zone
    )
    (found,) = events(answer)
    assert found["DTSTART"].dt == dt.datetime.combine(day, dt.time(20), zone)
    assert found["DTSTART"].dt.utcoffset() == dt.timedelta(hours=hours)
    assert found["DTEND"].dt - found["DTSTART"].dt == dt.timedelta(hours=2)
    assert f"TZID:{zone.key}" in answer.content.decode()
    assert "BEGIN:VTIMEZONE" in answer.content.decode()


def test_an_end_that_is_not_known_is_left_out(rf: RequestFactory) -> None:
    assert "DTEND" not in event(rf, time=dt.time(20))


def test_hostile_words_stay_words(rf: RequestFactory) -> None:
    found = event(rf, title=HOSTILE, detail=HOSTILE, place=HOSTILE)
    assert found["SUMMARY"] == HOSTILE.replace("\r", "").replace("\x07", "")
    assert "SUMMARY:vals" in found["DESCRIPTION"]
    assert found["LOCATION"].startswith("Feest")


def test_it_says_what_it_is_and_where_to_read_more(rf: RequestFactory) -> None:
    found = event(rf, place="Gemeenteplein 1", is_example=True)
    assert found["UID"] == "tests.1@gebiedsplein"
    assert found["URL"] == "http://testserver/x/"
    assert found["LOCATION"] == "Gemeenteplein 1"
    assert found["SUMMARY"] in {"Dorpsraad (voorbeeld)", "Dorpsraad (example)"}


@pytest.fixture
def busy(land: Land, library: WorkLocation) -> Iterator[WorkLocation]:
    """The library is closed on one day and open at other hours on another."""
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=BRUSSELS), tick=False):
        DayException.objects.create(location=library, day=dt.date(2026, 3, 5), reason="Feestdag")
        DayException.objects.create(
            location=library, day=dt.date(2026, 3, 9), opens=dt.time(9), closes=dt.time(10)
        )
        DayException.objects.create(location=library, day=dt.date(2024, 3, 9))  # long ago
        yield library


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_calendars(busy: WorkLocation, path: str) -> None:
    closed, other = events(Client().get(path))
    assert closed["SUMMARY"] == "Bibliotheek: gesloten"
    assert closed["DTSTART"].dt == dt.date(2026, 3, 5)
    assert closed["UID"] == f"workplaces.day.{busy.uuid}.20260305@gebiedsplein"
    assert other["DTSTART"].dt == dt.datetime(2026, 3, 9, 9, tzinfo=BRUSSELS)
    assert "Lindendreef 1b" in other["LOCATION"]
    DayException.objects.filter(day="2026-03-09").update(opens=dt.time(8))
    moved = events(Client().get(path))[1]
    assert moved["UID"] == other["UID"]


def test_the_calendar_of_another_area_is_empty_and_valid(busy: WorkLocation) -> None:
    assert events(Client().get("/gebieden/dalen/agenda.ics")) == []


@pytest.mark.parametrize("path", [*ADDRESSES, *FEEDS])
def test_unchanged_is_304_and_head_is_answered(busy: WorkLocation, path: str) -> None:
    first = Client().get(path)
    assert first["Cache-Control"] == "public, max-age=900" or "max-age=900" in first["Cache-Control"]
    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("path", [*ADDRESSES, *FEEDS])
def test_scripts_of_others_may_read_and_the_language_is_that_of_the_site(
    busy: WorkLocation, path: str
) -> None:
    answer = Client().get(path, headers={"accept-language": "en", "origin": "https://elders.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "closed" not in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/gebieden/nergens/agenda.ics", "/gebieden/nergens/nieuws.rss", "/werklocaties/geen/agenda.ics"]
)
def test_what_is_not_there(land: Land, path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_the_news(busy: WorkLocation, path: str) -> None:
    (found,) = items(Client().get(path))
    assert found.findtext("title") == "Bibliotheek"
    assert found.findtext("link") == "http://testserver/werklocaties/bibliotheek/"
    guid = found.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert (guid.text or "").startswith("/werklocaties/bibliotheek/#2026")


@pytest.fixture
def hostile_sources() -> Iterator[None]:
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

    def between(**asked: Any) -> Any:
        row = JSONObject(title=Value(HOSTILE), start=Value(asked["first"].isoformat()))
        return Municipality.objects.filter(pk=asked["municipality"].pk).annotate(row=row)

    def read(*, row: Any) -> CalendarEntry:
        return entry(title=row["title"], start=dt.date.fromisoformat(row["start"]))

    def news(**asked: Any) -> list[FeedEntry]:
        return [FeedEntry(moment=moment, title=HOSTILE, url="/x/", kind="Proef", detail=HOSTILE)]

    calendar_sources.register(CalendarSource(name="tests.hostile", between=between, entry=read))
    feed_sources.register(FeedSource(name="tests.hostile", latest=news))
    yield
    calendar_sources.unregister("tests.hostile")
    feed_sources.unregister("tests.hostile")


def test_hostile_words_of_an_app_break_nothing(land: Land, hostile_sources: None) -> None:
    (found,) = events(Client().get("/agenda.ics"))
    assert "SUMMARY:vals" in found["SUMMARY"]
    (item,) = items(Client().get("/nieuws.rss"))
    assert "<script>" in (item.findtext("title") or "")


def test_the_pages_lead_to_them(busy: WorkLocation, as_part: Callable[[str], Client]) -> None:
    area = Client().get("/gebieden/bergen/").content.decode()
    for path in ("/gebieden/bergen/agenda.ics", "/gebieden/bergen/nieuws.rss"):
        assert area.count(f'href="{path}"') == 2
    assert (
        'href="/werklocaties/bibliotheek/agenda.ics"'
        in Client().get("/werklocaties/bibliotheek/").content.decode()
    )
    assert 'href="/agenda.ics"' in Client().get("/").content.decode()
