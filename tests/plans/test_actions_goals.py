"""The verbs for goals."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from areas.models import Indicator
from core.verbs import Conflict, Refused
from plans.actions import (
    add_figure,
    add_goal,
    change_figure,
    change_goal,
    move_goal,
    propose,
    remove_figure,
    remove_goal,
)
from plans.models import Action, Goal, GoalIndicator, Plan, Proposal
from tests.conftest import Land, make_municipality
from tests.plans.conftest import FIRST, at_once, make_plan, refused_at


def tree(plan: Plan, *names: str) -> list[Goal]:
    """Goals, each under the one before it."""
    made: list[Goal] = []
    for name in names:
        made.append(Goal.objects.create(plan=plan, name=name, parent=made[-1] if made else None))
    return made


def test_goals_stand_in_order(cast: dict[str, User], plan: Plan) -> None:
    by = cast["worker_here"]
    one, two, three = (add_goal(plan=plan, by=by, values={"name": name}) for name in ("een", "twee", "drie"))
    move_goal(goal=three, by=by, version=three.version, parent=None, place=0)
    assert [goal.name for goal in plan.goals.all()] == ["drie", "een", "twee"]
    under = add_goal(plan=plan, by=by, values={"name": "onder"}, parent=one)
    assert (under.parent, under.order) == (one, 0)
    two.refresh_from_db()
    moved = change_goal(goal=two, by=by, version=two.version, values={"parent": one})
    assert (moved.parent, moved.order) == (one, 1)
    moved = move_goal(goal=moved, by=by, version=moved.version, parent=None)
    assert [goal.name for goal in plan.goals.filter(parent=None)] == ["drie", "een", "twee"]


def test_a_move_leaves_the_version_of_its_neighbours(cast: dict[str, User], plan: Plan) -> None:
    by = cast["worker_here"]
    one, two = (add_goal(plan=plan, by=by, values={"name": name}) for name in ("een", "twee"))
    move_goal(goal=two, by=by, version=None, parent=None, place=0)
    assert change_goal(goal=one, by=by, version=one.version, values={"name": "1"}).order == 1


def test_goals_lie_at_most_eight_deep(cast: dict[str, User], plan: Plan) -> None:
    by, made = cast["worker_here"], tree(plan, *"12345678")
    below = tree(plan, *"abc")[0]
    with override("en"), refused_at("parent", "at most 8 goals"):
        add_goal(plan=plan, by=by, values={"name": "9"}, parent=made[-1])
    with override("en"), refused_at("parent", "at most 8 goals"):
        move_goal(goal=below, by=by, version=None, parent=made[5])
    assert move_goal(goal=below, by=by, version=None, parent=made[4]).parent == made[4]


@pytest.mark.parametrize("under", [0, 1, 2])
def test_no_goal_lies_under_itself(cast: dict[str, User], plan: Plan, under: int) -> None:
    made = tree(plan, "een", "twee", "drie")
    for verb, asked in (
        (move_goal, {"parent": made[under]}),
        (change_goal, {"values": {"parent": made[under]}}),
    ):
        with override("nl"), refused_at("parent", "“een” "):
            verb(goal=made[0], by=cast["worker_here"], version=None, **asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=made[0].pk).update(parent=made[under])


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_circle(cast: dict[str, User], plan: Plan) -> None:
    """Each alone is right; together they would hang two goals under each other."""
    by = cast["worker_here"]
    one, two = (Goal.objects.create(plan=plan, name=name) for name in ("een", "twee"))
    made = at_once(
        lambda: move_goal(goal=one, by=by, version=None, parent=two),
        lambda: move_goal(goal=two, by=by, version=None, parent=one),
    )
    assert sum(isinstance(made_one, Exception) for made_one in made) == 1
    assert Goal.objects.filter(parent=None).count() == 1


def test_what_a_goal_may_not_be(land: Land, cast: dict[str, User], plan: Plan, goal: Goal) -> None:
    elsewhere = Goal.objects.create(plan=make_plan(land, "Ander plan"), code="D1", name="Elders")
    wrong: tuple[tuple[str, dict[str, Any]], ...] = (
        ("name", {"name": ""}),
        ("code", {"name": "Twee", "code": "D1"}),
        ("weight", {"name": "Twee", "weight": 1001}),
        ("passed_by", {"name": "Twee", "passed_by": ["kerk"]}),
        ("level", {"name": "Twee", "level": "top"}),
    )
    for field, values in wrong:
        with refused_at(field):
            add_goal(plan=plan, by=cast["worker_here"], values=values)
    with refused_at("parent"):
        add_goal(plan=plan, by=cast["worker_here"], values={"name": "Twee"}, parent=elsewhere)
    assert elsewhere.code == goal.code, "another plan gives a code another meaning"


def test_who_changes_goals(cast: dict[str, User], goal: Goal) -> None:
    for part in ("resident", "worker_elsewhere", "alderman"):
        with pytest.raises(PermissionDenied):
            change_goal(goal=goal, by=cast[part], version=None, values={"name": "Anders"})
    seen = goal.version
    change_goal(goal=goal, by=cast["worker_here"], version=seen, values={"name": "Anders"})
    with pytest.raises(Conflict):
        change_goal(goal=goal, by=cast["steward"], version=seen, values={"name": "Nog anders"})


def test_a_goal_goes_when_nothing_hangs_on_it(cast: dict[str, User], action: Action, goal: Goal) -> None:
    by = cast["worker_here"]
    with override("en"), pytest.raises(Refused, match="actions"):
        remove_goal(goal=goal, by=by, version=None)
    action.delete()
    under = add_goal(plan=goal.plan, by=by, values={"name": "Onder"}, parent=goal)
    with override("en"), pytest.raises(Refused, match="goals"):
        remove_goal(goal=goal, by=by, version=None)
    remove_goal(goal=under, by=by, version=under.version)
    propose(plan=goal.plan, goal=goal, by=cast["secretary"], changes={"name": ["Anders"]}, reason="Anders")
    with override("en"), pytest.raises(Refused, match="proposals"):
        remove_goal(goal=goal, by=by, version=None)
    Proposal.objects.update(state="withdrawn")
    remove_goal(goal=goal, by=by, version=None)
    assert not Goal.objects.exists()


@pytest.fixture
def indicator(land: Land) -> Indicator:
    return Indicator.objects.create(municipality=land.municipality, slug="groen", name="Groen")


def test_the_figures_of_a_goal(
    land: Land, cast: dict[str, User], goal: Goal, action: Action, indicator: Indicator
) -> None:
    by = cast["worker_here"]
    values: dict[str, Any] = {
        "indicator": indicator,
        "area": land["bergen"],
        "target": Decimal(40),
        "action": action,
    }
    figure = add_figure(goal=goal, by=by, values={**values, "target_set_on": FIRST})
    with refused_at("indicator"):
        add_figure(goal=goal, by=by, values=values)
    assert (
        change_figure(figure=figure, by=by, version=None, values={"target": Decimal(40)}).target_set_on
        == FIRST
    )
    changed = change_figure(figure=figure, by=by, version=figure.version, values={"target": Decimal(50)})
    assert changed.target_set_on == timezone.localdate(), "an aim that moved was set today"
    with pytest.raises(Conflict):
        change_figure(figure=figure, by=by, version=figure.version, values={"target": Decimal(60)})
    remove_figure(figure=figure, by=by, version=changed.version)
    assert not GoalIndicator.objects.exists()


def test_what_a_figure_may_not_be(
    land: Land, cast: dict[str, User], goal: Goal, indicator: Indicator
) -> None:
    other = make_municipality(slug="elders", code="11111")
    elsewhere = Action.objects.create(plan=make_plan(land, "Ander plan"), number=1, name="Elders")
    right: dict[str, Any] = {"indicator": indicator, "area": land["bergen"], "target": Decimal(40)}
    for field, values in (
        ("indicator", {"indicator": Indicator.objects.create(municipality=other, slug="x", name="X")}),
        ("indicator", {"indicator": None}),
        ("action", {"action": elsewhere}),
        ("target", {"target": None}),
        ("target_set_on", {"target_set_on": timezone.localdate() + dt.timedelta(1)}),
    ):
        with refused_at(field):
            add_figure(goal=goal, by=cast["worker_here"], values={**right, **values})
