"""The doors of challenges, assignments and the boards of teams."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from plans.models import Action, Assignment, AssignmentMonth, Challenge, News, Plan, Step, TeamMonth
from tests.conftest import Land
from tests.doors import EDITORS_SOMEWHERE, EVERYONE, STAFF, STEWARDS, Door, World
from workplaces.models import Team

FIRST = dt.date(2026, 1, 5)
DOORS: dict[str, list[Door]] = {
    "plannen/opgaven/": [
        Door("/plannen/opgaven/", EVERYONE),
        Door("/plannen/opgaven/?gebied=bergen&gesloten=on", EVERYONE),
    ],
    "plannen/opgaven/nieuw/": [Door("/plannen/opgaven/nieuw/", STAFF)],
    "plannen/opgaven/<slug:slug>/": [Door("/plannen/opgaven/{challenge}/", EVERYONE)],
    "plannen/opgaven/<slug:slug>/wijzigen/": [Door("/plannen/opgaven/{challenge}/wijzigen/", STAFF)],
    "plannen/opdrachten/": [
        Door("/plannen/opdrachten/", EVERYONE),
        Door("/plannen/opdrachten/?gebied=bergen&team=buiten&stand=running&q=bank", EVERYONE),
    ],
    r"plannen/opdrachten/tabel\.(?P<extension>csv|xlsx)": [
        Door("/plannen/opdrachten/tabel.csv", EVERYONE),
        Door("/plannen/opdrachten/tabel.xlsx?team=buiten", EVERYONE),
    ],
    "plannen/opdrachten/nieuw/": [Door("/plannen/opdrachten/nieuw/", EDITORS_SOMEWHERE)],
    "plannen/opdrachten/<uuid:uuid>/": [
        Door("/plannen/opdrachten/{running}/", EVERYONE),
        # Staff see what was said about it, and its history.
        Door("/plannen/opdrachten/{draft_assignment}/", STAFF, visitor=frozenset({404}), more_for_staff=2),
    ],
    # Teams, areas, challenges and actions to choose from.
    "plannen/opdrachten/<uuid:uuid>/wijzigen/": [
        Door("/plannen/opdrachten/{draft_assignment}/wijzigen/", STEWARDS, more_for_staff=4)
    ],
    "plannen/opdrachten/<uuid:uuid>/<slug:word>/": [
        Door("/plannen/opdrachten/{draft_assignment}/vragen/", STEWARDS),
        Door("/plannen/opdrachten/{running}/wijziging/", STEWARDS),
        Door("/plannen/opdrachten/{running}/opleveren/", STEWARDS),
        Door("/plannen/opdrachten/{running}/anders/", frozenset()),
    ],
    "plannen/teams/": [Door("/plannen/teams/", STAFF)],
    # How the actions stand of which it does the assignments, and which of them a person may read.
    "plannen/teams/<slug:slug>/": [Door("/plannen/teams/buiten/", STAFF, more_for_staff=4)],
    "plannen/teams/<slug:slug>/dagen/": [Door("/plannen/teams/buiten/dagen/", STEWARDS)],
}
PUBLIC = ("/plannen/opgaven/", "/plannen/opdrachten/")
STAFF_SCREENS = ("/plannen/opdrachten/nieuw/", "/plannen/opgaven/nieuw/", "/plannen/teams/")


def world(made: World) -> None:
    """A challenge, an assignment that runs, and one that is still written."""
    municipality, month = made.land.municipality, timezone.localdate().replace(day=1)
    asks = Team.objects.create(municipality=municipality, slug="vragers", name=made.named("Vragers"))
    does = Team.objects.create(municipality=municipality, slug="buiten", name=made.named("Buiten"))
    challenge = Challenge.objects.create(
        municipality=municipality, slug="blijven", name=made.named("Een dorp om te blijven")
    )
    for name, state, agreed in (("running", "running", FIRST), ("draft_assignment", "draft", None)):
        assignment = Assignment.objects.create(
            municipality=municipality, commissioner=asks, contractor=does, challenge=challenge,
            name=made.named(f"Banken {name}"), result="Zes banken.", effect="Wie oud is, komt weer buiten.",
            commissioner_agreed_on=agreed, contractor_agreed_on=agreed, when="2027",
        )  # fmt: skip
        assignment.areas.add(made.land["bergen"])
        for step in ("asked", "running") if state == "running" else ():
            assignment.state = step
            assignment.save()
        AssignmentMonth.objects.create(assignment=assignment, month=month, days=Decimal("2.5"))
        made.names[name] = str(assignment.uuid)
    TeamMonth.objects.create(team=does, month=month, days=Decimal(20))
    made.names["challenge"] = challenge.slug


def rows(land: Land, numbers: range) -> None:
    """Challenges, and assignments that run, are asked and are evaluated, of one team to another."""
    known = {team.slug: team for team in Team.objects.filter(municipality=land.municipality)}
    asks = known.get("vragers") or Team.objects.create(
        municipality=land.municipality, slug="vragers", name="V"
    )
    does = known.get("buiten") or Team.objects.create(municipality=land.municipality, slug="buiten", name="B")
    Challenge.objects.bulk_create(
        Challenge(municipality=land.municipality, slug=f"opgave-{number}", name=f"Opgave {number}")
        for number in numbers
    )
    plan, _made = Plan.objects.get_or_create(
        municipality=land.municipality, slug="plan-van-buiten", name="Plan van buiten", kind="theme", first_on=FIRST,
        stage="adopted", news_every_months=3,
    )  # fmt: skip
    actions = Action.objects.bulk_create(
        Action(plan=plan, number=number + 1, name=f"Actie {number:05}", team=does, phase="doing")
        for number in numbers
    )
    Step.objects.bulk_create(Step(action=one, title="Bestellen", when="2026-02") for one in actions)
    News.objects.bulk_create(News(action=one, on=FIRST, title="Begonnen") for one in actions)
    states = ("running", "asked", "to_evaluate")
    made = Assignment.objects.bulk_create(
        Assignment(
            municipality=land.municipality, commissioner=asks, contractor=does, name=f"Opdracht {number:05}",
            result="Een bank.", effect="Rust.", state=states[number % 3], commissioner_agreed_on=FIRST,
            contractor_agreed_on=FIRST, when="2027", delivered_on=FIRST, action=action,
        )
        for number, action in zip(numbers, actions, strict=True)
    )  # fmt: skip
    land["bergen"].assignments.add(*made)
