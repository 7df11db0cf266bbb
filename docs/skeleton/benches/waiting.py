"""The benches that somebody has to look at."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from benches.models import Bench
from core.access import permitted
from core.waiting import AHEAD, WaitingEntry, WaitingSource, waiting_sources


def to_look_at(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """Those of one's own areas; one query."""
    mine = permitted(Bench.objects.of(municipality), user, "benches.change_bench")
    for one in mine.filter(look_on__lte=today + AHEAD).order_by("look_on")[:50]:
        yield WaitingEntry(title=one.name, url=one.get_absolute_url(), kind=gettext_lazy("Look at"), due=one.look_on)  # fmt: skip


waiting_sources.register(WaitingSource(name="benches.due", title=gettext_lazy("Benches"), waiting=to_look_at))
