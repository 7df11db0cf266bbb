"""The schematic outlines of the demo: junctions and arcs, so that neighbours share every border exactly."""

import json
from pathlib import Path
from typing import TypedDict

SOURCE = Path(__file__).with_name("outlines.json")

Position = list[float]
# "from" is no name for a field of a class, so this one is written as a call.
Arc = TypedDict("Arc", {"from": str, "to": str, "via": list[Position]})


class Outline(TypedDict):
    """An area as the arcs around it, in order; a minus before an arc walks it backwards."""

    code: str
    name: str
    arcs: list[str]


class Drawing(TypedDict):
    """The whole drawing: junctions, the arcs between them, and the areas of each kind."""

    points: dict[str, Position]
    arcs: dict[str, Arc]
    kinds: dict[str, list[Outline]]


class Polygon(TypedDict):
    """A GeoJSON polygon."""

    type: str
    coordinates: list[list[Position]]


class Feature(TypedDict):
    """A GeoJSON feature of one area."""

    type: str
    properties: dict[str, str]
    geometry: Polygon


class FeatureCollection(TypedDict):
    """The areas of one kind, shaped as the preset of Provincies in Cijfers."""

    type: str
    name: str
    features: list[Feature]


def drawing() -> Drawing:
    """The drawing as it stands in the file."""
    loaded: Drawing = json.loads(SOURCE.read_text(encoding="utf-8"))
    return loaded


def feature_collection(kind: str) -> FeatureCollection:
    """The areas of a kind ("gemeente", "deelgemeente" or "wijk") as GeoJSON, ready for the ordinary importer."""
    drawn = drawing()
    return {
        "type": "FeatureCollection",
        "name": kind,
        "features": [_feature(drawn, outline) for outline in drawn["kinds"][kind]],
    }


def geojson(kind: str) -> bytes:
    """The areas of a kind as the bytes of a GeoJSON file."""
    return json.dumps(feature_collection(kind), ensure_ascii=False).encode()


def _feature(drawn: Drawing, outline: Outline) -> Feature:
    return {
        "type": "Feature",
        "properties": {"geoitem": outline["code"], "naam": f"{outline['name']} (Hoogstraten)"},
        "geometry": {"type": "Polygon", "coordinates": [_ring(drawn, outline)]},
    }


def _ring(drawn: Drawing, outline: Outline) -> list[Position]:
    """The ring of an area; the drawing walks clockwise, GeoJSON wants it the other way round."""
    ring: list[Position] = []
    for arc in outline["arcs"]:
        line = _line(drawn, arc)
        if ring and ring[-1] != line[0]:
            raise ValueError(f"{outline['code']}: {arc} does not start where the arc before it ends")
        ring += line[1:] if ring else line
    if ring[0] != ring[-1]:
        raise ValueError(f"{outline['code']}: the arcs do not close")
    return ring[::-1]


def _line(drawn: Drawing, signed: str) -> list[Position]:
    arc = drawn["arcs"][signed.removeprefix("-")]
    line = [drawn["points"][arc["from"]], *arc["via"], drawn["points"][arc["to"]]]
    return line[::-1] if signed.startswith("-") else line
