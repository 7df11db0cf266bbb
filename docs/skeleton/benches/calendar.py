"""When somebody looks at a bench."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from benches.models import Bench
from core.calendar import CalendarEntry, CalendarSource, calendar_sources


def looks(*, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any) -> Iterator[CalendarEntry]:  # fmt: skip
    """The days on which a bench is looked at; one query."""
    benches = Bench.objects.of(municipality).due(first, last)
    for bench in benches.in_area(area) if area else benches:
        yield CalendarEntry(
            uid=f"benches.look.{bench.uuid}", start=bench.look_on or first, title=bench.name,
            url=bench.get_absolute_url(), kind=gettext_lazy("A bench is looked at"),
        )  # fmt: skip


calendar_sources.register(CalendarSource(name="benches.looks", between=looks))
