"""Pages with hundreds of areas: every boundary is sent once, and the frame of a page stays small."""

import re

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client

from areas.chrome import MOST_AREAS, chrome_of
from areas.map import drawing
from areas.map.drawing import COARSE, MANY, draw
from areas.map.paths import surface_of
from areas.models import AreaKind, AreaShape, Municipality
from benchmarks.land import as_file, rings
from tests.areas.files import bring

COLUMNS, ROWS = 20, 15
COUNT = COLUMNS * ROWS


@pytest.fixture
def region(db: None) -> AreaKind:
    """300 areas with borders as official ones have them, over a region as large as Flanders."""
    municipality = Municipality.objects.create(
        slug="streekdorp", name="Streekdorp", country="BE", code="99997", srid=31370
    )
    kind = AreaKind.objects.create(
        municipality=municipality, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="wijk",
        is_working_level=True,
    )  # fmt: skip
    bring(kind, as_file(rings(COLUMNS, ROWS)))
    return kind


def test_the_map_of_hundreds_of_areas_is_small(region: AreaKind, client: Client) -> None:
    response = client.get("/kaart/")
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("data-area=") == COUNT
    assert len(response.content) < COUNT * 1_200


def test_no_boundary_is_sent_twice(region: AreaKind) -> None:
    shown = draw(region.municipality, chosen="gebied-7")
    for variant in ("", "locator"):
        html = render_to_string("areas/partials/map.html", {"drawing": shown, "variant": variant})
        paths = re.findall(r' d="(M[^"]+z)"', html)
        assert len(paths) == len(set(paths)) == COUNT + 1
        names, used = set(re.findall(r' id="([^"]+)"', html)), set(re.findall(r'href="#(shape[^"]*)"', html))
        assert used <= names


def test_many_areas_are_drawn_with_fewer_points(region: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    coarse = draw(region.municipality)
    cache.clear()
    monkeypatch.setattr(drawing, "MANY", COUNT)
    fine = draw(region.municipality)
    assert COUNT > MANY
    assert [area.slug for area in coarse.areas] == [area.slug for area in fine.areas]
    assert sum(len(area.path) for area in coarse.areas) < 0.75 * sum(len(area.path) for area in fine.areas)
    scale = float(coarse.transform.split("(")[1].split(")")[0])
    for one, other in zip(coarse.areas, fine.areas, strict=True):
        surfaces = [surface_of(area.path) for area in (one, other)]
        assert surfaces[0].is_valid
        assert surfaces[0].hausdorff_distance(surfaces[1]) * scale < 4 * COARSE


def test_the_footer_of_a_large_region_has_no_emblems(region: AreaKind, client: Client) -> None:
    assert COUNT > MOST_AREAS
    assert chrome_of(region.municipality).areas == ()
    assert len(client.get("/gebieden/").content) < 200_000
    AreaShape.objects.exclude(area__in=AreaShape.objects.values("area")[:MOST_AREAS]).delete()
    cache.clear()
    assert len(chrome_of(region.municipality).areas) == MOST_AREAS
