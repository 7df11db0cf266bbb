"""How an action stands: is it all right, and is anything heard of it. Pure reckoning with rows that are there: no query.

stands = standing(action, plan, heard=Heard(latest, unchanged), steps=steps, today=today)

**The state** is what somebody set by hand with a reason, else what dates, steps and news say: at risk when the date has passed,
when a step is late, when it should have begun, or when it is asleep.

**Asleep**: a plan says how often each action says something. The term counts from the latest news, or from where the action began
when there is none; once per term somebody may say that nothing changed, and one term more begins. What is over, what has not begun
and need not yet, and what belongs to a plan that does not run never sleeps.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.dates import When
from plans.models import Action, News, Plan, Step

State = Action.State
REMINDED = dt.timedelta(days=14)  # before news is due, its team is reminded


class Worry(Enum):
    """Why the dates alone say that an action is at risk."""

    LATE = "late"
    NOT_BEGUN = "not_begun"
    STEP_LATE = "step_late"
    ASLEEP = "asleep"

    @property
    def words(self) -> str | Promise:
        """As a sentence that the public reads."""
        return WORRIES[self]


WORRIES: dict[Worry, str | Promise] = {
    Worry.LATE: gettext_lazy("It is later than planned."),
    Worry.NOT_BEGUN: gettext_lazy("It should have begun by now."),
    Worry.STEP_LATE: gettext_lazy("A step is later than planned."),
    Worry.ASLEEP: gettext_lazy("Nothing was heard of it for too long."),
}


@dataclass(frozen=True)
class Heard:
    """The latest news of an action, and the “nothing changed” that follows it (or stands alone when there was no news yet)."""

    latest: News | None = None
    unchanged: News | None = None


@dataclass(frozen=True)
class Standing:
    """How an action stands today. `due` is the last day for news (None without a rhythm); it is asleep from the day after."""

    state: State
    derived: State
    worries: tuple[Worry, ...]
    heard: Heard
    next_step: Step | None
    due: dt.date | None
    is_asleep: bool

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody set the state to something else than the dates say."""
        return self.state != self.derived

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return self.state == State.STOPPED

    @property
    def is_over(self) -> bool:
        """Whether it goes no further: reached or stopped."""
        return self.state in (State.REACHED, State.STOPPED)

    def is_due_soon(self, today: dt.date) -> bool:
        """Whether its team is reminded: news is due in two weeks, and nothing is late yet."""
        return self.due is not None and not self.is_asleep and today >= self.due - REMINDED


def standing(
    action: Action, plan: Plan, *, heard: Heard, steps: Iterable[Step] = (), today: dt.date
) -> Standing:
    """How an action of a plan stands on a day; `steps` are all of it, or those that are not done yet."""
    ahead = steps_ahead(steps)
    over = action.phase == Action.Phase.DONE or action.set_state in (State.STOPPED, State.REACHED)
    due = None if over else _due(action, plan, heard, today)
    asleep = due is not None and due < today
    worries = () if over else tuple(_worries(action, ahead, asleep, today))
    all_right = State.REACHED if action.phase == Action.Phase.DONE else State.ON_COURSE
    derived = State.AT_RISK if worries else all_right
    return Standing(
        state=State(action.set_state) if action.set_state else derived,
        derived=derived,
        worries=worries,
        heard=heard,
        next_step=ahead[0] if ahead else None,
        due=due,
        is_asleep=asleep,
    )


def steps_ahead(steps: Iterable[Step]) -> list[Step]:
    """What is not done yet, nearest first."""
    return sorted(
        (step for step in steps if step.done_on is None), key=lambda step: (_end(step.when), step.pk)
    )


def state_of_goal(states: Sequence[State]) -> State | None:
    """The state of a goal from those of its actions: the worst that is not over; None without actions."""
    going = [state for state in states if state not in (State.REACHED, State.STOPPED)]
    if going:
        return State.AT_RISK if State.AT_RISK in going else State.ON_COURSE
    if not states:
        return None
    return State.REACHED if State.REACHED in states else State.STOPPED


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _due(action: Action, plan: Plan, heard: Heard, today: dt.date) -> dt.date | None:
    """By when something should be heard."""
    if not plan.news_every_months or plan.stage != Plan.Stage.ADOPTED or not plan.holds(today):
        return None
    start = heard.latest.on if heard.latest else _began(action, plan, today)
    if start is None:
        return None
    terms = 2 if heard.unchanged else 1
    return months_after(start, terms * plan.news_every_months)


def _began(action: Action, plan: Plan, today: dt.date) -> dt.date | None:
    """From when something may be expected of an action of which nothing was heard yet; None while that lies ahead."""
    planned = action.when.first if action.when else plan.first_on
    if action.phase == Action.Phase.NOT_STARTED and planned > today:
        return None
    return plan.first_on if planned > today else max(planned, plan.first_on)


def _worries(action: Action, ahead: Sequence[Step], asleep: bool, today: dt.date) -> Iterable[Worry]:
    if action.when and _end(action.when) < today:
        yield Worry.LATE
    elif action.when and action.phase == Action.Phase.NOT_STARTED and action.when.latest_start < today:
        yield Worry.NOT_BEGUN
    if any(_end(step.when) < today for step in ahead):
        yield Worry.STEP_LATE
    if asleep:
        yield Worry.ASLEEP


def _end(when: When | None) -> dt.date:
    return (when.last if when else None) or dt.date.max
