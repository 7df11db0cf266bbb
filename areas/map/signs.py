"""What lies on a drawn map: the sign of each thing, and the line or the face of what is no point."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import shapely

from areas.importers.drawing import svg_line, svg_path
from areas.importers.transform import WGS84, transformed

SURFACES = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")


class MapSign(NamedTuple):
    """Something on the map: its place (a geometry in degrees), its symbol ("location", "council"…), its name, where it leads."""

    place: Any
    symbol: str
    title: str
    url: str = ""
    is_approximate: bool = False


class DrawnSign(NamedTuple):
    """A sign on the drawing: the corner of its symbol; `line` or `face` is a path in metres of the grid."""

    x: int
    y: int
    sign: MapSign
    line: str = ""
    face: str = ""


def draw_signs(
    at: Callable[[float, float], tuple[float, float]], srid: int, signs: Sequence[MapSign], size: int
) -> tuple[DrawnSign, ...]:
    """The signs, `size` units wide; `at` leads from metres of the grid (y down) to units. One query for all of them."""
    places = shapely.from_wkb([bytes(sign.place.wkb) for sign in signs])
    grid = transformed(list(places), source=WGS84, target=srid)
    return tuple(_drawn(at, sign, place, size) for sign, place in zip(signs, grid, strict=True))


def _drawn(
    at: Callable[[float, float], tuple[float, float]], sign: MapSign, place: Any, size: int
) -> DrawnSign:
    middle = place if place.geom_type == "Point" else shapely.point_on_surface(place)
    x, y = at(middle.x, -middle.y)
    line = "".join(map(_line, shapely.get_parts(place))) if place.geom_type in LINES else ""
    face = svg_path(place) if place.geom_type in SURFACES else ""
    return DrawnSign(round(x - size / 2), round(y - size / 2), sign, line, face)


def _line(part: Any) -> str:
    return svg_line(part) + ("z" if part.is_closed else "")
