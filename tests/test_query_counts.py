"""Every page and every address of the API asks the database as often at many rows as at ten, and not often.

MANY is 300 for every address, more than any page of a list shows; the lists are asked at 10,000 too. `QUERY_ROWS=10000` asks
everything at 10,000, in some minutes.
"""

import os
from collections.abc import Callable, Iterable, Iterator

from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleAssignment, User
from areas.models import Area, AreaCode, AreaEdition, AreaKind, AreaShape, Indicator, IndicatorValue
from tests.conftest import Land, box
from tests.test_access_matrix import DOORS, World
from tests.test_access_matrix import world as world
from workplaces.models import OpeningHours, Service, ServiceOffer, WorkLocation

FEW, MANY = 10, int(os.environ.get("QUERY_ROWS", "300"))
TEN_THOUSAND = 10_000
LISTS = (
    "/",
    "/kaart/",
    "/gebieden/",
    "/gebieden/bergen/",
    "/cijfers/",
    "/cijfers/inwoners/?soort=buurt",
    "/werklocaties/",
    "/werklocaties/?gebied=dalen",
    "/zoeken/?q=plek",
    "/zoeken/suggesties/?q=plek",
    "/api/v1/gebieden/",
    "/api/v1/cijfers/",
    "/api/v1/cijfers/inwoners/?kind=buurt",
    "/api/v1/werklocaties/",
)
MOST = 12
WHO = 3  # session, account and roles of a person who signed in
# What staff see above the twelve: the findings of data quality beside a location, a table compared with everything.
STAFF_SEE_MORE = {"/werklocaties/bib/": 1, "/werklocaties/import/": 5}
# Written down in pieces of so many rows, and so read in pieces too.
TABLES = (
    "/werklocaties/tabel.csv",
    "/gebieden/tabel.csv",
    "/werklocaties/tabel.xlsx",
    "/cijfers/inwoners.csv",
    "/cijfers/inwoners.xlsx",
)
PIECE, A_PIECE = 1_000, 5
# What a test adds to a request, and who it is: the same on every page, once a minute.
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", 'UPDATE "django_session"')
# Who asks: the person with the most to see, else whoever may.
PREFERRED = ("steward", "administrator", "worker_here", "resident")


def add_rows(land: Land, first: int, last: int) -> None:
    """Work locations with hours and services, small areas with boundaries, and people, from one number to another."""
    numbers = range(first, last)
    _add_locations(land, numbers)
    _add_areas(land, numbers)
    people = User.objects.bulk_create(
        User(email=f"p{n}@proefdorp.example", name=f"Inwoner {n}") for n in numbers
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=person, role="moderator", municipality=land.municipality, valid_from="2025-01-01")
        for person in people
    )


def _add_locations(land: Land, numbers: range) -> None:
    service, _new = Service.objects.get_or_create(municipality=land.municipality, slug="balie", name="Balie")
    locations = WorkLocation.objects.bulk_create(
        WorkLocation(
            municipality=land.municipality,
            slug=f"plek-{number:05}",
            name=f"Plek {number:05}",
            locality="Bergen",
            point=Point(4.70 + number % 100 / 1000, 51.40 + number // 100 / 2000, srid=4326),
            precision="address",
        )
        for number in numbers
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=0, opens="09:00", closes="12:00") for location in locations
    )
    ServiceOffer.objects.bulk_create(
        ServiceOffer(location=location, service=service) for location in locations
    )


def _add_areas(land: Land, numbers: range) -> None:
    municipality = land.municipality
    kind, _new = AreaKind.objects.get_or_create(
        municipality=municipality, slug="buurt", name="Buurt", plural="Buurten", rank=60, scheme="buurt"
    )
    edition, _new = AreaEdition.objects.get_or_create(
        kind=kind, reference_date="2025-01-01", source="proef", sha256="b" * 64, status="active",
        activated_at="2025-01-01T00:00Z", outline_path="M0 0H9V9Z", outline_box="0 0 9 9",
    )  # fmt: skip
    areas = Area.objects.bulk_create(
        Area(municipality=municipality, kind=kind, slug=f"buurt-{number:05}", name=f"Buurt {number:05}")
        for number in numbers
    )
    AreaCode.objects.bulk_create(
        AreaCode(municipality=municipality, area=area, scheme="buurt", code=area.slug) for area in areas
    )
    shapes = []
    for number, area in zip(numbers, areas, strict=True):
        west, south = 4.70 + number % 100 / 1000, 51.40 + number // 100 / 2000
        geom = box(west, south, west + 0.001, south + 0.0005)
        shapes.append(
            AreaShape(
                edition=edition,
                area=area,
                geom=geom,
                overview=geom,
                label_point=Point(west, south, srid=4326),
                area_m2=1e4,
                measured_srid=31370,
                content_hash=f"{number:064}",
                path="M0 0h9v9z",
                box="0 0 9 9",
            )
        )
    AreaShape.objects.bulk_create(shapes)
    _add_figures(land, areas, edition)


def _add_figures(land: Land, areas: list[Area], edition: AreaEdition) -> None:
    """A figure of every area, of one in ten in ten periods, and an indicator more for each ten areas."""
    people, _new = Indicator.objects.get_or_create(
        municipality=land.municipality, slug="inwoners", defaults={"name": "Inwoners", "source": "proef"}
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=people, area=area, period=str(2024 - year), value=year, edition=edition)
        for number, area in enumerate(areas)
        for year in range(1 if number % 10 else 10)
    )
    Indicator.objects.bulk_create(
        Indicator(
            municipality=land.municipality, slug=f"plek-{area.slug}", name=f"Plek {area.slug}", source="proef"
        )
        for area in areas[::10]
    )


def doors(world: World) -> Iterator[tuple[str, str]]:
    """(path, who) of everything that can be read."""
    for door in (door for doors in DOORS.values() for door in doors):
        if door.method == "get" and door.who:
            yield world.path(door.path), next((part for part in PREFERRED if part in door.who), "visitor")
            if "visitor" in door.who:
                yield world.path(door.path), "visitor"


def bound(path: str, who: str) -> int:
    """How often an address may ask."""
    most = MOST
    if path in TABLES:
        most += A_PIECE * (MANY // PIECE)
    if who == "visitor":
        return most
    return (
        most
        + WHO
        + max((more for start, more in STAFF_SEE_MORE.items() if path.startswith(start)), default=0)
    )


def counts(asked: Iterable[tuple[str, str]], clients: dict[str, Client]) -> dict[tuple[str, str], list[str]]:
    """The queries of every address, each by a process that remembers the frame of a page and nothing else."""
    found = {}
    for path, who in asked:
        cache.clear()
        clients[who].get("/privacy/")
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            response = clients[who].get(path)
            b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
            assert response.status_code < 500, path
        sent = [query["sql"] for query in queries.captured_queries]
        found[path, who] = [sql for sql in sent if not sql.startswith(NOT_COUNTED)]
    return found


def test_queries_do_not_grow(world: World, as_part: Callable[[str], Client], long_memory: None) -> None:
    clients = {part: as_part(part) for part in (*PREFERRED, "visitor")}
    add_rows(world.land, 0, FEW)
    few = counts(doors(world), clients)
    add_rows(world.land, FEW, MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = counts(doors(world), clients)
    wrong = []
    for (path, who), queries in many.items():
        before = few[path, who]
        growth = A_PIECE * (MANY // PIECE) if path in TABLES else 0
        if len(queries) > len(before) + growth or len(queries) > bound(path, who):
            wrong.append(f"{path} as {who}: {len(before)} at {FEW} rows, {len(queries)} at {MANY}:")
            wrong += [f"    {sql[:200]}" for sql in queries]
    assert not wrong, "\n".join(wrong)


def test_lists_ask_no_more_at_ten_thousand_rows(land: Land, long_memory: None) -> None:
    clients, asked = {"visitor": Client()}, [(path, "visitor") for path in LISTS]
    add_rows(land, 0, FEW)
    few = counts(asked, clients)
    add_rows(land, FEW, TEN_THOUSAND)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = counts(asked, clients)
    grown = {path: len(many[path, who]) for path, who in asked if len(many[path, who]) > len(few[path, who])}
    assert not grown
    assert {
        path: len(many[path, who]) for path, who in asked if len(many[path, who]) > bound(path, who)
    } == {}
