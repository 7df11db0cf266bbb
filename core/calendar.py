"""Calendar and news: what is coming, and what happened lately, in a municipality or one of its areas.

An app registers its sources in `calendar.py`. `core.feeds` makes calendars and feeds of the entries that anybody can subscribe to:
an entry is seen by everybody and holds no personal data.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.registry import Registry
from core.together import asked_together

MOST = 200


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """Something on a day or at a time: shown under "now and soon", and in the calendars that people subscribe to.

    `uid` is the same as long as it is the same thing, also when it moves ("workplaces.day.…"): calendars follow it by that. Without
    a `time`, on the clock of the municipality, it takes whole days; `end` is its last day, which counts. `end_time` is on that day.
    """

    uid: str
    start: dt.date
    title: str
    url: str
    kind: str | Promise
    symbol: str = ""
    detail: str = ""
    action: str | Promise = ""
    end: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    place: str = ""
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """Something that happened: shown under "what is new"."""

    moment: dt.datetime
    title: str
    url: str
    kind: str | Promise
    symbol: str = ""
    detail: str = ""


class RowsBetween(Protocol):
    """A queryset with `row`, a JSON object, for each entry from one day to another, both counted, of a municipality or of one of
    its areas, in the order in which they come."""

    def __call__(
        self, *, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any
    ) -> QuerySet[Any, Any]: ...


class EntryOf(Protocol):
    """The entry of a row as the database gave it: days and times are text in it."""

    def __call__(self, *, row: Mapping[str, Any]) -> CalendarEntry: ...


class LatestNews(Protocol):
    """The last things that happened in a municipality or in one of its areas, at most `limit`; one query."""

    def __call__(self, *, municipality: Any, user: Any, limit: int, area: Any) -> Iterable[FeedEntry]: ...


@dataclass(frozen=True, kw_only=True)
class CalendarSource:
    """One kind of entries: which there are is asked for all kinds at once, what each says is read from its row."""

    name: str
    between: RowsBetween
    entry: EntryOf
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One kind of news."""

    name: str
    latest: LatestNews
    order: int = 100


class PathBehind(Protocol):
    """The address of a calendar with somebody's secret in it."""

    def __call__(self, *, token: str) -> str: ...


class IsFor(Protocol):
    """Whether somebody has this calendar."""

    def __call__(self, *, user: Any) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class OwnCalendar:
    """A calendar of one's own beside that of one's areas, behind the same secret (`accounts.models.CalendarAddress`)."""

    name: str
    title: str | Promise
    path: PathBehind
    is_for: IsFor
    order: int = 100


own_calendars: Registry[OwnCalendar] = Registry(OwnCalendar, "calendar")
calendar_sources: Registry[CalendarSource] = Registry(CalendarSource, "calendar")
feed_sources: Registry[FeedSource] = Registry(FeedSource, "calendar")


def entries_between(
    municipality: Any, user: Any, *, first: dt.date, last: dt.date, area: Any = None
) -> list[CalendarEntry]:
    """Every entry from one day to another, soonest first, at most MOST of a kind; one query for all kinds."""
    asked = {"municipality": municipality, "user": user, "first": first, "last": last, "area": area}
    readers = {source.name: source.entry for source in calendar_sources}
    rows = asked_together({source.name: source.between(**asked)[:MOST] for source in calendar_sources})
    entries = [readers[name](row=row) for name, row in rows]
    return sorted(entries, key=lambda entry: (entry.start, entry.time or dt.time.min, str(entry.title)))


def upcoming(
    municipality: Any, user: Any, *, first: dt.date, days: int = 60, area: Any = None, limit: int = 8
) -> list[CalendarEntry]:
    """What is coming in the next days, soonest first."""
    last = first + dt.timedelta(days=days)
    return entries_between(municipality, user, first=first, last=last, area=area)[:limit]


def latest(municipality: Any, user: Any, *, area: Any = None, limit: int = 6) -> list[FeedEntry]:
    """What happened lately, newest first."""
    asked = {"municipality": municipality, "user": user, "limit": limit, "area": area}
    entries = [entry for source in feed_sources for entry in source.latest(**asked)]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)[:limit]


def newest(entries: Iterable[FeedEntry], limit: int) -> list[FeedEntry]:
    """The last thing that happened to each; a place that changed five times today is no five pieces of news."""
    by_url: dict[str, FeedEntry] = {}
    for entry in entries:
        by_url.setdefault(entry.url, entry)
    return list(by_url.values())[:limit]
