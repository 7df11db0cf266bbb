"""How far a goal is: it follows from its actions and the goals below it, each by its weight, and every part of it can be shown.

progress = progress_of(goals, actions)          # of a whole plan: the rows that are there, no query
progress[goal.pk].percent, progress[goal.pk].parts
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from plans.models import Action, Goal

# How far an action is when nobody says it in percents.
BY_PHASE: Mapping[str, int] = {
    Action.Phase.NOT_STARTED: 0,
    Action.Phase.PREPARING: 10,
    Action.Phase.DOING: 50,
    Action.Phase.DONE: 100,
}


@dataclass(frozen=True)
class Part:
    """What counts in a goal: an action or a goal below it, how far it is, its weight and its share of the goal (0 to 1).

    `percent` is None for a goal that has nothing to reckon with yet; it does not count, and its share is 0.
    """

    row: Action | Goal
    percent: int | None
    weight: int
    share: Fraction


@dataclass(frozen=True)
class Progress:
    """How far a goal is, in whole percents; None when nothing under it counts."""

    percent: int | None
    parts: tuple[Part, ...] = ()


def done_of(action: Action) -> int:
    """How far an action is in percents: as somebody said, else as its phase tells."""
    return BY_PHASE[action.phase] if action.done_percent is None else action.done_percent


def progress_of(goals: Iterable[Goal], actions: Iterable[Action]) -> dict[int, Progress]:
    """How far each goal is, by its key.

    An action that was stopped counts with what was done of it: to stop brings no goal nearer. One that went into another one does
    not count, since that other one does.
    """
    below: dict[int | None, list[Goal]] = defaultdict(list)
    of_goal: dict[int | None, list[Action]] = defaultdict(list)
    for goal in goals:
        below[goal.parent_id].append(goal)
    for action in actions:
        if action.leads_to_id is None:
            of_goal[action.goal_id].append(action)
    found: dict[int, Progress] = {}
    exact: dict[int, Fraction | None] = {}

    def reckon(goal: Goal) -> None:
        for child in below[goal.pk]:
            reckon(child)
        counted: list[tuple[Action | Goal, Fraction | None]] = [
            *((action, Fraction(done_of(action))) for action in of_goal[goal.pk]),
            *((child, exact[child.pk]) for child in below[goal.pk]),
        ]
        total = sum(row.weight for row, percent in counted if percent is not None)
        exact[goal.pk] = (
            sum((row.weight * percent for row, percent in counted if percent is not None), Fraction(0))
            / total
            if total
            else None
        )
        parts = tuple(
            Part(
                row, _whole(percent), row.weight,
                Fraction(row.weight, total) if total and percent is not None else Fraction(0),
            )
            for row, percent in counted
        )  # fmt: skip
        found[goal.pk] = Progress(_whole(exact[goal.pk]), parts)

    for top in below[None]:
        reckon(top)
    return found


def _whole(percent: Fraction | None) -> int | None:
    """In whole percents, a half up; what is not finished is never told to be 100."""
    if percent is None:
        return None
    rounded = int(
        (Decimal(percent.numerator) / Decimal(percent.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    )
    return 99 if rounded == 100 and percent < 100 else rounded
