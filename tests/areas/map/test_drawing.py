"""The map as SVG, made on the server."""

import re

import pytest
import shapely
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.template.loader import render_to_string
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.importers.drawing import svg_path
from areas.map.drawing import WIDTH, draw
from areas.map.labels import place_labels
from areas.map.paths import points_of, surface_of
from areas.map.signs import MapSign
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


def test_signs_and_a_chosen_area(drawn: AreaKind) -> None:
    place = Point(4.73, 51.43, srid=4326)
    drawing = draw(
        drawn.municipality,
        chosen="aa",
        signs=[MapSign(place, "location", "Bib <b>", "/x/", is_approximate=True)],
    )
    assert drawing.chosen is not None
    assert 0 < drawing.signs[0].x < WIDTH
    html = render_to_string("areas/partials/map.html", {"drawing": drawing})
    assert "Bib &lt;b&gt;" in html
    assert "symbol-approximate" in html
    assert html.count("<a ") == 4
    assert not re.search(r"\sstyle=|\son\w+=", html)


def test_lines_and_faces_lie_below_a_sign_on_them(
    drawn: AreaKind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    loop = LineString((4.73, 51.43), (4.74, 51.43), (4.74, 51.44), (4.73, 51.43), srid=4326)
    hole = Polygon.from_bbox((4.732, 51.432, 4.738, 51.438))
    field = MultiPolygon(Polygon(Polygon.from_bbox((4.73, 51.43, 4.74, 51.44)).shell, hole.shell), srid=4326)
    signs = [MapSign(loop, "action", "Lus", "/l/"), MapSign(field, "round", "Veld", "/v/")]
    draw(drawn.municipality)
    with django_assert_num_queries(2):
        line, face = draw(drawn.municipality, signs=signs).signs
    assert (line.line[0], line.line[-1], line.face) == ("M", "z", "")  # a closed line stays closed
    assert (face.face.count("M"), face.line) == (2, "")
    html = render_to_string("areas/partials/map.html", {"drawing": draw(drawn.municipality, signs=signs)})
    assert html.index("thing-line") < html.index('href="/l/"')
    assert html.index("thing-face") < html.index('href="/v/"')


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
