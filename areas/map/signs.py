"""What lies on a drawn map: the sign of each thing, and the line or the face of what is no point."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import shapely

from areas.importers.drawing import svg_line, svg_path
from areas.importers.transform import WGS84, transformed

SURFACES = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
# Where a sign may stand, in its own sizes from its place, the nearest first; enough for any number of them on one spot.
AROUND = sorted(
    ((dx, dy) for dx in range(-9, 10) for dy in range(-9, 10)),
    key=lambda way: (max(map(abs, way)), abs(way[1]), way),
)


class MapSign(NamedTuple):
    """Something on the map: its place (a geometry in degrees), its symbol ("location", "council"…), its name, where it leads.

    `mark` is how a numbered sign looks (`core.templatetags.marks`), which stands instead of the symbol, with its `number`.
    """

    place: Any
    symbol: str
    title: str
    url: str = ""
    is_approximate: bool = False
    mark: str = ""
    number: str = ""


class DrawnSign(NamedTuple):
    """A sign on the drawing: the corner of its symbol; `line` or `face` is a path in metres of the grid.

    A numbered sign that would hide another one stands beside it, with a `leader` to its place.
    """

    x: int
    y: int
    sign: MapSign
    line: str = ""
    face: str = ""
    leader: str = ""


def draw_signs(
    at: Callable[[float, float], tuple[float, float]], srid: int, signs: Sequence[MapSign], size: int
) -> tuple[DrawnSign, ...]:
    """The signs, `size` units wide; `at` leads from metres of the grid (y down) to units. One query for all of them."""
    places = shapely.from_wkb([bytes(sign.place.wkb) for sign in signs])
    grid = transformed(list(places), source=WGS84, target=srid)
    return _apart([_drawn(at, sign, place, size) for sign, place in zip(signs, grid, strict=True)], size)


def _apart(drawn: Sequence[DrawnSign], size: int) -> tuple[DrawnSign, ...]:
    """The same, with numbered signs moved until each number can be read."""
    taken: list[tuple[int, int]] = []
    placed = []
    for one in drawn:
        if one.sign.number:
            around = ((one.x + dx * size, one.y + dy * size) for dx, dy in AROUND)
            free = (
                (x, y)
                for x, y in around
                if all(abs(x - left) >= size or abs(y - top) >= size for left, top in taken)
            )
            x, y = next(free, (one.x, one.y))
            taken.append((x, y))
            if (x, y) != (one.x, one.y):
                half = size // 2
                leader = f"M{one.x + half} {one.y + half}L{x + half} {y + half}"
                one = one._replace(x=x, y=y, leader=leader)
        placed.append(one)
    return tuple(placed)


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
