"""The map as SVG, made on the server."""

import re

import pytest
import shapely
from django.template.loader import render_to_string
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.importers.drawing import svg_path
from areas.map.drawing import WIDTH, MapPoint, draw
from areas.map.labels import place_labels
from areas.map.paths import points_of, surface_of
from areas.models import AreaKind
from tests.areas.files import bring, collection, feature, square
from tests.conftest import Land


@pytest.fixture
def drawn(wijk: AreaKind) -> AreaKind:
    bring(
        wijk,
        collection(
            feature("A", "Aa", square(0, 0, 6, 3)),
            feature("B", "Bee", square(0, 3, 6, 3)),
            feature("C", "Kleine hoek met een lange naam", square(6, 2, 0.5, 0.5)),
        ),
    )
    return wijk


def test_a_path_comes_back_as_it_was() -> None:
    ring = shapely.Polygon(
        [(10, 10), (40, 10), (40, 50), (10, 50)], [[(20, 20), (30, 20), (30, 30), (20, 30)]]
    )
    path = svg_path(shapely.MultiPolygon([ring]))
    assert surface_of(path).area == 30 * 40 - 100
    assert points_of(path)[0][0] in [(10, -10), (40, -10), (40, -50), (10, -50)]


def test_names_stand_in_or_beside_their_area(drawn: AreaKind) -> None:
    drawing = draw(drawn.municipality)
    labels = {name.label.name: name.label for name in drawing.names}
    assert labels["Aa"].leader == ""
    beside = labels.get("Kleine hoek met een lange naam")
    assert beside is None or beside.leader
    assert all(0 < label.x < WIDTH and 0 < label.y < drawing.height for label in labels.values())


def test_the_scale_and_the_graticule(drawn: AreaKind) -> None:
    drawing = draw(drawn.municipality)
    assert drawing.scale is not None
    assert drawing.scale.label in ("500 m", "1 km", "2 km")
    assert {line.label for line in drawing.lines} & {"4°42′", "4°43′", "51°25′"}


def test_remembered(drawn: AreaKind, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = draw(drawn.municipality)
    with django_assert_num_queries(1):
        assert draw(drawn.municipality, chosen="aa").areas == first.areas


def test_points_and_a_chosen_area(drawn: AreaKind) -> None:
    point = MapPoint(4.73, 51.43, "location", "Bib <b>", "/x/", is_approximate=True)
    drawing = draw(drawn.municipality, chosen="aa", points=[point])
    assert drawing.chosen is not None
    assert 0 < drawing.points[0].x < WIDTH
    html = render_to_string("areas/partials/map.html", {"drawing": drawing})
    assert "Bib &lt;b&gt;" in html
    assert "#t-approximate" in html
    assert html.count("<a ") == 4
    assert not re.search(r"\sstyle=|\son\w+=", html)


def test_the_locator_has_no_links(drawn: AreaKind) -> None:
    html = render_to_string(
        "areas/partials/map.html", {"drawing": draw(drawn.municipality, chosen="aa"), "variant": "locator"}
    )
    assert "<a " not in html
    assert 'role="img"' in html


def test_a_chosen_area_of_another_kind(land: Land) -> None:
    drawing = draw(land.municipality, kind="wijk", chosen=land["noord-deelgemeente"])
    assert drawing.chosen is not None
    assert drawing.chosen.slug == "noord-deelgemeente"


def test_nothing_to_draw(wijk: AreaKind) -> None:
    assert not draw(wijk.municipality)
    assert not draw(wijk.municipality, kind="bestaat-niet")


def test_a_name_stays_clear_of_the_border_and_its_line_off_the_neighbours() -> None:
    hook = shapely.Polygon([(0, 0), (400, 0), (400, 60), (80, 60), (80, 400), (0, 400)])
    wide = shapely.Polygon([(300, 200), (900, 200), (900, 700), (300, 700)])
    small = shapely.Polygon([(240, 200), (300, 200), (300, 300), (240, 300)])
    labels = {
        label.name: label
        for label in place_labels(
            ["Hoek", "Groot", "Kleintje"], [hook, wide, small], width=1000, height=800, size=30
        )
    }
    assert abs(labels["Groot"].x - 600) <= 20
    assert labels["Groot"].leader == ""
    assert shapely.Point(labels["Hoek"].x, labels["Hoek"].y - 10).distance(hook.boundary) >= 25
    start, end = (tuple(map(int, part.split())) for part in labels["Kleintje"].leader[1:].split("L"))
    way = shapely.LineString([start, end])
    assert way.intersects(small)
    assert way.intersection(wide).length < 1
