"""Which sign an action has, as an expression of the database, for layers and lists of many.

It says what `plans.standing` reckons with the rows of one action; a test holds both against each other.
"""

import datetime as dt

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from core.dates import First
from plans.models import Action, ActionQuerySet, News, Plan

OVER = (Action.State.STOPPED, Action.State.REACHED)


class _Months(Func):
    """So many months as an interval."""

    template = "make_interval(months => (%(expressions)s)::int)"
    output_field = DurationField()


class _DayAfter(Func):
    """A day and an interval together, as a day; the last one of a shorter month."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field = DateField()


def with_look(actions: ActionQuerySet, today: dt.date) -> ActionQuerySet:
    """Actions with `look`: begun, open, asleep, done or stopped."""
    news = News.objects.filter(action=OuterRef("pk"), kind=News.Kind.NEWS).order_by("-on", "-pk")
    unchanged = News.objects.filter(action=OuterRef("pk"), kind=News.Kind.UNCHANGED)
    said = Exists(unchanged.filter(after=OuterRef("heard"))) | (
        Q(heard__isnull=True) & Exists(unchanged.filter(after__isnull=True))
    )
    known = actions.annotate(
        heard=Subquery(news.values("pk")[:1]),
        heard_on=Subquery(news.values("on")[:1]),
        planned_on=Coalesce(First("when"), F("plan__first_on")),
    )
    terms = Case(When(said, then=2), default=1, output_field=IntegerField()) * F("plan__news_every_months")
    return known.annotate(due_on=_DayAfter(_start(today), _Months(terms))).annotate(look=_look(today))


def _start(today: dt.date) -> Case:
    """From when news may be expected; see `plans.standing`."""
    return Case(
        When(heard_on__isnull=False, then=F("heard_on")),
        When(phase=Action.Phase.NOT_STARTED, planned_on__gt=today, then=None),
        When(planned_on__gt=today, then=F("plan__first_on")),
        default=Greatest("planned_on", "plan__first_on"),
        output_field=DateField(),
    )


def _look(today: dt.date) -> Case:
    runs = Q(plan__stage=Plan.Stage.ADOPTED, plan__first_on__lte=today) & (
        Q(plan__last_on__isnull=True) | Q(plan__last_on__gte=today)
    )
    asleep = runs & Q(plan__news_every_months__isnull=False, due_on__lt=today) & ~Q(set_state__in=OVER)
    return Case(
        When(set_state=Action.State.STOPPED, then=Value("stopped")),
        When(phase=Action.Phase.DONE, then=Value("done")),
        When(asleep, then=Value("asleep")),
        When(phase=Action.Phase.NOT_STARTED, then=Value("open")),
        default=Value("begun"),
        output_field=CharField(),
    )
