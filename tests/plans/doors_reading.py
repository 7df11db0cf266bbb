"""The doors of the pages on which plans are read."""

from plans.models import Plan
from tests.conftest import Land
from tests.doors import EVERYONE, STAFF, Door, World
from tests.plans.made import make_action, make_actions, make_plan, make_whole_plan

# Staff see what is in the making too; what that costs is asked of nobody else.
DOORS: dict[str, list[Door]] = {
    "plannen/": [
        Door("/plannen/", EVERYONE),
        Door("/plannen/?gebied={plan_area}&soort=village", EVERYONE),
    ],
    r"plannen/tabel\.(?P<extension>csv|xlsx)": [
        Door("/plannen/tabel.csv", EVERYONE, in_pieces=True),
        Door("/plannen/tabel.xlsx", EVERYONE, in_pieces=True),
    ],
    # The plan and eleven tables beside it, its files, the map of its area, and what councils advised about it.
    "plannen/<slug:slug>/": [
        Door("/plannen/{read_plan}/", EVERYONE, more_queries=5, more_for_staff=4),
        Door("/plannen/groot/", EVERYONE, more_queries=5, more_for_staff=4),
        Door("/plannen/{draft_plan}/", STAFF, more_queries=5, more_for_staff=4),
    ],
    "plannen/<slug:slug>/acties/<int:number>/": [
        Door("/plannen/{read_plan}/acties/1/", EVERYONE, more_queries=5, more_for_staff=4),
        Door("/plannen/{draft_plan}/acties/1/", STAFF, more_queries=5, more_for_staff=4),
    ],
    "plannen/<slug:slug>/versies/<int:number>/": [Door("/plannen/{read_plan}/versies/1/", EVERYONE)],
}

PUBLIC = (
    "/plannen/",
    "/plannen/?soort=village",
    "/plannen/dorpsplan-meerle/",
    "/plannen/meerjarenplan/",
    "/plannen/pad-mensen/",
    "/plannen/dorpsplan-meerle/acties/1/",
    "/plannen/dorpsplan-meerle/acties/9/",
)
STAFF_SEES = ("/plannen/dorpsplan-meerle/acties/1/",)


def world(made: World) -> None:
    """A plan with some of everything, one in the making, and one that grows."""
    municipality = made.land.municipality
    area = made.land.areas["bergen"]
    plan = make_whole_plan(municipality, area, named=made.prefix and f"{made.prefix} ")
    draft = make_plan(municipality, "nog-niet", [area], name=made.named("Nog niet"), stage=Plan.Stage.DRAFT)
    make_action(draft, 1, made.named("Later"))
    make_plan(municipality, "groot", name=made.named("Groot plan"), kind=Plan.Kind.MULTI_YEAR)
    made.names |= {"read_plan": plan.slug, "draft_plan": draft.slug, "plan_area": area.slug}


def rows(land: Land, numbers: range) -> None:
    """Plans, and actions of the plan that grows."""
    Plan.objects.bulk_create(
        Plan(
            municipality=land.municipality, slug=f"gelezen-{number:05}", name=f"Plan {number:05}", kind=Plan.Kind.THEME,
            stage=Plan.Stage.ADOPTED, first_on="2026-01-01",
        )
        for number in numbers
    )  # fmt: skip
    make_actions(Plan.objects.get(municipality=land.municipality, slug="groot"), numbers)
