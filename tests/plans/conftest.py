"""Plans in the small municipality."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.models import RoleAssignment, User
from plans.models import Action, Goal, Plan, PlanPerson
from tests.conftest import Land
from workplaces.models import Team

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2031, 12, 31)

PlanMaker = Callable[..., Plan]


def make_plan(land: Land, name: str = "Dorpsplan Bergen", area: str | None = "bergen", **fields: Any) -> Plan:
    """A plan with sensible values for what is not given; in the making."""
    plan = Plan.objects.create(
        **{
            "municipality": land.municipality,
            "slug": name.lower().replace(" ", "-"),
            "name": name,
            "kind": "village",
            "first_on": FIRST,
            "last_on": LAST,
            **fields,
        }
    )
    if area:
        plan.areas.add(land[area])
    return plan


def make_team(land: Land, name: str = "Openbare ruimte", **fields: Any) -> Team:
    """A team."""
    slug = name.lower().replace(" ", "-")
    return Team.objects.create(municipality=land.municipality, slug=slug, name=name, **fields)


@pytest.fixture
def plan(land: Land) -> Plan:
    """The village plan of Bergen, in the making."""
    return make_plan(land)


@pytest.fixture
def public_plan(land: Land) -> Plan:
    """A plan that anybody may read."""
    return make_plan(land, "Plan om te lezen", stage="proposed")


@pytest.fixture
def multi_year(land: Land) -> Plan:
    """The multi-year plan, adopted, about the whole municipality."""
    return make_plan(land, "Meerjarenplan", None, kind="multi_year", stage="adopted")


@pytest.fixture
def team(land: Land) -> Team:
    """A team that does things outdoors."""
    return make_team(land)


@pytest.fixture
def goal(plan: Plan) -> Goal:
    """A goal of the village plan."""
    return Goal.objects.create(plan=plan, code="D1", name="Een plein om te blijven")


@pytest.fixture
def action(plan: Plan, goal: Goal) -> Action:
    """An action of the village plan."""
    return Action.objects.create(plan=plan, goal=goal, number=1, code="A1", name="Banken op het plein")


@contextmanager
def refused_at(field: str, words: str = "") -> Iterator[None]:
    """What is done inside is refused at a field, with these words among those that a person reads."""
    with pytest.raises(ValidationError) as caught:
        yield
    told = caught.value.message_dict
    assert list(told) == [field], told
    assert words in " ".join(told[field])


def works_on_one_plan(plan: Plan, person: User) -> User:
    """The person as a colleague who edits one plan, and reads of the others what everybody reads."""
    RoleAssignment.objects.create(
        user=person, role="colleague", municipality=plan.municipality, valid_from=dt.date(2025, 1, 1)
    )
    PlanPerson.objects.create(plan=plan, user=person, may="edit")
    return person


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """What each task gives, or the refusal that it met, when all are begun at the same moment."""
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        start.wait()
        try:
            return task()
        except ValidationError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
