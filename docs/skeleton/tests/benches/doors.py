"""The doors of benches."""

from django.contrib.gis.geos import Point

from benches.models import Bench
from tests.conftest import Land
from tests.doors import EDITORS_IN_BERGEN, EVERYONE, NOBODY, Door, World, api

DOORS: dict[str, list[Door]] = {
    "banken/": [Door("/banken/", EVERYONE)],
    r"banken/tabel\.(?P<extension>csv|xlsx)": [Door("/banken/tabel.csv", EVERYONE, in_pieces=True)],
    "banken/<slug:slug>/": [Door("/banken/{bench}/", EVERYONE)],
    "banken/<slug:slug>/bewerken/": [Door("/banken/{bench}/bewerken/", EDITORS_IN_BERGEN)],
    "api/v1/banken/": [Door("/api/v1/banken/", EVERYONE), api("/api/v1/banken/", NOBODY, "post")],
    "api/v1/banken/<uuid:uuid>/": [
        Door("/api/v1/banken/{bench_uuid}/", EVERYONE),
        api("/api/v1/banken/{bench_uuid}/", EDITORS_IN_BERGEN, "patch"),
    ],
}


def bench(land: Land, slug: str, name: str) -> Bench:
    """A bench in Bergen."""
    return Bench(municipality=land.municipality, slug=slug, name=name, point=Point(4.72, 51.45, srid=4326))


def world(made: World) -> None:
    """A bench in Bergen."""
    made_bench = bench(made.land, "aan-de-kerk", made.named("Aan de kerk"))
    made_bench.save()
    made.names |= {"bench": "aan-de-kerk", "bench_uuid": str(made_bench.uuid)}


def rows(land: Land, numbers: range) -> None:
    """More of them."""
    Bench.objects.bulk_create(bench(land, f"bank-{number}", f"Bank {number}") for number in numbers)
