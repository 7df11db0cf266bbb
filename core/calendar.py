"""Calendar and feed: what is coming, and what happened lately, in a municipality or one of its areas."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class CalendarSource:
    """One kind of entries; `between(municipality, user, first, last, area)` runs one query; area may be None."""

    name: str
    between: Callable[[Any, Any, dt.date, dt.date, Any], Iterable[CalendarEntry]]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One kind of news; `latest(municipality, user, limit, area)` runs one query; area may be None."""

    name: str
    latest: Callable[[Any, Any, int, Any], Iterable[FeedEntry]]
    order: int = 100


calendar_sources: Registry[CalendarSource] = Registry(CalendarSource, "calendar")
feed_sources: Registry[FeedSource] = Registry(FeedSource, "calendar")


def upcoming(
    municipality: Any, user: Any, *, first: dt.date, days: int = 60, area: Any = None, limit: int = 8
) -> list[CalendarEntry]:
    """What is coming in the next days, soonest first."""
    last = first + dt.timedelta(days=days)
    entries = [
        e for source in calendar_sources for e in source.between(municipality, user, first, last, area)
    ]
    return sorted(entries, key=lambda entry: (entry.start, str(entry.title)))[:limit]


def latest(municipality: Any, user: Any, *, area: Any = None, limit: int = 6) -> list[FeedEntry]:
    """What happened lately, newest first."""
    entries = [e for source in feed_sources for e in source.latest(municipality, user, limit, area)]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)[:limit]
