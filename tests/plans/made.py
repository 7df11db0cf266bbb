"""Plans for tests: one with some of everything, and one of as many actions as are asked for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import Point

from areas.models import Area, Indicator, IndicatorValue, Municipality
from core.dates import When
from core.digest import digest_of
from plans.frozen import content_of
from plans.models import (
    Action,
    ActionParty,
    Amount,
    Assignment,
    Dependency,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Milestone,
    News,
    Plan,
    PlanText,
    PlanVersion,
    Principle,
    ProgressEntry,
    Step,
    Touchstone,
)
from workplaces.models import Team

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2031, 12, 31)
PLACE = (4.72, 51.45)


def when(text: str) -> Any:
    """A date as a field takes it."""
    return When(text)


def make_team(municipality: Municipality, slug: str = "domein", name: str = "Team Openbaar domein") -> Team:
    """A team, made once."""
    return Team.objects.get_or_create(municipality=municipality, slug=slug, defaults={"name": name})[0]


def make_plan(
    municipality: Municipality, slug: str = "dorpsplan", areas: Iterable[Area] = (), **fields: Any
) -> Plan:
    """A plan that was adopted and has a rhythm of news."""
    known = {
        "name": "Dorpsplan", "kind": Plan.Kind.VILLAGE, "first_on": FIRST, "last_on": LAST, "stage": Plan.Stage.ADOPTED,
        "news_every_months": 3, "owner_team": make_team(municipality),
    }  # fmt: skip
    plan = Plan.objects.create(municipality=municipality, slug=slug, **{**known, **fields})
    plan.areas.set(areas)
    return plan


def make_action(plan: Plan, number: int, name: str, goal: Goal | None = None, **fields: Any) -> Action:
    """An action of a team, that is going on."""
    known = {"phase": Action.Phase.DOING, "team": plan.owner_team, "when": when("2026-10/2028")}
    return Action.objects.create(plan=plan, goal=goal, number=number, name=name, **{**known, **fields})


def freeze(plan: Plan, number: int = 1) -> PlanVersion:
    """The plan as the council adopts it."""
    content = content_of(plan)
    return PlanVersion.objects.create(
        plan=plan, number=number, body=PlanVersion.Body.COUNCIL, decided_on=dt.date(2026, 3, 23),
        decision_number=f"GR-{number}", content=content, digest=digest_of(content),
    )  # fmt: skip


def make_whole_plan(municipality: Municipality, area: Area, *, named: str = "") -> Plan:
    """A plan with some of everything that its pages show; `named` stands before every name."""
    plan = make_plan(
        municipality, areas=[area], name=f"{named}Dorpsplan", summary=f"{named}Een dorp om te blijven."
    )
    PlanText.objects.create(plan=plan, heading=f"{named}Hoe dit plan er kwam", body="Met **140** mensen.")
    goal = Goal.objects.create(plan=plan, name=f"{named}Een plein om te blijven", code="BD1", order=1)
    below = Goal.objects.create(
        plan=plan, parent=goal, name=f"{named}Zitten en schaduw", level=Goal.Level.ACTION_PLAN
    )
    benches = make_action(
        plan, 1, f"{named}Banken", below, geometry=Point(*PLACE, srid=4326), place="kerkplein"
    )
    other = make_action(
        plan, 2, f"{named}Ontwerp", goal, phase=Action.Phase.NOT_STARTED, when=when("2027-23")
    )
    make_action(
        plan, 3, f"{named}Deelauto", goal, set_state=Action.State.STOPPED, set_state_reason="Vier gebruikers.",
        set_state_on=dt.date(2026, 10, 12),
    )  # fmt: skip
    Dependency.objects.create(action=other, needs=benches)
    ActionParty.objects.create(
        action=benches, name=f"{named}Dorpsraad", role="collaborator", does="kiest de plaats"
    )
    Amount.objects.create(action=benches, year=2026, planned=22_000, spent=14_200)
    Amount.objects.create(action=benches, year=2027, planned=16_000)
    news = News.objects.create(
        action=benches, on=dt.date(2026, 9, 1), title=f"{named}Vier banken staan er", team=benches.team
    )
    News.objects.create(
        action=benches, kind=News.Kind.UNCHANGED, on=dt.date(2026, 11, 20), text="Het vriest.", after=news
    )
    Step.objects.create(action=benches, title=f"{named}Twee banken erbij", when=when("2027-02"))
    milestone = Milestone.objects.create(
        municipality=municipality,
        plan=plan,
        action=benches,
        when=when("2026-11-09"),
        title=f"{named}De eerste banken",
    )
    milestone.areas.set([area])
    ProgressEntry.objects.create(
        plan=plan,
        goal=goal,
        first_on=FIRST,
        last_on=dt.date(2026, 6, 30),
        aimed="Een ontwerp.",
        done="Besteld.",
    )
    ProgressEntry.objects.create(
        plan=plan, goal=goal, first_on=dt.date(2026, 7, 1), last_on=dt.date(2026, 12, 31), aimed="Zes banken."
    )
    figure = Indicator.objects.create(
        municipality=municipality, slug="blijft-graag", name=f"{named}Blijft graag op het plein", unit="%"
    )
    for period, value in (("2024", 41), ("2025", 51)):
        IndicatorValue.objects.create(indicator=figure, area=area, period=period, value=value)
    GoalIndicator.objects.create(
        goal=goal, indicator=figure, area=area, action=benches, baseline=41, baseline_when=when("2024"), target=70,
        target_when=when("2031"), target_set_on=dt.date(2026, 2, 1),
    )  # fmt: skip
    Impact.objects.create(plan=plan, target_group=f"{named}Wie oud is", effect="Blijft buiten komen.")
    Direction.objects.create(
        plan=plan, owns_framework=True, has_power=False, reason="De straat is van het gewest.", from_on=FIRST
    )
    principle = Principle.objects.create(municipality=municipality, name=f"{named}Iedereen mee")
    Touchstone.objects.create(plan=plan, principle=principle, text="Met armleuning.")
    asking = make_team(municipality, "noord", f"{named}Gebiedsteam Noord")
    Assignment.objects.create(
        municipality=municipality, action=benches, name=f"{named}Banken", commissioner=asking, contractor=make_team(municipality),
        result="Zes banken.", effect="Men blijft zitten.", state=Assignment.State.DRAFT,
    )  # fmt: skip
    freeze(plan)
    return plan


def make_actions(plan: Plan, numbers: range) -> None:
    """As many actions, under a goal for every ten, each with a date, money, news and a step."""
    goals = {
        number // 10: Goal(
            plan=plan, name=f"Doel {number // 10}", code=f"AP{number // 10:05}", order=number // 10
        )
        for number in numbers
    }
    known = {goal.order: goal for goal in plan.goals.filter(code__startswith="AP0")}
    Goal.objects.bulk_create(goal for order, goal in goals.items() if order not in known)
    known |= {goal.order: goal for goal in plan.goals.filter(code__startswith="AP0")}
    actions = Action.objects.bulk_create(
        Action(
            plan=plan, goal=known[number // 10], number=number + 100, name=f"Actie {number}", code=f"AC{number:06}",
            phase=Action.Phase.values[number % 4], when=when(f"{2026 + number % 6}"), team=plan.owner_team,
            geometry=Point(PLACE[0] + number % 100 / 5000, PLACE[1] + number // 100 / 5000, srid=4326),
        )
        for number in numbers
    )  # fmt: skip
    Amount.objects.bulk_create(
        Amount(action=one, year=2026 + one.number % 6, planned=1_000) for one in actions
    )
    News.objects.bulk_create(News(action=one, on=dt.date(2026, 10, 1), title="Nieuws") for one in actions)
    Step.objects.bulk_create(Step(action=one, title="Stap", when=when("2027")) for one in actions)
