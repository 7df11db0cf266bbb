"""Meetings as entries of a calendar: of a municipality, an area, a council or a member."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.calendar import CalendarEntry
from councils.models import MeetingQuerySet

ROW = {
    "uuid": "uuid", "starts_at": "starts_at", "ends_at": "ends_at", "number": "number", "state": "state",
    "council": "council__name", "slug": "council__slug", "place": "place", "location": "location__name",
    "is_example": "is_example",
}  # fmt: skip


def coming(meetings: MeetingQuerySet, first: dt.date, last: dt.date) -> MeetingQuerySet:
    """Those that anybody knows of and that are not called off, from one day to another."""
    return (
        meetings.announced()
        .filter(starts_at__date__gte=first, starts_at__date__lte=last)
        .exclude(state="cancelled")
        .exclude(works="file")  # of before, and nobody knows the hour
    )


def entry_of_row(row: Mapping[str, Any]) -> CalendarEntry:
    """A meeting in the calendar; moments come as text when the database made JSON of them."""
    starts, ends = _moment(row["starts_at"]), _moment(row["ends_at"])
    return CalendarEntry(
        uid=f"councils.meeting.{row['uuid']}",
        start=starts.date(),  # type: ignore[union-attr]  # a meeting begins
        time=starts.time(),  # type: ignore[union-attr]
        end=ends.date() if ends else None,
        end_time=ends.time() if ends else None,
        title=row["council"],
        url=reverse("councils:meeting", args=[row["slug"], row["number"]]),
        kind=gettext_lazy("Meeting of a council"),
        symbol="council",
        place=row["location"] or row["place"],
        is_example=row["is_example"],
    )


def _moment(value: Any) -> dt.datetime | None:
    if not value:
        return None
    return timezone.localtime(dt.datetime.fromisoformat(value) if isinstance(value, str) else value)
