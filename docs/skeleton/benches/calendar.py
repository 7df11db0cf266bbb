"""When somebody looks at a bench."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy

from benches.models import Bench
from core.calendar import CalendarEntry, CalendarSource, calendar_sources


def looks(*, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any) -> QuerySet[Any, Any]:  # fmt: skip
    """The days on which a bench is looked at."""
    benches = Bench.objects.of(municipality).due(first, last)
    found = benches.in_area(area) if area else benches
    return found.annotate(row=JSONObject(uuid="uuid", slug="slug", name="name", day="look_on"))


def entry_of(*, row: Mapping[str, Any]) -> CalendarEntry:
    """A day on which a bench is looked at, as the calendar shows it."""
    return CalendarEntry(
        uid=f"benches.look.{row['uuid']}", start=dt.date.fromisoformat(row["day"]), title=row["name"],
        url=reverse("benches:detail", args=[row["slug"]]), kind=gettext_lazy("A bench is looked at"),
    )  # fmt: skip


calendar_sources.register(CalendarSource(name="benches.looks", between=looks, entry=entry_of))
