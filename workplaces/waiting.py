"""What looks wrong with the work locations that a person may change."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import permitted
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from workplaces.models import WorkLocation
from workplaces.quality import findings

REMEMBERED = 600  # seconds: to look at every location is much work for a number


def findings_in_my_areas(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """How many findings there are about locations that a person may change, in one entry."""
    if not user.has_perm("workplaces.view_quality", municipality):
        return
    here = WorkLocation.objects.of(municipality)
    mine = set(permitted(here, user, "workplaces.change_location").values_list("pk", flat=True))
    counts = _counts(municipality) if mine else Counter()
    number = sum(count for key, count in counts.items() if key in mine)
    if not number:
        return
    words = ngettext("Look at %(number)d finding", "Look at %(number)d findings", number)
    yield WaitingEntry(
        title=words % {"number": number},
        url=reverse("workplaces:quality"),
        kind=gettext_lazy("Data quality"),
        detail=_("Repair it, or say that it is right so."),
    )


def _counts(municipality: Any) -> "Counter[int]":
    key = f"findings:{municipality.pk}"
    found: Counter[int] | None = cache.get(key)
    if found is None:
        found = Counter(finding.location.pk for finding in findings(municipality))
        cache.set(key, found, REMEMBERED)
    return found


waiting_sources.register(
    WaitingSource(
        name="workplaces.quality",
        title=gettext_lazy("Data quality"),
        waiting=findings_in_my_areas,
        order=50,
    )
)
