"""Plans in the small municipality."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from plans.models import Action, Goal, Plan
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
