import datetime as dt

from django.utils import translation

from core.agenda import agenda
from core.calendar import CalendarEntry

TODAY = dt.date(2026, 11, 21)


def entry(start: dt.date, end: dt.date | None = None) -> CalendarEntry:
    return CalendarEntry(uid="tests.one", start=start, end=end, title="Avond", url="/x/", kind="Avond")


def test_a_day_to_come_has_its_number_month_and_weekday() -> None:
    with translation.override("nl"):
        (row,) = agenda([entry(dt.date(2026, 12, 3))], TODAY)
    assert (row.day, row.is_now) == ("3", False)
    assert "donderdag" in row.beside


def test_what_began_is_now_until_its_last_day() -> None:
    with translation.override("en"):
        (row,) = agenda([entry(dt.date(2026, 11, 1), dt.date(2026, 12, 13))], TODAY)
    assert row.is_now
    assert row.day == "Now"
    assert "13 dec" in row.beside


def test_what_is_today_says_so() -> None:
    with translation.override("en"):
        (row,) = agenda([entry(TODAY)], TODAY)
    assert (row.day, row.beside) == ("Now", "today")
