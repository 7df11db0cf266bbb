"""GDAL itself opens the service, as QGIS does: lists, counts, reads one by one, by box, over pages, and writes a file."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.gis.geos import LineString, Point
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from plans.models import Action
from tests.areas import doors as areas_doors
from tests.conftest import Land
from tests.plans.made import make_plan
from tests.workplaces import doors as workplaces_doors
from workplaces.models import WorkLocation

pytestmark = pytest.mark.gdal
MANY = 25


@pytest.fixture
def address(live_server: LiveServer, land: Land, places: list[WorkLocation]) -> str:
    return f"{live_server.url}/ogc/"


def gdal(program: str, *arguments: str) -> str:
    """What a program of GDAL says; it fails on anything that GDAL complains about."""
    # Without what config.geolibs says to our own GDAL: which drivers to skip, where its data is.
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GDAL_", "PROJ_"))}
    environment = {**own, "no_proxy": "*", "GDAL_HTTP_TIMEOUT": "20", "CPL_DEBUG": "OFF"}
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    return done.stdout


def test_it_lists_the_collections(address: str) -> None:
    listed = gdal("ogrinfo", f"OAPIF:{address}")
    for line in (
        "deelgemeente (title: Deelgemeenten) (Multi Polygon)",
        "wijk (title: Wijken) (Multi Polygon)",
        "werklocaties",
    ):
        assert line in listed
    assert "(Point)" in listed


@pytest.mark.parametrize("end", ["", "collections/wijk"])
def test_it_reads_count_extent_and_fields(address: str, end: str) -> None:
    said = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{address}{end}", "wijk")
    for line in (
        "Feature Count: 3", "Extent: (4.700000, 51.400000) - (4.800000, 51.470000)", "TEMPORAL_INTERVAL_MIN=2025-01-01T00:00:00Z",
        'ID["EPSG",4326]', "name: String", "area_ha: ", "page: String",
    ):  # fmt: skip
        assert line in said


def test_it_reads_by_box_and_by_name(address: str) -> None:
    by_box = gdal("ogrinfo", "-ro", "-spat", "4.71", "51.44", "4.72", "51.45", f"OAPIF:{address}", "wijk")
    assert "name (String) = Bergen" in by_box
    assert "Feature Count: 1" in by_box
    points = gdal(
        "ogrinfo", "-ro", "-spat", "4.71", "51.44", "4.73", "51.46", f"OAPIF:{address}", "werklocaties"
    )
    assert "Feature Count: 1" in points
    assert "POINT (4.72 51.45)" in points


def test_it_reads_a_feature_by_its_id(address: str, land: Land) -> None:
    said = gdal("ogrinfo", "-ro", "-where", f"id = '{land['dalen'].uuid}'", f"OAPIF:{address}", "wijk")
    assert "name (String) = Dalen" in said
    assert "Feature Count: 1" in said


def add_actions(land: Land, numbers: range) -> None:
    """Actions of one plan, points and lines by turns."""
    plan = make_plan(land.municipality)
    for number in numbers:
        west, south = 4.70 + number / 1000, 51.40 + number / 2000
        ends = ((west, south), (west + 0.001, south))
        geometry = LineString(*ends, srid=4326) if number % 2 else Point(*ends[0], srid=4326)
        Action.objects.create(
            plan=plan, number=number + 1, name=f"Actie {number:05}", when="2027", geometry=geometry
        )


@pytest.mark.parametrize(
    ("collection", "size", "add", "address_ends"),
    [
        ("buurt", 10, areas_doors.rows, "/{slug}/"),
        ("werklocaties", 10, workplaces_doors.rows, "/{slug}/"),
        ("acties", 10, add_actions, ""),
        ("buurt", 1000, areas_doors.rows, "/{slug}/"),
    ],
)
def test_a_file_written_over_pages_is_the_layer(
    address: str,
    land: Land,
    tmp_path: Path,
    collection: str,
    size: int,
    add: Callable[[Land, range], None],
    address_ends: str,
) -> None:
    add(land, range(MANY))
    target = tmp_path / "written.geojson"
    gdal(
        "ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=6", str(target), f"OAPIF:{address}", collection,
        "-oo", f"PAGE_SIZE={size}",
    )  # fmt: skip
    written = json.loads(target.read_text())["features"]
    layer = Client().get(
        f"/kaartlagen/{collection}.geojson?variant=full", headers={"Accept-Encoding": "identity"}
    )
    features = layer.json()["features"]
    assert len(features) >= MANY
    assert [one["properties"]["slug"] for one in written] == [one["properties"]["slug"] for one in features]
    for found, expected in zip(written, features, strict=True):
        assert found["geometry"] == expected["geometry"]
        assert found["properties"]["name"] == expected["properties"]["name"]
        assert found["properties"].get("page", "").endswith(address_ends.format(**expected["properties"]))
