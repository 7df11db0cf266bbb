"""What comes next in plans, and what is heard of them: steps in the calendar; news of actions and milestones as news."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import CalendarEntry, CalendarSource, FeedEntry, FeedSource, calendar_sources, feed_sources
from core.dates import First, When
from plans.models import Action, ActionQuerySet, Milestone, News, Plan, Step

LONGEST = dt.timedelta(days=93)  # a season: what is known less precisely is in no calendar


ROW = JSONObject(
    key="pk", when="when", title="title", action="action__uuid", number="action__number", name="action__name",
    place="action__place", team="action__team__name", plan="action__plan__slug", is_example="action__plan__is_example",
)  # fmt: skip


def steps(*, municipality: Any, user: Any, first: dt.date, last: dt.date, area: Any) -> QuerySet[Any, Any]:
    """Steps that are not done yet, on the day or in the month or season in which they come."""
    found = Step.objects.filter(
        Q(when__first__lte=last) & Q(when__last__gte=first), when__last__lte=First("when") + LONGEST,
        action__in=_actions(municipality, area), done_on__isnull=True,
    )  # fmt: skip
    return found.annotate(row=ROW).order_by("when__first", "pk")


def entry_of(*, row: Mapping[str, Any]) -> CalendarEntry:
    """A step in the calendar, with its action and who does it; how precise its moment is stands in words."""
    when = When(row["when"])
    words = [] if when.first == when.last else [when.words()]
    return CalendarEntry(
        uid=f"plans.step.{row['action']}.{row['key']}",
        start=when.first,
        end=when.last,
        title=row["title"],
        url=reverse("plans:action", args=[row["plan"], row["number"]]),
        kind=gettext_lazy("Step of a plan"),
        symbol="action",
        detail=", ".join(filter(None, [*words, row["name"], row["team"]])),
        place=row["place"],
        is_example=row["is_example"],
    )


def news(*, municipality: Any, user: Any, limit: int, area: Any) -> Iterator[FeedEntry]:
    """What teams said of their actions lately."""
    found = News.objects.filter(action__in=_actions(municipality, area), kind=News.Kind.NEWS)
    for one in found.select_related("action__plan").order_by("-on", "-pk")[:limit]:
        yield FeedEntry(
            moment=_noon(one.on), title=one.title, url=one.action.get_absolute_url(), kind=gettext_lazy("News of a plan"),
            symbol="action", detail=one.action.name,
        )  # fmt: skip


def milestones(*, municipality: Any, user: Any, limit: int, area: Any) -> Iterator[FeedEntry]:
    """What succeeded lately."""
    found = Milestone.objects.of(municipality).visible_to(user)
    if area is not None:
        found = found.in_area(area)
    today = timezone.localdate()
    for one in found.filter(when__first__lte=today).newest_first()[:limit]:
        yield FeedEntry(
            moment=_noon(one.when.first), title=one.title, url=one.get_absolute_url(), kind=gettext_lazy("Milestone"),
            symbol="action", detail=_("We celebrate what succeeds"),
        )  # fmt: skip


def _actions(municipality: Any, area: Any) -> ActionQuerySet:
    """The actions of plans that run; what everybody may read."""
    found = Action.objects.of(municipality).present().filter(plan__in=Plan.objects.of(municipality).running())
    return found.in_area(area) if area is not None else found


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


calendar_sources.register(CalendarSource(name="plans.steps", between=steps, entry=entry_of, order=60))
feed_sources.register(FeedSource(name="plans.news", latest=news, order=60))
feed_sources.register(FeedSource(name="plans.milestones", latest=milestones, order=61))
