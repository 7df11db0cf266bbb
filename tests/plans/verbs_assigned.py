"""How the verbs of challenges and assignments are called."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from plans.actions import assignments, challenges, handover
from plans.models import Assignment, Challenge, PlanPerson
from tests.plans.conftest import make_plan, make_team
from tests.verbs import Examples, World
from workplaces.models import Team, TeamMember

VALUES = {"name": "Banken", "result": "Zes banken.", "effect": "Wie oud is, komt weer buiten."}
WAY = {
    "draft": (), "asked": ("asked",), "change_asked": ("asked", "change_asked"), "running": ("asked", "running"),
    "to_evaluate": ("asked", "running", "to_evaluate"), "closed": ("asked", "running", "to_evaluate", "closed"),
}  # fmt: skip


def team_with(land: Any, name: str, *people: User) -> Team:
    """A team in which somebody works."""
    team = make_team(land, name)
    for person in people:
        TeamMember.objects.create(team=team, user=person, valid_from=dt.date(2025, 1, 1))
    return team


def assignment_in(land: Any, cast: dict[str, User], state: str = "draft") -> Assignment:
    """An assignment that the worker of Bergen asks of the team of the moderator."""
    day = timezone.localdate()
    agreed = {"commissioner_agreed_on": day, "contractor_agreed_on": day} if len(WAY[state]) > 1 else {}
    made = Assignment.objects.create(
        municipality=land.municipality, commissioner=team_with(land, "Vragers", cast["worker_here"]),
        contractor=team_with(land, "Buiten", cast["moderator"]), **VALUES, **agreed,
    )  # fmt: skip
    for step in WAY[state]:
        made.state = step
        made.save()
    return made


def _asked(world: World, state: str, part: str, **more: Any) -> dict[str, Any]:
    made = assignment_in(world.land, world.cast, state)
    return {"assignment": made, "by": world.cast[part], "version": made.version, **more}


def _draft(world: World) -> dict[str, Any]:
    asks = team_with(world.land, "Vragers", world.cast["worker_here"])
    does = team_with(world.land, "Buiten", world.cast["moderator"])
    return {
        "municipality": world.land.municipality, "by": world.cast["worker_here"], "areas": [world.land["bergen"]],
        "values": {**VALUES, "commissioner": asks, "contractor": does},
        "months": {dt.date(2027, 3, 1): Decimal("2.5")},
    }  # fmt: skip


def _evaluated(world: World) -> dict[str, Any]:
    asked = _asked(world, "to_evaluate", "moderator")
    looked = {"result": "Ja.", "effect": "Meer volk.", "next_time": ""}
    first = assignments.evaluate_assignment(
        assignment=asked["assignment"],
        by=world.cast["worker_here"],
        version=None,
        side="commissioner",
        values=looked,
    )
    return {**asked, "version": first.version, "side": "contractor", "values": looked}


def _challenge(world: World, **more: Any) -> dict[str, Any]:
    made = Challenge.objects.create(municipality=world.land.municipality, slug="blijven", name="Blijven")
    return {"challenge": made, "by": world.cast["worker_here"], "version": made.version, **more}


def _passed_on(world: World) -> dict[str, Any]:
    plan = make_plan(world.land)
    PlanPerson.objects.create(plan=plan, user=world.cast["worker_here"], may="publish")
    return {
        "user": world.cast["worker_here"], "to": world.cast["moderator"], "by": world.cast["administrator"],
        "municipality": world.land.municipality,
    }  # fmt: skip


EXAMPLES: Examples = {
    assignments.draft_assignment: _draft,
    assignments.change_assignment: lambda world: _asked(
        world, "change_asked", "worker_here", values={"result": "Vijf banken."}, areas=[],
        months={dt.date(2027, 4, 1): Decimal(3)},
    ),
    assignments.ask_assignment: lambda world: _asked(world, "draft", "worker_here"),
    assignments.accept_assignment: lambda world: _asked_agreed(world),
    assignments.ask_change: lambda world: _asked(
        world, "running", "moderator", side="contractor", text="Liever in de zomer."
    ),
    assignments.refuse_assignment: lambda world: _asked(world, "asked", "moderator", text="Geen tijd."),
    assignments.withdraw_assignment: lambda world: _asked(world, "asked", "worker_here", text="Niet meer nodig."),
    assignments.deliver_assignment: lambda world: _asked(
        world, "running", "moderator", on=timezone.localdate()
    ),
    assignments.resume_assignment: lambda world: _asked(
        world, "to_evaluate", "worker_here", side="commissioner", text="Er ontbreekt één bank."
    ),
    assignments.evaluate_assignment: _evaluated,
    assignments.set_team_months: lambda world: {
        "team": team_with(world.land, "Buiten", world.cast["moderator"]), "by": world.cast["moderator"],
        "months": {dt.date(2027, 3, 1): Decimal(20)},
    },
    challenges.add_challenge: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["worker_here"],
        "values": {"name": "Een dorp om te blijven"}, "areas": [world.land["bergen"]],
    },
    challenges.change_challenge: lambda world: _challenge(world, values={"name": "Blijven wonen"}, areas=[]),
    handover.pass_on_plans: _passed_on,
}  # fmt: skip


def _asked_agreed(world: World) -> dict[str, Any]:
    asked = _asked(world, "draft", "moderator")
    sent = assignments.ask_assignment(
        assignment=asked["assignment"], by=world.cast["worker_here"], version=None
    )
    return {**asked, "assignment": sent, "version": sent.version}
