"""Calendar and feed: what is coming, and what happened lately, in a municipality or one of its areas."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """Something on a day: shown under "now and soon"."""

    start: dt.date
    title: str
    url: str
    kind: str | Promise
    symbol: str = ""
    detail: str = ""
    action: str | Promise = ""
    end: dt.date | None = None
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


class EntriesBetween(Protocol):
    """The entries from one day to another, both counted, of a municipality or of one of its areas; one query."""

    def __call__(
        self, *, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any
    ) -> Iterable[CalendarEntry]: ...


class LatestNews(Protocol):
    """The last things that happened in a municipality or in one of its areas, at most `limit`; one query."""

    def __call__(self, *, municipality: Any, user: Any, limit: int, area: Any) -> Iterable[FeedEntry]: ...


@dataclass(frozen=True, kw_only=True)
class CalendarSource:
    """One kind of entries."""

    name: str
    between: EntriesBetween
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One kind of news."""

    name: str
    latest: LatestNews
    order: int = 100


calendar_sources: Registry[CalendarSource] = Registry(CalendarSource, "calendar")
feed_sources: Registry[FeedSource] = Registry(FeedSource, "calendar")


def upcoming(
    municipality: Any, user: Any, *, first: dt.date, days: int = 60, area: Any = None, limit: int = 8
) -> list[CalendarEntry]:
    """What is coming in the next days, soonest first."""
    last = first + dt.timedelta(days=days)
    asked = {"municipality": municipality, "user": user, "first": first, "last": last, "area": area}
    entries = [entry for source in calendar_sources for entry in source.between(**asked)]
    return sorted(entries, key=lambda entry: (entry.start, str(entry.title)))[:limit]


def latest(municipality: Any, user: Any, *, area: Any = None, limit: int = 6) -> list[FeedEntry]:
    """What happened lately, newest first."""
    asked = {"municipality": municipality, "user": user, "limit": limit, "area": area}
    entries = [entry for source in feed_sources for entry in source.latest(**asked)]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)[:limit]
