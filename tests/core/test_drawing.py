"""Drawing in a form: what is read as text or GeoJSON, what is refused and where, in words that help."""

import json
import re
from typing import Any

import pytest
from django import forms
from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPoint, Point, Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.coordinates import read_places, shape_in_words, text_of
from core.drawing import DrawingField, Ground
from core.forms import differences

SQUARE = Polygon.from_bbox((4.70, 51.40, 4.80, 51.47))
SQUARE.srid = 4326
VILLAGE = Ground(name="Proefdorp", box=(4.70, 51.40, 4.80, 51.47), surface=lambda: SQUARE)
TRIANGLE = "51,41 4,71\n51,42 4,72\n51,41 4,73"


def field(**options: Any) -> DrawingField:
    made = DrawingField(**options)
    made.ground = VILLAGE
    return made


def drawn(kind: str, text: str, **options: Any) -> Any:
    shape: GEOSGeometry | None = field(**options).clean([kind, text])
    return shape


def refusal(kind: str, text: str, **options: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        drawn(kind, text, **options)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "51,4401 4,7335",
        "51.4401 4.7335",
        "51.4401, 4.7335",
        "51.4401,4.7335",
        "51,4401, 4,7335",
        "51,4401; 4,7335",
        "  51,4401\t4,7335  ",
        '{"type": "Point", "coordinates": [4.7335, 51.4401]}',
        '{"type": "Point", "coordinates": [4.7335, 51.4401, 12]}',
        '{"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": [[4.7335, 51.4401]]}}',
    ],
)
def test_a_point_is_read_as_people_write_it(text: str) -> None:
    shape = drawn("point", text)
    assert shape is not None
    assert shape.srid == 4326
    assert shape.coords == (4.7335, 51.4401)


def test_a_line_and_a_polygon_whose_ring_is_closed_here() -> None:
    line, polygon = drawn("line", TRIANGLE), drawn("polygon", TRIANGLE)
    corners = ((4.71, 51.41), (4.72, 51.42), (4.73, 51.41))
    assert line is not None
    assert line.coords == corners
    assert polygon is not None
    assert polygon.coords == ((*corners, corners[0]),)


def test_a_ring_that_is_closed_already_and_a_point_twice_in_a_row_count_once() -> None:
    shape = drawn("polygon", f"51,41 4,71\n{TRIANGLE}\n51,41 4,71")
    assert shape is not None
    assert len(shape.coords[0]) == 4


def test_geojson_says_its_kind_itself() -> None:
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "LineString", "coordinates": [[4.71, 51.41], [4.72, 51.42]]},
                }
            ],
        }
    )
    shape = drawn("", text)
    assert isinstance(shape, LineString)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bij de kerk", "Regel 1 is niet te lezen: “bij de kerk”"),
        ("51,4401 4,7335\n51,44", "Regel 2 is niet te lezen: “51,44”"),
        ("51,4401,4,7335", "zoals 51,400400 4,761000"),
        ("51,4401 4,7335 12", "Regel 1 is niet te lezen"),
        ("51,4401 N 4,7335 O", "Regel 1 is niet te lezen"),
        ("187000 223000", "meters van een nationaal stelsel"),
        ("151,44 4,7335", "Zulke graden zijn er niet"),
        ("{", "Deze GeoJSON is niet te lezen"),
        ('{"type": "Point", "coordinates": ["4.7", 51.4]}', "Deze GeoJSON is niet te lezen"),
        ('{"type": "Point", "coordinates": [NaN, 51.4]}', "Deze GeoJSON is niet te lezen"),
        ('{"type": "Point", "coordinates": [true, 51.4]}', "Deze GeoJSON is niet te lezen"),
        ('{"type": "Point", "coordinates": 4}', "Deze GeoJSON is niet te lezen"),
        ('{"type": "Polygon", "coordinates": []}', "Een vlak heeft drie verschillende punten nodig"),
        ('{"type": "Topology"}', "Deze GeoJSON is niet te lezen"),
        ('{"type": "FeatureCollection", "features": []}', "Deze GeoJSON bevat 0 dingen"),
        ('{"type": "Feature", "geometry": null}', "Deze GeoJSON is niet te lezen"),
        ("{" + '"a":[' * 5000, "Deze GeoJSON is niet te lezen"),
        ('{"type": "MultiPoint", "coordinates": [[4.71, 51.41], [4.72, 51.42]]}', "bevat 2 dingen"),
        (
            '{"type": "Point", "coordinates": [4.7, 51.4], "crs": {"properties": {"name": "EPSG:31370"}}}',
            "ander coördinatenstelsel",
        ),
        (
            '{"type": "Polygon", "coordinates": [[[4.71,51.41],[4.72,51.42],[4.73,51.41],[4.71,51.41]],[]]}',
            "Dit vlak heeft een gat",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_can(text: str, words: str) -> None:
    assert words in refusal("", text).messages[0]


def test_a_polygon_that_crosses_itself_says_where() -> None:
    error = refusal("polygon", "51,41 4,71\n51,43 4,73\n51,43 4,71\n51,41 4,73")
    assert error.messages == [
        "De zijde van punt 1 naar punt 2 kruist de zijde van punt 3 naar punt 4, "
        "bij 51,420000 noord, 4,720000 oost. Verzet een ervan."
    ]


def test_the_closing_side_crosses_too() -> None:
    message = refusal(
        "polygon", "51,41 4,71\n51,43 4,72\n51,41 4,73\n51,44 4,73\n51,42 4,71\n51,40 4,74"
    ).messages[0]
    assert "kruist de zijde van punt" in message


@pytest.mark.parametrize(
    "text",
    ["51,41 4,71\n51,42 4,72\n51,43 4,73", "51,41 4,71\n51,43 4,71\n51,42 4,71\n51,42 4,72\n51,41 4,72"],
)
def test_a_polygon_without_a_surface_or_that_touches_itself_is_refused(text: str) -> None:
    assert "raakt zichzelf, of heeft geen oppervlakte" in refusal("polygon", text).messages[0]


def test_a_line_may_cross_itself() -> None:
    assert drawn("line", "51,41 4,71\n51,43 4,73\n51,43 4,71\n51,41 4,73") is not None


def test_what_lies_outside_is_named() -> None:
    line = "51,41 4,71\n51,48 4,72\n51,42 4,72\n51,49 4,73"
    assert refusal("line", line).messages == ["Punten 2, 4 liggen buiten Proefdorp."]
    assert refusal("line", "51,41 4,71\n51,48 4,72").messages == ["Punt 2 ligt buiten Proefdorp."]
    assert refusal("point", "52,41 4,71").messages == ["Dit punt ligt buiten Proefdorp."]


def test_degrees_in_the_other_order_are_never_turned_round_in_silence() -> None:
    for text in ("4,71 51,41", '{"type": "Point", "coordinates": [51.41, 4.71]}'):
        error = refusal("point", text)
        assert error.error_list[0].code == "exchanged"
        assert "graden noord voorop" in error.messages[0]


def test_a_side_that_leaves_the_ground_says_where() -> None:
    hollow = SQUARE.difference(Polygon.from_bbox((4.74, 51.42, 4.76, 51.45)))
    made = DrawingField()
    made.ground = Ground(name="Proefdorp", surface=lambda: hollow)
    with pytest.raises(ValidationError, match="verlaat het Proefdorp, bij 51,4"):
        made.clean(["line", "51,43 4,71\n51,43 4,79"])


def test_along_the_border_a_few_metres_outside_is_inside() -> None:
    assert drawn("point", "51,4001 4,6999") is not None


def test_too_few_and_too_many_points() -> None:
    assert "twee verschillende punten" in refusal("line", "51,41 4,71\n51,41 4,71").messages[0]
    assert "drie verschillende punten" in refusal("polygon", "51,41 4,71\n51,42 4,72").messages[0]
    assert "één plek; er zijn er 3" in refusal("point", TRIANGLE).messages[0]
    assert "Er zijn 3 punten; er mogen er 2 zijn" in refusal("line", TRIANGLE, most=2).messages[0]
    assert "te veel tekst" in refusal("line", "51,41 4,71\n" * 10_000).messages[0]


def test_the_kind_is_chosen_and_allowed() -> None:
    assert "niet gekozen wat ze zijn" in refusal("", TRIANGLE).messages[0]
    assert "niet gekozen wat ze zijn" in refusal("cirkel", TRIANGLE).messages[0]
    line = '{"type": "LineString", "coordinates": [[4.71, 51.41], [4.72, 51.42]]}'
    assert refusal("", line, allow=("point", "polygon")).messages == [
        "Dit is een lijn. Teken een punt of een vlak."
    ]
    assert "bevat een lijn" in refusal("polygon", line).messages[0]


def test_nothing_is_nothing_or_a_mistake() -> None:
    assert drawn("", "", required=False) is None
    assert "nog geen punten" in refusal("line", "", required=False).messages[0]
    assert "Teken het op de kaart" in refusal("line", "").messages[0]
    assert "niet gekozen" in refusal("", "51,41 4,71", required=False, allow=("point",)).messages[0]
    assert field(allow=("point",)).clean(["", "51,41 4,71"]) is not None


class PlaceForm(forms.Form):
    place = DrawingField(label="Plek", required=False)


def test_what_was_drawn_comes_back_in_the_form_and_unchanged_is_unchanged() -> None:
    start = {"place": LineString((4.71, 51.41), (4.72, 51.42), srid=4326)}
    html = str(PlaceForm(initial=start)["place"])
    assert "51,410000 4,710000\n51,420000 4,720000" in html
    assert 'value="line"' in html
    same = {"place_kind": "line", "place_text": "51.41 4.71\n51.42 4.72"}
    assert not PlaceForm(same, initial=start).has_changed()
    assert PlaceForm({**same, "place_kind": "polygon"}, initial=start).has_changed()
    assert PlaceForm({"place_kind": "", "place_text": ""}, initial=start).has_changed()


def test_a_mistake_keeps_what_was_typed() -> None:
    form = PlaceForm({"place_kind": "line", "place_text": "bij de <kerk>"})
    assert not form.is_valid()
    html = str(form["place"])
    assert "bij de &lt;kerk&gt;" in html
    assert re.search(r'value="line"[^>]*checked', html)


def test_what_is_not_drawn_here_is_shown_as_it_is() -> None:
    several = MultiPoint(Point(4.71, 51.41), Point(4.72, 51.42), srid=4326)
    form = PlaceForm(initial={"place": several})
    assert "MultiPoint" in str(form["place"])


def test_two_versions_are_told_apart_in_words() -> None:
    mine = PlaceForm({"place_kind": "point", "place_text": "51,41 4,71"})
    theirs = PlaceForm(initial={"place": LineString((4.71, 51.41), (4.72, 51.41), srid=4326)})
    (found,) = differences(mine, theirs)
    assert found.theirs.replace("\xa0", " ") == "een lijn van 2 punten, 690 m"
    assert found.mine == "een punt op 51,410000 noord, 4,710000 oost"


def test_sizes_in_words() -> None:
    ring = Polygon.from_bbox((4.71, 51.41, 4.72, 51.42))
    assert shape_in_words(ring).replace("\xa0", " ") == "een vlak van 4 punten, 77 ha"


def test_text_follows_the_language_and_is_read_back() -> None:
    places = [(4.7335, 51.4401), (-4.5, 51.0)]
    assert text_of(places) == "51,440100 4,733500\n51,000000 -4,500000"
    assert read_places(text_of(places)) == (None, places)
    with override("en"):
        assert text_of(places) == "51.440100 4.733500\n51.000000 -4.500000"
        assert read_places(text_of(places)) == (None, places)
