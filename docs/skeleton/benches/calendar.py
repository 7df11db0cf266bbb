"""When somebody looks at a bench."""

import datetime as dt
from typing import Any

from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy

from benches.models import Bench
from core.calendar import CalendarEntry, CalendarSource, calendar_sources


def looks(*, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any) -> Any:
    """The days on which a bench is looked at."""
    benches = Bench.objects.of(municipality).due(first, last)
    here = benches.in_area(area) if area else benches
    return here.annotate(row=JSONObject(key="uuid", slug="slug", name="name", day="look_on"))


def entry_of(*, row: Any) -> CalendarEntry:
    """A day on which a bench is looked at, as the calendar shows it."""
    return CalendarEntry(
        uid=f"benches.look.{row['key']}", start=dt.date.fromisoformat(row["day"]), title=row["name"],
        url=Bench(slug=row["slug"]).get_absolute_url(), kind=gettext_lazy("A bench is looked at"),
    )  # fmt: skip


calendar_sources.register(CalendarSource(name="benches.looks", between=looks, entry=entry_of))
