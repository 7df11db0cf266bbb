"""Of what the team of an action is reminded: news that is due or missing, what is late or due soon, nothing planned, no figure.

`followed` reads in three queries what runs; `reminders_of` and `missing_figures` say what to do about it. The page "For you" and
the nightly mail (`plans.jobs`) both ask here.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import IndicatorValue
from core.waiting import WaitingEntry
from plans.board import owed_by
from plans.models import Action, GoalIndicator, News, Plan, Reminded, Step
from plans.reading.gather import heard_of
from plans.standing import REMINDED, Heard, Standing, Worry, standing, steps_ahead
from workplaces.models import Team

Kind = Reminded.Kind
Soon = Callable[[dt.date], bool]
# A figure of a year is expected from the first of July after it.
PUBLISHED = (7, 1)


@dataclass(frozen=True)
class Followed:
    """An action that goes on, with its steps and how it stands."""

    action: Action
    steps: Sequence[Step]
    stands: Standing


@dataclass(frozen=True)
class Reminder:
    """Something to do about a plan: `title` begins with what, `term` is the day it is about, `due` the last day in time, if any."""

    kind: Kind
    plan: Plan
    team_id: int | None
    subject: uuid.UUID
    term: dt.date
    title: str
    url: str
    due: dt.date | None = None

    @property
    def key(self) -> tuple[str, uuid.UUID, dt.date]:
        """The thing and the term: of these a person is reminded once."""
        return (self.kind.value, self.subject, self.term)


def soon_in_days(today: dt.date) -> Soon:
    """Whether a day is at most two weeks ahead."""
    return lambda day: today >= day - REMINDED


def reminders(of_actions: Q, of_plans: Q, today: dt.date, soon: Soon) -> list[Reminder]:
    """Everything of these actions, and the missing figures of these plans; four queries."""
    found = [one for each in followed(of_actions, today) for one in reminders_of(each, today, soon)]
    return [*found, *missing_figures(of_plans, today)]


def entries_of(of_actions: Q, of_plans: Q, today: dt.date) -> Iterator[WaitingEntry]:
    """The same as what waits, with what is due within two weeks; four queries."""
    for one in reminders(of_actions, of_plans, today, soon_in_days(today)):
        yield WaitingEntry(
            title=one.title,
            url=one.url,
            kind=gettext_lazy("Plan"),
            due=one.due,
            detail=one.plan.name,
            is_example=one.plan.is_example,
        )


def waiting_of_team(team: Team, today: dt.date) -> Iterator[WaitingEntry]:
    """All that waits for a team as such, for its board: what it should tell or do about actions, what it owes; seven queries."""
    led = Q(team=team) | Q(team=None, plan__owner_team=team)
    yield from entries_of(led, Q(owner_team=team), today)
    yield from owed_by({team.pk}, team.municipality, today)


def followed(of_actions: Q, today: dt.date) -> list[Followed]:
    """The actions that go on in plans that run, with how each stands; three queries."""
    running = Action.objects.unfinished().filter(of_actions, plan__in=Plan.objects.running(today))
    rows = running.select_related("plan__municipality").defer("geometry", "text", "comment", "evaluation")
    actions = list(rows.order_by("plan", "number"))
    keys = [action.pk for action in actions]
    heard = heard_of(News.objects.filter(action__in=keys))
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(action__in=keys):
        steps[step.action_id].append(step)
    return [
        Followed(
            one,
            steps[one.pk],
            standing(one, one.plan, heard=heard.get(one.pk, Heard()), steps=steps[one.pk], today=today),
        )
        for one in actions
    ]


def reminders_of(one: Followed, today: dt.date, soon: Soon) -> Iterator[Reminder]:
    """What there is to do about an action, by its own rows."""
    due = one.stands.due
    if one.stands.is_asleep and due:
        yield _reminder(one, Kind.NO_NEWS, due, _("Tell what is new: “%(name)s” is asleep"))
    elif due and soon(due):
        yield _reminder(one, Kind.NEWS_SOON, due, _("Tell what is new of “%(name)s”"))
    yield from _of_dates(one)
    yield from _of_steps(one, today, soon)


def missing_figures(of_plans: Q, today: dt.date) -> Iterator[Reminder]:
    """The figures by which goals of plans that run are known, and that are not there for the year that they should; one query."""
    year = today.year - (1 if (today.month, today.day) >= PUBLISHED else 2)
    there = IndicatorValue.objects.filter(
        indicator=OuterRef("indicator"), area=OuterRef("area"), value__isnull=False, period__gte=str(year)
    )
    plans = Plan.objects.running(today).filter(of_plans, first_on__year__lte=year)
    rows = GoalIndicator.objects.filter(~Exists(there), goal__plan__in=plans).order_by("goal__plan", "pk")
    for row in rows.select_related("goal__plan__municipality", "indicator", "area"):
        said = {"figure": row.indicator.name, "area": row.area.name, "year": year}
        yield Reminder(
            kind=Kind.FIGURE_MISSING,
            plan=row.goal.plan,
            team_id=row.goal.plan.owner_team_id,
            subject=uuid.uuid5(row.goal.uuid, str(row.pk)),
            term=dt.date(year, 12, 31),
            title=_("Bring in a figure: %(figure)s in %(area)s, %(year)s") % said,
            url=reverse("plans:detail", args=[row.goal.plan.slug]),
        )


def _of_dates(one: Followed) -> Iterator[Reminder]:
    when = one.action.when
    if when is None:
        return
    if Worry.LATE in one.stands.worries and when.last:
        yield _reminder(one, Kind.LATE, when.last, _("Late: “%(name)s”. Say how it stands"))
    elif Worry.NOT_BEGUN in one.stands.worries:
        yield _reminder(
            one, Kind.NOT_BEGUN, when.latest_start, _("Should have begun: “%(name)s”. Say how it stands")
        )


def _of_steps(one: Followed, today: dt.date, soon: Soon) -> Iterator[Reminder]:
    ahead = steps_ahead(one.steps)
    for step in ahead:
        last = step.when.last if step.when else None
        if last is None or not soon(last):
            continue
        late = last < today
        words = _("Late: %(step)s (%(name)s)") if late else _("Soon: %(step)s (%(name)s)")
        yield _reminder(one, Kind.STEP_LATE if late else Kind.STEP_SOON, last, words, step=step.title)
    days = [step.done_on for step in one.steps if step.done_on]
    if not ahead and days and one.action.phase != Action.Phase.NOT_STARTED:
        yield _reminder(
            one, Kind.NOTHING_PLANNED, max(days), _("Say what comes next in “%(name)s”"), is_due=False
        )


def _reminder(
    one: Followed, kind: Kind, term: dt.date, title: str, *, is_due: bool = True, **said: str
) -> Reminder:
    action = one.action
    return Reminder(
        kind=kind,
        plan=action.plan,
        team_id=action.team_id or action.plan.owner_team_id,
        subject=action.uuid,
        term=term,
        title=title % {"name": action.name, **said},
        url=reverse("plans:following", args=[action.plan.slug, action.number]),
        due=term if is_due else None,
    )
