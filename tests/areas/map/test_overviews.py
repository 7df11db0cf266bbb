"""The overview of the map: small enough for a phone, and still without gaps between neighbours."""

import gzip
import json
from typing import Any

import pytest
import shapely

from areas.importers.coverage import GRID_SIZE
from areas.importers.drawing import drawn
from areas.importers.transform import WGS84, transformed
from areas.map.layerbytes import LEVEL
from areas.map.layers import OVERVIEW, build
from areas.models import AreaKind, AreaShape
from benchmarks.land import as_file, rings
from core.layers import FULL
from tests.areas.files import bring
from tests.areas.test_real_files import bring as bring_real
from tests.areas.test_real_files import city

LAMBERT = 31370


def grid(columns: int, rows: int) -> list[Any]:
    """A seeded region in metres, as an import hands it on."""
    degrees = [shapely.Polygon(ring) for ring in rings(columns, rows)]
    return list(shapely.set_precision(transformed(degrees, source=WGS84, target=LAMBERT), GRID_SIZE))


def test_neighbours_keep_a_common_border(db: None) -> None:
    region = grid(40, 16)
    drawings = drawn(region, is_partition=True)
    points = shapely.get_num_coordinates(region).sum()
    for simple, most in (
        ([drawing.overview for drawing in drawings], 0.4),
        ([drawing.surface for drawing in drawings], 0.95),
    ):
        assert shapely.get_num_coordinates(simple).sum() < most * points
        assert shapely.is_valid(simple).all()
        assert shapely.coverage_is_valid([shapely.get_parts(area)[0] for area in simple])
        assert shapely.area(simple).sum() == pytest.approx(shapely.union_all(simple).area)


def test_a_drawing_of_one_area_has_more_detail_than_the_map(db: None) -> None:
    for drawing in drawn(grid(40, 16), is_partition=True):
        assert shapely.get_num_coordinates(drawing.surface) > shapely.get_num_coordinates(drawing.overview)
        assert drawing.surface.contains(drawing.label)


def test_the_layer_of_a_whole_region_fits_a_phone(wijk: AreaKind) -> None:
    edition = bring(wijk, as_file(rings(56, 20)))
    full, overview = (gzip.compress(build(edition, variant), LEVEL) for variant in (FULL, OVERVIEW))
    assert AreaShape.objects.filter(edition=edition).count() == 1_120
    assert len(overview) <= 210_000
    assert len(overview) < len(full) / 2
    assert len(json.loads(gzip.decompress(overview))["features"]) == 1_120


@pytest.mark.parametrize(("slug", "code"), [("hoogstraten", "13014"), ("gent", "44021")])
def test_the_layer_of_a_municipality_is_a_mouthful(db: None, slug: str, code: str) -> None:
    edition = bring_real(city(slug, code), "wijk", f"{slug}_ggw7.geojson")
    assert len(gzip.compress(build(edition, OVERVIEW), LEVEL)) <= 15_000
