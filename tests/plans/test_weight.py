"""How far a goal is."""

from fractions import Fraction
from typing import Any

from plans.models import Action, Goal
from plans.weight import done_of, progress_of


def goal(key: int, parent: int | None = None, weight: int = 1) -> Goal:
    return Goal(pk=key, parent_id=parent, weight=weight, name=f"Doel {key}")


def action(goal_key: int | None, phase: str = "not_started", **fields: Any) -> Action:
    return Action(goal_id=goal_key, phase=phase, **fields)


def test_by_phase_or_as_somebody_says() -> None:
    assert [done_of(action(1, phase)) for phase in Action.Phase.values] == [0, 10, 50, 100]
    assert done_of(action(1, "done", done_percent=70)) == 70


def test_by_weight_up_the_tree() -> None:
    found = progress_of(
        [goal(1), goal(2, 1, weight=3), goal(3, 1)],
        [action(1, "doing"), action(2, "done", weight=2), action(2, "not_started"), action(None, "done")],
    )
    assert found[2].percent == 67
    assert found[3].percent is None
    assert found[3].parts == ()
    # 1 × 50 % and 3 × 66.7 %; the goal with nothing in it does not count.
    assert found[1].percent == 63
    assert [(part.percent, part.weight, part.share) for part in found[1].parts] == [
        (50, 1, Fraction(1, 4)),
        (67, 3, Fraction(3, 4)),
        (None, 1, Fraction(0)),
    ]


def test_what_is_merged_counts_no_more_and_what_stopped_does() -> None:
    found = progress_of(
        [goal(1)], [action(1, "done"), action(1, leads_to_id=9), action(1, set_state="stopped")]
    )
    assert found[1].percent == 50


def test_nothing_that_counts() -> None:
    assert progress_of([goal(1)], [action(1, "done", weight=0)])[1].percent is None


def test_what_is_not_finished_is_never_all() -> None:
    assert progress_of([goal(1)], [action(1, "done", weight=999), action(1, "doing")])[1].percent == 99
