"""The doors of plans over the API."""

from plans.models import Action, Assignment, Goal, Milestone, Plan
from tests.doors import (
    EDITORS_IN_BERGEN,
    EDITORS_SOMEWHERE,
    EVERYONE,
    NOBODY,
    STAFF,
    STEWARDS,
    Door,
    World,
    api,
)
from tests.plans.conftest import make_team

WORDS = ("plannen", "doelen", "acties", "opdrachten", "mijlpalen")

DOORS: dict[str, list[Door]] = {
    **{f"api/v1/{word}/": [Door(f"/api/v1/{word}/", EVERYONE)] for word in WORDS},
    **{
        f"api/v1/{word}/<uuid:uuid>/": [
            Door(f"/api/v1/{word}/{{api_{word}}}/", EVERYONE),
            api(f"/api/v1/{word}/{{api_{word}}}/", STEWARDS, "patch"),
            api(f"/api/v1/{word}/{{api_{word}}}/", NOBODY, "delete"),
        ]
        for word in WORDS[:3]
    },
    "api/v1/opdrachten/<uuid:uuid>/": [
        Door("/api/v1/opdrachten/{api_opdrachten}/", STAFF, visitor=frozenset({404}))
    ],
    "api/v1/mijlpalen/<uuid:uuid>/": [Door("/api/v1/mijlpalen/{api_mijlpalen}/", EVERYONE)],
}
DOORS["api/v1/plannen/"].append(api("/api/v1/plannen/", EDITORS_SOMEWHERE, "post"))
for _word in ("doelen", "acties"):
    # Of which plan it is stands in what is sent; nothing was sent, as everybody hears who may write a plan.
    DOORS[f"api/v1/{_word}/"].append(api(f"/api/v1/{_word}/", EDITORS_IN_BERGEN, "post"))


def world(made: World) -> None:
    """Of everything one, in the public plan."""
    plan = Plan.objects.get(municipality=made.land.municipality, slug=made.names["plan"])
    goal = Goal.objects.create(plan=plan, name=made.named("Doel"))
    action = Action.objects.create(plan=plan, goal=goal, number=901, name=made.named("Actie"))
    teams = [make_team(made.land, made.named(name)) for name in ("Opdrachtgevers", "Opdrachtnemers")]
    assignment = Assignment.objects.create(
        municipality=made.land.municipality, action=action, name=made.named("Opdracht"), commissioner=teams[0],
        contractor=teams[1], result="Zes banken.", effect="Men blijft zitten.",
    )  # fmt: skip
    milestone = Milestone.objects.create(
        municipality=made.land.municipality, plan=plan, when="2026", title=made.named("Mijlpaal")
    )
    uuids = (plan.uuid, goal.uuid, action.uuid, assignment.uuid, milestone.uuid)
    made.names |= {f"api_{word}": str(uuid) for word, uuid in zip(WORDS, uuids, strict=True)}
