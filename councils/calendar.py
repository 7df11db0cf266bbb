"""What of councils is new, when they meet, and when an answer is due."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import (
    CalendarEntry,
    CalendarSource,
    FeedEntry,
    FeedSource,
    OwnCalendar,
    calendar_sources,
    feed_sources,
    own_calendars,
)
from councils.advicenews import entries
from councils.models import Advice, Meeting
from councils.reading.coming import ROW as MEETING
from councils.reading.coming import coming, entry_of_row
from councils.rules import sat_in_by

ROW = JSONObject(
    uuid="uuid",
    year="year",
    number="number",
    title="title",
    due="due_on",
    council="council__name",
    is_example="is_example",
)


def answers_due(
    *, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any
) -> QuerySet[Any, Any]:
    """The days on which an answer is due, of advices that everybody sees waiting for one: the same for whoever asks.

    What is in the making, withdrawn or answered but not released shows nothing of that here, also to who is named: a calendar is
    fetched by a machine, and of that no look could be kept.
    """
    found = Advice.objects.of(municipality)
    if area is not None:
        found = found.in_area(area)
    due: QuerySet[Any, Any] = found.open_now().filter(due_on__range=(first, last))
    rows: QuerySet[Any, Any] = due.annotate(row=ROW).order_by("due_on", "pk")
    return rows


def entry_of(*, row: Mapping[str, Any]) -> CalendarEntry:
    """The last day of an answer."""
    return CalendarEntry(
        uid=f"councils.answer.{row['uuid']}",
        start=dt.date.fromisoformat(row["due"]),
        title=_("Answer due: %(title)s") % {"title": row["title"]},
        url=reverse("advices:detail", args=[row["year"], row["number"]]),
        kind=gettext_lazy("Answer to an advice"),
        symbol="council",
        detail=row["council"],
        is_example=row["is_example"],
    )


def meetings(*, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any) -> QuerySet[Any, Any]:
    """Meetings that anybody knows of, on the day on which they are."""
    found = coming(Meeting.objects.of(municipality), first, last)
    found = found.in_area(area) if area is not None else found
    return found.annotate(row=JSONObject(**MEETING)).order_by("starts_at", "pk")


def meeting_of(*, row: Mapping[str, Any]) -> CalendarEntry:
    """A meeting in the calendar."""
    return entry_of_row(row)


def news(*, municipality: Any, user: Any, limit: int, area: Any) -> Iterable[FeedEntry]:
    """Advices that were given and answers that were released."""
    return entries(municipality=municipality, limit=limit, area=area)


calendar_sources.register(
    CalendarSource(name="councils.answers", between=answers_due, entry=entry_of, order=70)
)
calendar_sources.register(
    CalendarSource(name="councils.meetings", between=meetings, entry=meeting_of, order=65)
)
feed_sources.register(FeedSource(name="councils.advices", latest=news, order=70))
own_calendars.register(
    OwnCalendar(
        name="councils.own",
        title=gettext_lazy("My councils"),
        path=lambda *, token: reverse("councils:own_calendar", args=[token]),
        is_for=lambda *, user: sat_in_by(user).exists(),
    )
)
