"""What a large plan costs: its page, that of an action, its table out and in, and its actions over the API."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from django.contrib.gis.geos import Point, Polygon

from areas.models import AreaShape, Municipality
from benchmarks.browsers import WsgiBrowser
from benchmarks.cases import Row
from benchmarks.measure import costs_of
from core.tables import csv_lines
from plans.exchange.columns import heads, money_of, rows_of
from plans.exchange.difference import in_order, read_rows, things_of
from plans.exchange.planning import difference
from plans.models import Action, ActionParty, Amount, Goal, News, Plan, Step
from workplaces.models import Team

SMALL, LARGE = 50, 500
YEARS = range(2026, 2032)
TODAY = dt.date(2026, 11, 29)
TEXT = (
    "Wat we **doen** en laten:\n\n- bomen planten\n- banken zetten\n\n"
    + "Een zin die iets vertelt over deze actie. " * 8
)
SIDE = 0.002  # degrees


def make_plan(municipality: Municipality, number: int) -> Plan:
    """A multi-year plan of four levels in which every action has a text, a place, money, steps, news and an organisation."""
    teams = [
        Team.objects.get_or_create(
            municipality=municipality, slug=f"team-{n}", defaults={"name": f"Team {n}"}
        )[0]
        for n in range(10)
    ]
    plan = Plan.objects.create(
        municipality=municipality, slug=f"plan-{number}", kind=Plan.Kind.MULTI_YEAR, name=f"Plan van {number} acties",
        summary="Een plan om te meten.", stage=Plan.Stage.ADOPTED, first_on="2026-01-01", last_on="2031-12-31",
        owner_team=teams[0], news_every_months=3,
    )  # fmt: skip
    goals = list(_goals(plan, number))
    points = list(AreaShape.objects.in_force().values_list("label_point", flat=True)[:number])
    actions = Action.objects.bulk_create(
        Action(
            plan=plan, goal=goals[-1 - n % (len(goals) // 2)], number=n + 1, code=f"AC{n:06}", name=f"Actie {n} van dit plan",
            text=TEXT, comment="Samen met de buurt.", when=("2027", "2027-21", "2028/", "2026-10/2028")[n % 4],
            phase=Action.Phase.values[n % 4], team=teams[n % 10], passed_by=["municipality"], is_priority=n % 3 == 0,
            geometry=_square(points[n % len(points)]) if n % 2 else None,
        )
        for n in range(number)
    )  # fmt: skip
    Amount.objects.bulk_create(
        Amount(
            action=action,
            year=year,
            planned=Decimal(1000 + year),
            spent=Decimal(12) if year == 2026 else None,
        )
        for action in actions
        for year in YEARS
    )
    Step.objects.bulk_create(
        Step(action=action, title=f"Stap {n}", when=f"2027-0{n + 1}") for action in actions for n in range(2)
    )
    News.objects.bulk_create(
        News(action=action, title=f"Nieuws {n}", text=TEXT, on=TODAY - dt.timedelta(days=40 * n))
        for action in actions
        for n in range(2)
    )
    ActionParty.objects.bulk_create(
        ActionParty(action=action, name="Dorpsraad", role=ActionParty.Role.PRIMARY) for action in actions
    )
    return plan


def _goals(plan: Plan, number: int) -> Iterator[Goal]:
    """A tree of three levels; the last half are action plans."""
    top = Goal.objects.create(plan=plan, level="sd", code="SD1", name="Een gemeente om te blijven", text=TEXT)
    yield top
    above = [
        Goal.objects.create(plan=plan, parent=top, level="bd", order=n, code=f"BD{n}", name=f"Doel {n}")
        for n in range(max(2, number // 25))
    ]
    yield from above
    for n, goal in enumerate(above):
        yield Goal.objects.create(
            plan=plan, parent=goal, level="ap", order=n, code=f"AP{n}", name=f"Actieplan {n}"
        )


def _square(corner: Point) -> Polygon:
    west, south = corner.x, corner.y
    square = Polygon.from_bbox((west, south, west + SIDE, south + SIDE))
    square.srid = 4326
    return square


def taken_along(plan: Plan) -> bytes:
    """Its table as CSV."""
    goals, actions = things_of(plan)
    money = money_of(actions)
    return b"".join(csv_lines(heads(money), rows_of(in_order(goals, actions), money)))


def brought_in(plan: Plan, data: bytes) -> int:
    """Its table held against it; how many rows it has."""
    return len(difference(plan, read_rows(io.BytesIO(data))).same)


def plans(municipality: Municipality) -> Iterator[Row]:
    """The page of a small and a large plan, and what else of the large one is asked; the queries are as many for both."""
    small, large = make_plan(municipality, SMALL), make_plan(municipality, LARGE)
    table = taken_along(large)
    browsers = {
        f"page of a plan of {SMALL} actions": WsgiBrowser(small.get_absolute_url()),
        f"page of a plan of {LARGE} actions": WsgiBrowser(large.get_absolute_url()),
        "page of an action": WsgiBrowser(f"{large.get_absolute_url()}acties/1/"),
        "a hundred actions over the API": WsgiBrowser(f"/api/v1/acties/?plan={large.slug}&page_size=100"),
    }
    targets = dict(zip(browsers, (None, 300.0, 40.0, None), strict=True))
    costs = costs_of(
        {
            **{name: browser.ask for name, browser in browsers.items()},
            f"table of {LARGE} actions, out": partial(taken_along, large),
            f"table of {LARGE} actions, difference": partial(brought_in, large, table),
        }
    )
    for name, cost in costs.items():
        browser = browsers.get(name)
        size = len(browser.ask()) if browser else len(table)
        assert browser is None or browser.status == 200, (name, browser.status)
        yield replace(Row(name, cost), target=targets.get(name), size=size)
