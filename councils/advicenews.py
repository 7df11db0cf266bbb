"""What is new about advices: that one was given, and that its answer was released, at that moment and not before."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import FeedEntry, newest
from core.feeds import NEWS, NewsFeed
from councils.models import Advice


def entries(*, municipality: Any, limit: int, area: Any) -> Iterator[FeedEntry]:
    """Answers that were released or corrected and advices that were given, the newest of each; two queries."""
    found = Advice.objects.of(municipality).adopted()
    if area is not None:
        found = found.in_area(area)
    answered = found.answered().with_correction().annotate(told_at=Greatest("answered_at", "corrected_at"))
    for one in answered.select_related("council").order_by("-told_at", "-pk")[:limit]:
        words = _("Answered: %(title)s") if one.corrected_at is None else _("Answer corrected: %(title)s")
        yield FeedEntry(
            moment=one.told_at, title=words % {"title": one.title}, url=one.get_absolute_url(),
            kind=gettext_lazy("Answer to an advice"), symbol="council", detail=one.council.name,
        )  # fmt: skip
    for one in found.select_related("council").order_by("-adopted_on", "-pk")[:limit]:
        noon = timezone.make_aware(dt.datetime.combine(one.adopted_on or timezone.localdate(), dt.time(12)))
        yield FeedEntry(
            moment=noon, title=one.title, url=one.get_absolute_url(), kind=gettext_lazy("Advice"), symbol="council",
            detail=one.council.name,
        )  # fmt: skip


class AdviceFeed(NewsFeed):
    """The register as RSS."""

    def items(self) -> list[FeedEntry]:
        """The newest first, one of each advice."""
        found = sorted(
            entries(municipality=self.municipality, limit=NEWS, area=self.area),
            key=lambda one: one.moment,
            reverse=True,
        )
        return newest(found, NEWS)
