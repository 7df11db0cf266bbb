"""Plans of every sort of place, and what else permissions of plans are about."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from areas.models import Area, Municipality
from plans.models import (
    Action,
    AreaOrganisation,
    Assignment,
    Challenge,
    Goal,
    Milestone,
    Plan,
    PlanPerson,
    Principle,
    Proposal,
)
from workplaces.models import Team, TeamMember

FIRST = dt.date(2025, 1, 1)


def things(municipality: Municipality, areas: Iterable[Area | None], person: User) -> None:
    """One of each in every area and in none; a person works on one plan, in one team, and proposed something."""
    teams = [
        Team.objects.create(municipality=municipality, slug=f"team-{number}", name=f"Team {number}")
        for number in range(3)
    ]
    TeamMember.objects.create(team=teams[0], user=person, valid_from=FIRST)
    TeamMember.objects.create(team=teams[1], user=person, valid_from=FIRST, valid_until=FIRST)
    Principle.objects.create(municipality=municipality, name="Iedereen mee")
    for number, area in enumerate(areas):
        named = [area] if area else []
        plan = Plan.objects.create(
            municipality=municipality, slug=f"plan-{number}", name=f"Plan {number}", kind="theme", first_on=FIRST,
            owner_team=teams[number % 3],
        )  # fmt: skip
        plan.areas.set(named)
        Goal.objects.create(plan=plan, name="Een plein om te blijven")
        action = Action.objects.create(plan=plan, number=1, name="Banken", team=teams[(number + 1) % 3])
        Proposal.objects.create(
            plan=plan, changes={}, seen_version="", reason="Later.", author=person if number else None
        )
        for model in (Challenge, Milestone):
            one = model.objects.create(
                municipality=municipality,
                **(
                    {"slug": f"opgave-{number}", "name": "Opgave"}
                    if model is Challenge
                    else {"when": "2026", "title": "Af"}
                ),
            )
            one.areas.set(named)
        if area:
            AreaOrganisation.objects.create(area=area, from_on=FIRST, model="coordination")
        assignment = Assignment.objects.create(
            municipality=municipality, action=action, name="Banken", commissioner=teams[number % 3],
            contractor=teams[(number + 1) % 3], result="Zes banken.", effect="Men blijft zitten.",
        )  # fmt: skip
        assignment.areas.set(named)
        if number in (0, 1):
            PlanPerson.objects.create(plan=plan, user=person, may=PlanPerson.May.values[number])
