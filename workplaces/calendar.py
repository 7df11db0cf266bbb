"""Exceptional days that are coming, and which locations changed lately."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.calendar import (
    CalendarEntry,
    CalendarSource,
    FeedEntry,
    FeedSource,
    calendar_sources,
    feed_sources,
)
from core.history import reason_of
from workplaces.history import latest_changes
from workplaces.models import DayException, WorkLocation
from workplaces.opening import Stretch, stretch_words

MANY = 3  # added on one day: from here on told in one line


LOCATION = ("uuid", "name", "slug", "street", "house_number", "postcode", "locality")
ROW = JSONObject(
    **{name: name for name in ("day", "opens", "closes", "reason", "is_example")},
    location=JSONObject(**{name: f"location__{name}" for name in LOCATION}),
)


def exceptional_days(
    *, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any
) -> QuerySet[Any, Any]:
    """Days on which a location is closed or open at other hours."""
    locations = _locations(municipality, user, area)
    days = DayException.objects.filter(location__in=locations, day__range=(first, last))
    return days.annotate(row=ROW).order_by("day", "location__name")


def entry_of(*, row: Mapping[str, Any]) -> CalendarEntry:
    """An exceptional day in the calendar: the hours it is open, or the whole day that it is closed."""
    location, day = WorkLocation(**row["location"]), dt.date.fromisoformat(row["day"])
    opens, closes = (dt.time.fromisoformat(row[name]) if row[name] else None for name in ("opens", "closes"))
    what = _("closed")
    if opens and closes:
        what = _("other hours: %(hours)s") % {"hours": stretch_words([Stretch(opens, closes)])}
    return CalendarEntry(
        uid=f"workplaces.day.{location.uuid}.{day:%Y%m%d}",
        start=day,
        time=opens,
        end_time=closes,
        title=f"{location.name}: {what}",
        url=location.get_absolute_url(),
        kind=gettext_lazy("Opening hours"),
        symbol="location",
        detail=row["reason"],
        place=", ".join(filter(None, (location.name, location.full_address))),
        is_example=row["is_example"],
    )


def changed_locations(*, municipality: Any, user: Any, limit: int, area: Any) -> Iterator[FeedEntry]:
    """Locations that were added or changed lately; never who did it. Many added on one day are one piece of news."""
    told: set[dt.date] = set()
    for event in latest_changes(_locations(municipality, user, area), limit=limit):
        day = timezone.localdate(event.pgh_created_at)
        is_new = event.pgh_label == "insert"
        if is_new and event.together >= MANY:
            if day not in told:
                yield _many_added(event.pgh_created_at, event.together, area)
            told.add(day)
            continue
        reason = reason_of((event.pgh_context.metadata if event.pgh_context else {}).get("why", ""))
        yield FeedEntry(
            moment=event.pgh_created_at,
            title=event.pgh_obj.name,
            url=event.pgh_obj.get_absolute_url(),
            kind=gettext_lazy("Work location"),
            symbol="location",
            # A reason that somebody typed may name a person; only our own words are shown.
            detail=_("added") if is_new else str(reason.words) if reason else _("changed"),
        )


def _many_added(moment: dt.datetime, number: int, area: Any) -> FeedEntry:
    title = ngettext("%(number)d work location added", "%(number)d work locations added", number)
    return FeedEntry(
        moment=moment,
        title=title % {"number": number},
        url=reverse("workplaces:list") + (f"?gebied={area.slug}" if area is not None else ""),
        kind=gettext_lazy("Work locations"),
        symbol="location",
    )


def _locations(municipality: Any, user: Any, area: Any) -> Any:
    found = WorkLocation.objects.of(municipality).in_use().visible_to(user)
    return found.in_area(area) if area is not None else found


calendar_sources.register(
    CalendarSource(name="workplaces.days", between=exceptional_days, entry=entry_of, order=60)
)
feed_sources.register(FeedSource(name="workplaces.changes", latest=changed_locations, order=60))
