"""A plan as data."""

import datetime as dt
from decimal import Decimal

from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.models import Indicator
from core.digest import digest_of
from plans.frozen import content_of, is_whole
from plans.models import (
    Action,
    ActionParty,
    Amount,
    Dependency,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Plan,
    PlanText,
    PlanVersion,
    Principle,
    Touchstone,
)
from tests.conftest import Land
from tests.plans.conftest import FIRST, make_team


def filled(plan: Plan, land: Land, numbers: range) -> None:
    """Everything that a plan can hold, as often as there are numbers."""
    principle = Principle.objects.create(municipality=land.municipality, name=f"Principe {numbers[0]}")
    Touchstone.objects.create(plan=plan, principle=principle, text="Een helling.")
    for number in numbers:
        goal = Goal.objects.create(plan=plan, code=f"D{number}", name="Doel", parent=plan.goals.first())
        action = Action.objects.create(
            plan=plan, goal=goal, number=number, name="Banken", when="2027-21", team=make_team(land, f"T{number}"),
            geometry=Point(4.123456789, 51.45, srid=4326), carries_out=plan.actions.first(),
        )  # fmt: skip
        action.areas.add(land["bergen"])
        Amount.objects.create(action=action, year=2026, planned=Decimal("1234.50"))
        ActionParty.objects.create(action=action, name="Dorpsraad", role="primary")
        if other := plan.actions.exclude(pk=action.pk).first():
            Dependency.objects.create(action=action, needs=other)
        GoalIndicator.objects.create(
            goal=goal, action=action, area=land["bergen"], target=Decimal("40.500000"), target_set_on=FIRST,
            indicator=Indicator.objects.create(municipality=land.municipality, slug=f"i{number}", name="Groen"),
        )  # fmt: skip
        PlanText.objects.create(plan=plan, heading="Waarom", body="Daarom.")
        Impact.objects.create(plan=plan, target_group="Jongeren", effect="Meer plek")
        Direction.objects.create(
            plan=plan, owns_framework=True, has_power=True, reason="Zo.", from_on=FIRST + dt.timedelta(number)
        )


def test_all_of_it_is_there(land: Land, plan: Plan) -> None:
    filled(plan, land, range(1, 3))
    content = content_of(plan)
    goal, action = content["goals"][1], content["actions"][1]
    assert goal["parent"] == content["goals"][0]["uuid"]
    assert goal["figures"][0]["target"] == "40.5"
    assert action["when"] == "2027-21"
    assert action["amounts"] == [{"year": 2026, "kind": "expenditure", "planned": "1234.5", "spent": None}]
    assert action["geometry"]["coordinates"] == [4.1234568, 51.45]
    assert action["needs"] == [content["actions"][0]["uuid"]]
    assert action["carries_out"]["name"] == "Banken"
    assert content["areas"][0]["name"] == "Bergen"
    assert content["touchstones"] == [
        {"principle": "Principe 1", "kind": "principle", "text": "Een helling."}
    ]
    assert [len(content[name]) for name in ("texts", "impacts", "directions")] == [2, 2, 2]


def test_the_digest_survives_the_database(land: Land, plan: Plan) -> None:
    filled(plan, land, range(1, 2))
    content = content_of(plan)
    assert digest_of(content) == digest_of(content_of(Plan.objects.get()))
    version = PlanVersion.objects.create(
        plan=plan, number=1, body="council", decided_on=FIRST, decision_number="1", content=content,
        digest=digest_of(content),
    )  # fmt: skip
    version.refresh_from_db()
    assert is_whole(version)
    version.content["name"] = "Anders"
    assert not is_whole(version)


def test_a_fixed_number_of_queries(land: Land, plan: Plan) -> None:
    counts = []
    for numbers in (range(1, 3), range(3, 9)):
        filled(plan, land, numbers)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            content_of(Plan.objects.get())
        counts.append(len(asked))
    assert counts[0] == counts[1]
