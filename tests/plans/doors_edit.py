"""The doors of making and changing plans."""

from areas.models import Indicator
from plans.models import (
    Action,
    Amount,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Plan,
    PlanText,
    Principle,
    Proposal,
    Touchstone,
)
from tests.conftest import Land
from tests.doors import EDITORS_IN_BERGEN, EDITORS_SOMEWHERE, PEOPLE, STAFF, STEWARDS, Door, World
from tests.plans.conftest import FIRST

DRAFT = "/plannen/plan-in-de-maak/"
GOAL = "<slug:slug>/doelen/<uuid:identifier>/"
DECIDERS = STEWARDS | {"moderator"}  # the moderator proposed it

DOORS: dict[str, list[Door]] = {
    "plannen/nieuw/": [Door("/plannen/nieuw/", EDITORS_SOMEWHERE)],
    "plannen/voorstellen/": [Door("/plannen/voorstellen/", PEOPLE, personal=True)],
    "plannen/voorstellen/<uuid:uuid>/": [
        Door("/plannen/voorstellen/{proposal}/", DECIDERS, more_for_staff=10)
    ],
    "plannen/voorstellen/<uuid:uuid>/afwijzen/": [
        Door("/plannen/voorstellen/{proposal}/afwijzen/", STEWARDS)
    ],
    "plannen/voorstellen/<uuid:uuid>/intrekken/": [
        Door("/plannen/voorstellen/{proposal}/intrekken/", frozenset({"moderator"}), "post")
    ],
    "plannen/toetsstenen/": [Door("/plannen/toetsstenen/", STEWARDS)],
    "plannen/toetsstenen/nieuw/": [Door("/plannen/toetsstenen/nieuw/", STEWARDS)],
    "plannen/toetsstenen/<int:key>/": [Door("/plannen/toetsstenen/{principle}/", STEWARDS)],
    "plannen/toetsstenen/<int:key>/weg/": [Door("/plannen/toetsstenen/{principle}/weg/", STEWARDS, "post")],
    "plannen/<slug:slug>/bewerken/": [Door(f"{DRAFT}bewerken/", STAFF)],
    "plannen/<slug:slug>/bewerken/mensen/": [Door(f"{DRAFT}bewerken/mensen/", STEWARDS)],
    "plannen/<slug:slug>/bewerken/stadium/": [Door(f"{DRAFT}bewerken/stadium/", STEWARDS)],
    "plannen/<slug:slug>/bewerken/stadium/vaststellen/": [
        Door(f"{DRAFT}bewerken/stadium/vaststellen/", STEWARDS)
    ],
    "plannen/<slug:slug>/bewerken/stadium/<slug:word>/": [
        Door(f"{DRAFT}bewerken/stadium/openstellen/", STEWARDS)
    ],
    "plannen/<slug:slug>/bewerken/leidt-naar/": [
        Door(f"{DRAFT}bewerken/leidt-naar/", EDITORS_IN_BERGEN),
        Door("/plannen/openbaar-plan/bewerken/leidt-naar/", STEWARDS),
    ],
    "plannen/<slug:slug>/bewerken/geschiedenis/": [
        Door(f"{DRAFT}bewerken/geschiedenis/", STAFF, more_for_staff=8)
    ],
    "plannen/<slug:slug>/bewerken/teksten/": [Door(f"{DRAFT}bewerken/teksten/", STAFF)],
    "plannen/<slug:slug>/bewerken/teksten/nieuw/": [Door(f"{DRAFT}bewerken/teksten/nieuw/", STAFF)],
    "plannen/<slug:slug>/bewerken/teksten/<int:key>/": [Door(f"{DRAFT}bewerken/teksten/{{text}}/", STAFF)],
    "plannen/<slug:slug>/bewerken/teksten/<int:key>/weg/": [
        Door(f"{DRAFT}bewerken/teksten/{{text}}/weg/", EDITORS_IN_BERGEN, "post")
    ],
    "plannen/<slug:slug>/bewerken/voor-wie/": [Door(f"{DRAFT}bewerken/voor-wie/", STAFF)],
    "plannen/<slug:slug>/bewerken/voor-wie/nieuw/": [Door(f"{DRAFT}bewerken/voor-wie/nieuw/", STAFF)],
    "plannen/<slug:slug>/bewerken/voor-wie/<int:key>/": [
        Door(f"{DRAFT}bewerken/voor-wie/{{impact}}/", STAFF)
    ],
    "plannen/<slug:slug>/bewerken/voor-wie/<int:key>/weg/": [
        Door(f"{DRAFT}bewerken/voor-wie/{{impact}}/weg/", EDITORS_IN_BERGEN, "post")
    ],
    "plannen/<slug:slug>/bewerken/regie/": [Door(f"{DRAFT}bewerken/regie/", STAFF)],
    "plannen/<slug:slug>/bewerken/regie/<int:key>/weg/": [
        Door(f"{DRAFT}bewerken/regie/{{direction}}/weg/", EDITORS_IN_BERGEN, "post")
    ],
    "plannen/<slug:slug>/bewerken/toetsstenen/": [Door(f"{DRAFT}bewerken/toetsstenen/", STAFF)],
    "plannen/<slug:slug>/doelen/": [Door(f"{DRAFT}doelen/", STAFF)],
    "plannen/<slug:slug>/doelen/nieuw/": [Door(f"{DRAFT}doelen/nieuw/?onder={{goal}}", STAFF)],
    f"plannen/{GOAL}": [Door(f"{DRAFT}doelen/{{goal}}/", STAFF)],
    f"plannen/{GOAL}verplaatsen/": [Door(f"{DRAFT}doelen/{{goal}}/verplaatsen/", EDITORS_IN_BERGEN)],
    f"plannen/{GOAL}weg/": [Door(f"{DRAFT}doelen/{{goal}}/weg/", EDITORS_IN_BERGEN, "post")],
    f"plannen/{GOAL}cijfers/": [Door(f"{DRAFT}doelen/{{goal}}/cijfers/", STAFF)],
    f"plannen/{GOAL}cijfers/<int:key>/": [Door(f"{DRAFT}doelen/{{goal}}/cijfers/{{figure}}/", STAFF)],
    f"plannen/{GOAL}cijfers/<int:key>/weg/": [
        Door(f"{DRAFT}doelen/{{goal}}/cijfers/{{figure}}/weg/", EDITORS_IN_BERGEN, "post")
    ],
    "plannen/<slug:slug>/acties/nieuw/": [Door(f"{DRAFT}acties/nieuw/?onder={{goal}}", STAFF)],
    "plannen/<slug:slug>/acties/<int:number>/bewerken/": [Door(f"{DRAFT}acties/1/bewerken/", STAFF)],
    "plannen/<slug:slug>/acties/<int:number>/bewerken/<slug:word>/": [
        Door(f"{DRAFT}acties/1/bewerken/{word}/", STAFF)
        for word in ("gegevens", "plaats", "budget", "organisaties", "samenhang")
    ],
    "plannen/<slug:slug>/acties/<int:number>/leidt-naar/": [
        Door(f"{DRAFT}acties/1/leidt-naar/", EDITORS_IN_BERGEN)
    ],
    "plannen/<slug:slug>/acties/<int:number>/weg/": [
        Door(f"{DRAFT}acties/1/weg/", EDITORS_IN_BERGEN, "post")
    ],
}

STAFF_SCREENS: tuple[str, ...] = (
    "/plannen/nieuw/",
    "/plannen/voorstellen/",
    "/plannen/toetsstenen/",
    "/plannen/dorpsplan-meerle/bewerken/",
    "/plannen/dorpsplan-meerle/bewerken/teksten/",
    "/plannen/dorpsplan-meerle/bewerken/regie/",
    "/plannen/dorpsplan-meerle/doelen/",
    "/plannen/dorpsplan-meerle/acties/1/bewerken/",
)


def world(made: World) -> None:
    """Something of everything in the plan in the making, and a proposal about it."""
    municipality = made.land.municipality
    plan = Plan.objects.get(municipality=municipality, slug="plan-in-de-maak")
    principle = Principle.objects.create(municipality=municipality, name=made.named("Zuinig met ruimte"))
    Touchstone.objects.create(plan=plan, principle=principle, text="Een helling.")
    goal = Goal.objects.create(plan=plan, name=made.named("Een plein om te blijven"))
    action = Action.objects.create(plan=plan, goal=goal, number=1, name=made.named("Banken"))
    Amount.objects.create(action=action, year=2026, planned=1000)
    figure = GoalIndicator.objects.create(
        goal=goal, area=made.land["bergen"], target=3, target_set_on=FIRST,
        indicator=Indicator.objects.create(municipality=municipality, slug="zitplekken", name=made.named("Zitplekken")),
    )  # fmt: skip
    text = PlanText.objects.create(plan=plan, heading=made.named("Waarom"), body="Daarom.")
    impact = Impact.objects.create(plan=plan, target_group=made.named("Jongeren"), effect="Meer plek")
    direction = Direction.objects.create(
        plan=plan, owns_framework=True, has_power=True, reason="Zo is het.", from_on=FIRST
    )
    proposal = Proposal.objects.create(
        plan=plan, action=action, seen_version=action.version, reason=made.named("Ze staan er al."),
        author=made.owners["moderator"],
        changes={"form": "action", "row": action.pk, "typed": {"name": ["Zes banken"], "weight": ["1"], "kind": ["action"]}},
    )  # fmt: skip
    made.names |= {
        "principle": str(principle.pk), "goal": str(goal.uuid), "figure": str(figure.pk), "text": str(text.pk),
        "impact": str(impact.pk), "direction": str(direction.pk), "proposal": str(proposal.uuid),
    }  # fmt: skip


def rows(land: Land, numbers: range) -> None:
    """As much more in that plan."""
    plan = Plan.objects.get(municipality=land.municipality, slug="plan-in-de-maak")
    first = plan.goals.earliest("pk")
    last = plan.actions.latest("number").number
    goals = Goal.objects.bulk_create(
        Goal(plan=plan, parent=first if number % 2 else None, name=f"Doel {number}", order=number)
        for number in numbers
    )
    Action.objects.bulk_create(
        Action(plan=plan, goal=goal, number=last + 1 + at, name=f"Actie {number}", when="2027")
        for at, (number, goal) in enumerate(zip(numbers, goals, strict=True))
    )
    PlanText.objects.bulk_create(
        PlanText(plan=plan, heading=f"Deel {number}", body="Daarom.") for number in numbers
    )
    Impact.objects.bulk_create(
        Impact(plan=plan, target_group=f"Groep {number}", effect="Meer") for number in numbers
    )
    Principle.objects.bulk_create(
        Principle(municipality=land.municipality, name=f"Principe {number}", is_used=number % 2 == 0)
        for number in numbers
    )
    Proposal.objects.bulk_create(
        Proposal(
            plan=plan,
            changes={"form": "plan", "row": plan.pk, "typed": {}},
            seen_version="x",
            reason=f"Reden {number}",
        )
        for number in numbers
    )
