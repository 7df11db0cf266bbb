"""Terms in calendar or working days: when is it due, and on which day does somebody sit at a desk.

calendar = WorkingDays("BE", closed=[(date(2026, 12, 24), date(2027, 1, 3))])
Term(10, Unit.WORKING_DAYS).ends(date(2026, 12, 20), calendar)   # the day from which one counts is not counted itself
Term(30, Unit.DAYS).ends(date(2026, 12, 5), calendar)            # Belgian and Dutch law: ends on a working day, not before

The public holidays are those of the country (the library holidays); on which days else the house is closed, the municipality says.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, ngettext

DAY = dt.timedelta(days=1)
SUNDAY, SATURDAY = 6, 5
FARTHEST = 366  # days in a row that a calendar may be closed


class Unit(TextChoices):
    """In what a term is counted."""

    DAYS = "days", gettext_lazy("days")
    WORKING_DAYS = "working_days", gettext_lazy("working days")


@cache
def public_holidays(country: str, year: int) -> frozenset[dt.date]:
    """The days off of a country (BE, NL) in a year; LookupError for another country."""
    # A second and forty megabytes, which only who counts working days pays.
    from holidays import country_holidays

    kinds = {"BE": ("public",), "NL": ("public", "optional")}[
        country
    ]  # in the Netherlands 5 May counts, in law, each year
    return frozenset(country_holidays(country, years=year, categories=kinds))


class WorkingDays:
    """The days on which a municipality works: no weekend, no public holiday, no period in which it is closed."""

    def __init__(self, country: str, closed: Iterable[tuple[dt.date, dt.date]] = ()) -> None:
        self.country = country
        self.closed = tuple(closed)

    def works(self, day: dt.date) -> bool:
        """Whether it works on a day."""
        return (
            day.weekday() not in {SATURDAY, SUNDAY}
            and day not in public_holidays(self.country, day.year)
            and not any(first <= day <= last for first, last in self.closed)
        )

    def on_or_after(self, day: dt.date) -> dt.date:
        """The first working day from a day on; ValueError where there is none in a year."""
        return self._search(day, DAY)

    def on_or_before(self, day: dt.date) -> dt.date:
        """The last working day until a day; ValueError where there is none in a year."""
        return self._search(day, -DAY)

    def _search(self, day: dt.date, step: dt.timedelta) -> dt.date:
        for number in range(FARTHEST):
            if self.works(found := day + number * step):
                return found
        raise ValueError(f"no working day within a year of {day}")


@dataclass(frozen=True)
class Term:
    """A number of days, of one kind or the other."""

    number: int
    unit: Unit = Unit.DAYS

    def ends(self, start: dt.date, calendar: WorkingDays) -> dt.date:
        """The last day on which something is in time, counted from the day after `start`; always a working day."""
        if self.unit == Unit.DAYS:
            return calendar.on_or_after(start + self.number * DAY)
        day = start
        for _day in range(self.number):
            day = calendar.on_or_after(day + DAY)
        return day

    def before(self, end: dt.date, calendar: WorkingDays) -> dt.date:
        """The day on which one has at least this term left until `end`; always a working day."""
        if self.unit == Unit.DAYS:
            return calendar.on_or_before(end - self.number * DAY)
        day = end
        for _day in range(self.number):
            day = calendar.on_or_before(day - DAY)
        return day

    def words(self) -> str:
        """30 days, 5 working days."""
        if self.unit == Unit.DAYS:
            return ngettext("%(number)d day", "%(number)d days", self.number) % {"number": self.number}
        told = ngettext("%(number)d working day", "%(number)d working days", self.number)
        return told % {"number": self.number}
