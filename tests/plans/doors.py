"""The doors of plans."""

from tests.conftest import Land
from tests.doors import EVERYONE, STAFF, STEWARDS, Door, World
from tests.intakes import kept_file
from tests.plans import doors_api, doors_around, doors_assigned, doors_edit, doors_reading, doors_told
from tests.plans.conftest import make_plan
from tests.plans.tables import EXPORT

DOORS: dict[str, list[Door]] = {
    "plannen/inlezen/": [Door("/plannen/inlezen/", STEWARDS)],
    "plannen/inlezen/<uuid:uuid>/": [
        Door("/plannen/inlezen/{plan_table}/", frozenset({"steward"}), more_for_staff=9)
    ],
    r"plannen/(?P<slug>[-a-zA-Z0-9_]+)/tabel\.(?P<extension>csv|xlsx)": [
        Door("/plannen/openbaar-plan/tabel.csv", EVERYONE),
        Door("/plannen/plan-in-de-maak/tabel.xlsx", STAFF, visitor=frozenset({404})),
    ],
    # The whole plan: it, and twelve tables beside it.
    "plannen/<slug:slug>/plan.jsonld": [
        Door("/plannen/openbaar-plan/plan.jsonld", EVERYONE, more_queries=1, more_for_staff=3),
        Door(
            "/plannen/plan-in-de-maak/plan.jsonld",
            STAFF,
            visitor=frozenset({404}),
            more_queries=1,
            more_for_staff=3,
        ),
    ],
    **doors_api.DOORS,
    **doors_around.DOORS,
    **doors_edit.DOORS,
    **doors_reading.DOORS,
    **doors_assigned.DOORS,
    **doors_told.DOORS,
}

SCREENS: dict[str, tuple[str, ...]] = {
    "public": (*doors_reading.PUBLIC, *doors_around.PUBLIC, *doors_assigned.PUBLIC),
    "staff": (
        *doors_reading.STAFF_SEES,
        "/plannen/inlezen/",
        *doors_around.STAFF,
        *doors_edit.STAFF_SCREENS,
        *doors_assigned.STAFF_SCREENS,
        *doors_told.STAFF_SCREENS,
    ),
}


def world(made: World) -> None:
    """A plan that anybody may read, one in the making, and a table that waits."""
    municipality = made.land.municipality
    plan = make_plan(made.land, "Openbaar plan", stage="adopted")
    make_plan(made.land, "Plan in de maak")
    made.names["plan"] = plan.slug
    table = kept_file(
        "plans.tables", municipality, EXPORT, made.owners["steward"], reading={"plan": str(plan.uuid)}
    )
    made.names["plan_table"] = str(table.uuid)
    doors_api.world(made)
    doors_around.world(made)
    doors_reading.world(made)
    doors_edit.world(made)
    doors_assigned.world(made)
    doors_told.world(made)


def rows(land: Land, numbers: range) -> None:
    """As much more of everything."""
    doors_around.rows(land, numbers)
    doors_reading.rows(land, numbers)
    doors_edit.rows(land, numbers)
    doors_assigned.rows(land, numbers)
    doors_told.rows(land, numbers)
