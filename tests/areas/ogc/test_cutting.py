"""A layer cut into pieces: whatever the layer looks like, each piece is a feature again."""

import json

import pytest

from areas.ogc.cutting import cut
from core.layers import MapLayer


def layer(pages: str = "") -> MapLayer:
    return MapLayer(
        slug="proef", title="Proef", geometry="area", version=lambda: "1", build=lambda *, variant: b"", pages=pages
    )  # fmt: skip


def feature(identifier: str, geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [4.7, 51.4, 12]}
LINES = {"type": "MultiLineString", "coordinates": [[[4, 51], [5, 52]], [[3, 50], [3.5, 50]]]}
NESTED = feature(
    "n", POINT, slug="n", text='},{"type":"Feature","id":"x"', deep={"type": "Feature", "id": [1, {"a": "}"}]}
)


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (" ,\n", " : ")])
def test_pieces_are_the_features(separators: tuple[str, str]) -> None:
    features = [
        feature("é–1", POINT, slug="een", name='Sint-"Jan"'),
        feature("2", LINES, slug="twee"),
        NESTED,
    ]
    content = json.dumps(
        {"type": "FeatureCollection", "features": features}, separators=separators, ensure_ascii=False
    )
    found = cut(content, layer())
    assert json.loads(b"[%s]" % found.strung([0, 1, 2], "https://proef.example")) == features
    assert json.loads(b"[%s]" % found.strung([2], "")) == [NESTED]
    assert found.numbers == {"é–1": 0, "2": 1, "n": 2}


def test_each_knows_its_page() -> None:
    content = json.dumps({"features": [feature("1", POINT, slug="een"), feature("2", POINT, name="zonder")]})
    found = cut(content, layer(pages="/gebieden/"))
    first, second = json.loads(b"[%s]" % found.strung([0, 1], "https://proef.example"))
    assert first["properties"] == {"slug": "een", "page": "https://proef.example/gebieden/een/"}
    assert second["properties"] == {"name": "zonder"}


def test_members_in_another_order_or_missing() -> None:
    features = [
        {"properties": {"slug": "een"}, "geometry": POINT, "id": 7, "type": "Feature"},
        {"type": "Feature", "id": "8", "geometry": None, "properties": {}},
    ]
    found = cut(json.dumps({"features": features}), layer())
    first, second = json.loads(b"[%s]" % found.strung([0, 1], ""))
    assert first == features[0]
    assert (second["id"], second["geometry"], second["properties"]) == ("8", None, {"id": "8"})
    assert set(found.numbers) == {"7", "8"}


def test_no_features() -> None:
    found = cut('{"type":"FeatureCollection","features":[]}', layer())
    assert found.touching((0, 0, 1, 1)) == []
    assert found.strung([], "") == b""


def test_what_has_no_place_is_everywhere() -> None:
    shapes = [
        None,
        POINT,
        LINES,
        {"type": "GeometryCollection", "geometries": [POINT, LINES]},
        {"type": "Polygon", "coordinates": []},
    ]
    found = cut(
        json.dumps({"features": [feature(str(n), shape, a=1) for n, shape in enumerate(shapes)]}), layer()
    )
    assert found.touching((4.69, 51.39, 4.71, 51.41)) == [0, 1, 3, 4]
    assert found.touching((3, 50, 3.1, 50.1)) == [0, 2, 3, 4]
    assert found.touching((0, 0, 1, 1)) == [0, 4]
    assert found.touching((3.6, 50, 3.9, 50.5)) == [0, 4]  # within the box around the lines, on none of them
