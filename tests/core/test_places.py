"""Places in the API: what is no place on earth, or more of it than we take, is told; nothing crashes."""

import math
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from core.places import MOST_POSITIONS, PlaceField, PlaceFieldSchema

RING = [[4.7, 51.4], [4.8, 51.4], [4.8, 51.5], [4.7, 51.4]]
ALL = ("Point", "LineString", "Polygon")


@pytest.mark.parametrize(
    "given",
    [
        {"type": "Point", "coordinates": [4.72, 51.45]},
        {"type": "LineString", "coordinates": [[4.7, 51.4], [4.8, 51.4]]},
        {"type": "Polygon", "coordinates": [RING]},
        {
            "type": "Polygon",
            "coordinates": [RING, [[4.75, 51.41], [4.76, 51.41], [4.76, 51.42], [4.75, 51.41]]],
        },
    ],
)
def test_what_comes_in_goes_out(given: dict[str, Any]) -> None:
    field = PlaceField(*ALL)
    place = field.to_internal_value(given)
    assert place.srid == 4326
    assert field.to_representation(place) == given


@pytest.mark.parametrize(
    "given",
    [
        None, "POINT(4 51)", [], {}, {"type": "Point"}, {"type": ["Point"], "coordinates": [4, 51]},
        {"type": "Point", "coordinates": [4.7]}, {"type": "Point", "coordinates": [4.7, 51.4, 3]},
        {"type": "Point", "coordinates": ["4.7", "51.4"]}, {"type": "Point", "coordinates": [True, False]},
        {"type": "Point", "coordinates": [math.nan, 51]}, {"type": "Point", "coordinates": [math.inf, 51]},
        {"type": "Point", "coordinates": [10**400, 51]}, {"type": "Point", "coordinates": [181, 51]},
        {"type": "Point", "coordinates": [4, 90.1]}, {"type": "Point", "coordinates": {"0": 4}},
        {"type": "Point", "coordinates": [4.7, 51.4], "crs": {"type": "name"}},
        {"type": "GeometryCollection", "geometries": []}, {"type": "MultiPoint", "coordinates": [[4, 51]]},
        {"type": "LineString", "coordinates": [[4, 51]]}, {"type": "LineString", "coordinates": [[4, 51], [4, 51]]},
        {"type": "LineString", "coordinates": 7}, {"type": "LineString", "coordinates": [[[4, 51]]]},
        {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [RING[:3]]}, {"type": "Polygon", "coordinates": [[*RING[:3], [4, 51]]]},
        {"type": "Polygon", "coordinates": [[[4, 51], [5, 52], [5, 51], [4, 52], [4, 51]]]},
        {"type": "Polygon", "coordinates": [[[4, 51]] * 4]},
        {"type": "Polygon", "coordinates": [[[[4, 51]]] * 4]},
        {"type": "LineString", "coordinates": [[4, 51]] * (MOST_POSITIONS + 1)},
        {"type": "Polygon", "coordinates": [RING] * (MOST_POSITIONS // 4 + 1)},
    ],
)  # fmt: skip
def test_what_is_no_place_is_told(given: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        PlaceField(*ALL).to_internal_value(given)
    assert "%(" not in str(refused.value.detail)


def test_only_the_kinds_that_are_asked_for() -> None:
    with pytest.raises(ValidationError) as refused:
        PlaceField("LineString", "Polygon").to_internal_value({"type": "Point", "coordinates": [4.7, 51.4]})
    assert "LineString, Polygon" in str(refused.value.detail)


def test_the_description_names_the_kinds() -> None:
    described: Any = PlaceFieldSchema
    one = described(PlaceField()).map_serializer_field(None, "request")
    assert one["properties"]["type"]["enum"] == ["Point"]
    more = described(PlaceField("Point", "Polygon")).map_serializer_field(None, "request")
    assert [kind["properties"]["type"]["enum"] for kind in more["oneOf"]] == [["Point"], ["Polygon"]]
