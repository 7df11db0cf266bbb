"""The doors of councils."""

from councils.models import Council
from tests.conftest import Land
from tests.councils import doors_advices, doors_evaluation, doors_meetings, doors_members
from tests.councils.made import make_council, make_member
from tests.doors import EVERYONE, NOBODY, Door, World, api

DOORS: dict[str, list[Door]] = {
    "raden/": [Door("/raden/", EVERYONE), Door("/raden/?gebied=bergen", EVERYONE)],
    r"raden/tabel\.(?P<extension>csv|xlsx)": [Door("/raden/tabel.csv", EVERYONE)],
    # One query a section, and whether a person keeps the council for each.
    "raden/<slug:slug>/": [Door("/raden/{council}/", EVERYONE, more_queries=3, more_for_staff=5)],
    **doors_advices.DOORS,
    **doors_evaluation.DOORS,
    "api/v1/raden/": [
        Door("/api/v1/raden/", EVERYONE),
        Door("/api/v1/raden/?gebied=bergen&op=2026-01-01", EVERYONE),
        api("/api/v1/raden/", NOBODY, "post"),
    ],
    "api/v1/raden/<uuid:uuid>/": [
        Door("/api/v1/raden/{council_uuid}/", EVERYONE),
        api("/api/v1/raden/{council_uuid}/", NOBODY, "patch"),
    ],
    **doors_members.DOORS,
    **doors_meetings.DOORS,
}

SCREENS: dict[str, tuple[str, ...]] = {
    "public": (
        "/raden/",
        "/raden/dorpsraad-meerle/",
        *doors_advices.PUBLIC_SCREENS,
        *doors_evaluation.PUBLIC_SCREENS,
        *doors_meetings.PUBLIC_SCREENS,
    ),
    "staff": (
        *doors_advices.SCREENS,
        *doors_members.SCREENS,
        *doors_meetings.SCREENS,
        *doors_evaluation.SCREENS,
    ),
}


def world(made: World) -> None:
    """A village council of Bergen with a chair and a secretary."""
    council = make_council(
        made.land.municipality,
        made.land["bergen"],
        slug="dorpsraad-bergen",
        name=made.named("Dorpsraad Bergen"),
    )
    make_member(council, office="chair")
    secretary = make_member(council, office="secretary")
    made.names |= {"council": council.slug, "council_uuid": str(council.uuid), "seated": str(secretary.uuid)}
    doors_members.world(made, council)
    doors_advices.world(made, council)
    doors_evaluation.world(made, council)
    doors_meetings.world(made, council)


def rows(land: Land, numbers: range) -> None:
    """More councils in Bergen, each with a member, and as many members of one."""
    made = Council.objects.bulk_create(
        Council(municipality=land.municipality, slug=f"raad-r{number}", name=f"Raad {number:05}", kind="village", basis="free")
        for number in numbers
    )  # fmt: skip
    land["bergen"].councils.add(*made)
    council = Council.objects.get(municipality=land.municipality, slug="dorpsraad-bergen")
    seat = council.seats.get(mandate="member")
    seat.most = 200
    seat.save()
    for _number in list(numbers)[:60]:
        make_member(council)
    doors_advices.rows(council, numbers)
    doors_meetings.rows(council, numbers)
