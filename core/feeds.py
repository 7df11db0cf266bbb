"""Calendars (ICS) and news (RSS) to subscribe to: open to everybody, in the language of the site, unchanged while nothing changed.

A calendar program asks again by itself: the answer carries an ETag, and is 304 when it has that already.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar, Event

from core.access import open_to_all
from core.calendar import CalendarEntry, FeedEntry, entries_between, latest, newest

View = Callable[..., HttpResponse]

BEFORE, AHEAD = dt.timedelta(days=30), dt.timedelta(days=400)  # what a calendar holds, seen from today
NEWS = 20
FRESH = 900  # seconds that an answer is good for
ASK_AGAIN = dt.timedelta(hours=6)
PRODUCT = "-//Gebiedsplein//Agenda//NL"
# No calendar and no XML takes them, and nobody can type them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: Any) -> str:
    """A text that every calendar and every feed reader takes: no control characters; the writers escape the rest."""
    return CONTROL.sub("", str(text))


def feed(view: View) -> View:
    """An open address for programs: GET and HEAD, in the language of the site, with an ETag, good for a quarter of an hour."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return view(request, *args, **kwargs)

    cached = cache_control(public=True, max_age=FRESH)(answered)
    return open_to_all(require_safe(conditional_page(cached)))


def entries_around_today(municipality: Any, *, area: Any = None) -> list[CalendarEntry]:
    """What a calendar holds of a municipality or an area: what everybody may see, a month back and a year ahead."""
    today = timezone.localdate()
    return entries_between(municipality, AnonymousUser(), first=today - BEFORE, last=today + AHEAD, area=area)


def calendar_response(
    request: HttpRequest, entries: Iterable[CalendarEntry], *, name: str, zone: ZoneInfo
) -> HttpResponse:
    """The entries as an iCalendar file (RFC 5545); `zone` is where their times are on the clock."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    calendar.add("x-published-ttl", "PT6H")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(request, entry, zone))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    return response


def _event(request: HttpRequest, entry: CalendarEntry, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{plain(entry.uid)}@gebiedsplein")
    # Not when it was asked for: the same entry is the same bytes.
    event.add("dtstamp", dt.datetime.combine(entry.start, dt.time.min, dt.UTC))
    start, end = _times(entry, zone)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    title = _("%(title)s (example)") % {"title": entry.title} if entry.is_example else entry.title
    event.add("summary", plain(title))
    address = request.build_absolute_uri(entry.url)
    words = (plain(entry.kind), plain(entry.detail), address)
    event.add("description", "\n".join(filter(None, words)))
    event.add("url", address)
    event.add("categories", [plain(entry.kind)])
    if entry.place:
        event.add("location", plain(entry.place))
    if entry.time is None:
        event.add("transp", "TRANSPARENT")
    return event


def _times(entry: CalendarEntry, zone: ZoneInfo) -> tuple[dt.date, dt.date | None]:
    """The beginning and the end as a calendar has them: of whole days the end is the day after."""
    last = entry.end or entry.start
    if entry.time is None:
        return entry.start, last + dt.timedelta(days=1)
    start = dt.datetime.combine(entry.start, entry.time, zone)
    if entry.end_time is None:
        return start, None
    return start, dt.datetime.combine(last, entry.end_time, zone)


class _Rss(Rss201rev2Feed):
    """Without news there is no moment to tell: the same bytes all the same."""

    def latest_post_date(self) -> dt.datetime:
        moments = [item["pubdate"] for item in self.items if item.get("pubdate")]
        return max(moments, default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))


class NewsFeed(Feed[FeedEntry, Any]):
    """What happened lately, as RSS; `link` is the page that tells the same."""

    feed_type = _Rss

    def __init__(self, request: HttpRequest, *, municipality: Any, area: Any, name: str, link: str) -> None:
        self.municipality, self.area = municipality, area
        # Written out: the syndication framework asks the table of sites otherwise, which is nobody's here.
        self.absolute = request.build_absolute_uri
        self.link, self.feed_url = self.absolute(link), self.absolute(request.path)
        self.title = plain(_("New in %(name)s") % {"name": name})
        self.description = plain(_("What changed in %(name)s.") % {"name": name})

    def items(self) -> list[FeedEntry]:
        """The newest entries, one of each thing."""
        found = latest(self.municipality, AnonymousUser(), area=self.area, limit=NEWS * 2)
        return newest(found, NEWS)

    def item_title(self, item: FeedEntry) -> str:
        return plain(item.title)

    def item_description(self, item: FeedEntry) -> str:
        return plain(": ".join(filter(None, (str(item.kind), item.detail))))

    def item_link(self, item: FeedEntry) -> str:
        return self.absolute(item.url)

    def item_pubdate(self, item: FeedEntry) -> dt.datetime:
        return item.moment

    def item_guid(self, item: FeedEntry) -> str:
        """The thing and the moment: news of the same thing later is other news."""
        return f"{item.url}#{item.moment:%Y%m%dT%H%M%S}"

    item_guid_is_permalink = False
