"""When a place is open: pure functions over the hours of a week and the exceptional days.

Hours are what the clock on the wall says, so that a change to summer time moves nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAYS_AHEAD = 60


@dataclass(frozen=True, order=True)
class Stretch:
    """From when until when, on one day."""

    opens: dt.time
    closes: dt.time

    def holds(self, clock: dt.time) -> bool:
        """Whether the clock lies in it; at the closing time it is closed."""
        return self.opens <= clock < self.closes


@dataclass(frozen=True)
class Schedule:
    """The hours of a week (Monday is 0), and the days that differ (an empty tuple: closed)."""

    week: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)
    exceptions: Mapping[dt.date, tuple[Stretch, ...]] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether any hours were given at all."""
        return any(self.week.values()) or any(self.exceptions.values())

    def on(self, day: dt.date) -> tuple[Stretch, ...]:
        """The stretches of a day, in order; those that touch are one."""
        found = self.exceptions[day] if day in self.exceptions else self.week.get(day.weekday(), ())
        return joined(found)


@dataclass(frozen=True)
class Standing:
    """Open or closed at a moment: until when, or from when again."""

    is_known: bool
    is_open: bool
    today: dt.date
    day: dt.date | None = None
    clock: dt.time | None = None

    @property
    def badge(self) -> str:
        """One or two words: open now, closed, not known."""
        if not self.is_known:
            return _("Hours not known")
        return _("Open now") if self.is_open else _("Closed")

    @property
    def detail(self) -> str:
        """Until when it is open, or from when again; empty when nobody knows."""
        if self.day is None or self.clock is None:
            return ""
        words = {"day": day_words(self.day, self.today), "time": clock_words(self.clock)}
        return (_("%(day)s until %(time)s") if self.is_open else _("%(day)s from %(time)s")) % words

    @property
    def sentence(self) -> str:
        """The badge and the detail as one sentence."""
        return f"{self.badge}, {self.detail}" if self.detail else self.badge


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """In order, those that touch or overlap taken together."""
    found: list[Stretch] = []
    for stretch in sorted(stretches):
        if found and stretch.opens <= found[-1].closes:
            found[-1] = Stretch(found[-1].opens, max(found[-1].closes, stretch.closes))
        else:
            found.append(stretch)
    return tuple(found)


def schedule_from_json(weekly: Iterable[dict[str, Any]], days: Iterable[dict[str, Any]]) -> Schedule:
    """A schedule from rows of `{day, opens, closes}` as the database writes them."""
    week: dict[int, tuple[Stretch, ...]] = {}
    for row in weekly:
        week[row["day"]] = (*week.get(row["day"], ()), _stretch(row))
    return Schedule(
        week, {dt.date.fromisoformat(row["day"]): (_stretch(row),) if row["opens"] else () for row in days}
    )


def _stretch(row: dict[str, Any]) -> Stretch:
    return Stretch(dt.time.fromisoformat(row["opens"]), dt.time.fromisoformat(row["closes"]))


def standing(schedule: Schedule, moment: dt.datetime, zone: ZoneInfo | None = None) -> Standing:
    """Whether a place is open at a moment, and the next time that this changes."""
    local = timezone.localtime(moment, zone) if zone else timezone.localtime(moment)
    today, clock = local.date(), local.time().replace(fold=0)
    if not schedule.is_known:
        return Standing(is_known=False, is_open=False, today=today)
    for stretch in schedule.on(today):
        if stretch.holds(clock):
            return Standing(True, True, today, today, stretch.closes)
        if stretch.opens > clock:
            return Standing(True, False, today, today, stretch.opens)
    for ahead in range(1, DAYS_AHEAD):
        day = today + dt.timedelta(days=ahead)
        if stretches := schedule.on(day):
            return Standing(True, False, today, day, stretches[0].opens)
    return Standing(True, False, today)


def day_words(day: dt.date, today: dt.date) -> str:
    """A day as people say it: today, tomorrow, Monday, 24 December."""
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    return date_format(day, "l") if ahead < 7 else date_format(day, "j F")


def clock_words(clock: dt.time) -> str:
    """A time as people write it here: 7.00 uur, 13.30 uur."""
    return _("%(hour)d:%(minute)02d") % {"hour": clock.hour, "minute": clock.minute}


def short_clock(clock: dt.time) -> str:
    """A time without the word for hour, for tables and fields: 7.00."""
    return f"{clock.hour}.{clock.minute:02d}"


def stretch_words(stretches: Iterable[Stretch]) -> str:
    """The stretches of a day, to read: 9.00–12.00, 13.30–16.00."""
    return ", ".join(f"{short_clock(s.opens)}–{short_clock(s.closes)}" for s in stretches)


def typed_stretches(stretches: Iterable[Stretch]) -> str:
    """The stretches of a day as a keyboard has them, for a field or a file: 9.00-12.00, 13.30-16.00."""
    return stretch_words(stretches).replace("–", "-")
