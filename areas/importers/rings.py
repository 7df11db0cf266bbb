"""From rings of points to a sound boundary: what has no surface is dropped, what crosses itself is mended, within bounds.

A repair may touch less than a thousandth of the surface; anything more is for the source to mend.
"""

import math
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.validation import explain_validity

from core.wording import number

MAX_CHANGE = 0.001
METRES = 111_320  # in a degree of latitude

Ring = Any  # an array of x and y, closed
Repair = Callable[
    [Any], tuple[Any, float]
]  # a geometry made valid, and the surface in which every loop counts once
Polygons = list[list[Ring]]  # shell and holes of each part

SURFACES = {3: "Polygon", 6: "MultiPolygon", 7: "GeometryCollection"}
KINDS = {
    1: "Point", 2: "LineString", 4: "MultiPoint", 5: "MultiLineString", 15: "PolyhedralSurface",
    16: "TIN", 17: "Triangle", **SURFACES,
}  # fmt: skip


class Unsound(Exception):
    """A boundary that cannot be read or mended; the message says why."""


@dataclass(frozen=True)
class Mended:
    """A sound boundary, with what was done to it and the part of its surface that this touches at most."""

    geometry: Any
    repairs: tuple[tuple[str, float], ...] = ()


def mended(polygons: Polygons, *, metres: bool, repair: Repair, cell: float = 0.0) -> Mended:
    """A sound MultiPolygon of rings in metres or in degrees; raises Unsound. `repair` makes it valid, see `repairs.py`.

    What a ring without surface once held is not known. It is at most a circle of its length, or a cell of the grid to which the
    file was rounded (`cell`, in the square of its units); only when that is next to nothing may the ring go.
    """
    sound, lost = _with_surface(polygons)
    if not sound:
        raise Unsound(_nothing_left(lost))
    geometry = shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, *holes in sound])
    repairs = []
    if lost:
        held = sum(_could_hold(ring, metres, cell) for ring in lost)
        change = held / max(_surface(geometry, metres), 1e-9)
        if change >= MAX_CHANGE:
            raise Unsound(_fallen_together(max(_length(ring, metres) for ring in lost) / 2, change))
        repairs.append((_("%(count)d rings without surface left out") % {"count": len(lost)}, change))
    if not geometry.is_valid:
        why = why_invalid(geometry)
        geometry, change = _valid(geometry, why, repair)
        repairs.append((_("made valid: %(why)s") % {"why": why}, change))
    if not geometry.area > 0:
        raise Unsound(_("the boundary is not valid: %(why)s") % {"why": _("it has no surface")})
    return Mended(geometry, tuple(repairs))


def _with_surface(polygons: Polygons) -> tuple[Polygons, list[Ring]]:
    """The parts and holes with a surface, and the rings without."""
    sound: Polygons = []
    lost: list[Ring] = []
    for shell, *holes in polygons:
        if _is_degenerate(shell):
            lost.append(shell)
            continue
        kept = [hole for hole in holes if not _is_degenerate(hole)]
        lost += [hole for hole in holes if _is_degenerate(hole)]
        sound.append([shell, *kept])
    return sound, lost


def _is_degenerate(ring: Ring) -> bool:
    """Whether all points lie on one line."""
    if len(ring) < 3:
        return True
    (x, y), (width, height) = ring.T, np.ptp(ring, axis=0)
    turned = float(np.dot(x[:-1] - x[0], y[1:] - y[0]) - np.dot(x[1:] - x[0], y[:-1] - y[0]))
    if abs(turned) > 1e-9 * width * height:
        return False
    # Two loops of one size, the one against the other, come to nothing too: only the hull tells.
    return bool(shapely.MultiPoint(ring).convex_hull.area <= 1e-12 * width * height)


def _nothing_left(lost: list[Ring]) -> str:
    if any(len(np.unique(ring, axis=0)) < 3 for ring in lost):
        return _("a ring has fewer than three different points")
    return _("the boundary is not valid: %(why)s") % {"why": _("it has no surface")}


def _valid(geometry: Any, why: str, repair: Repair) -> tuple[Any, float]:
    """The geometry made valid, and how much of its surface that touches; raises Unsound when it is too much."""
    made, loops = repair(geometry)
    valid = multi(made)
    # A loop that runs the other way counts against the surface, one that runs twice counts double: both measures see one of them.
    off = max(abs(valid.area - geometry.area), abs(valid.area - loops))
    change = off / valid.area if valid.area else math.inf
    if change >= MAX_CHANGE:
        raise Unsound(_("the boundary is not valid: %(why)s") % {"why": why})
    return valid, change


def multi(geometry: Any) -> Any:
    """The surfaces of a geometry as one MultiPolygon."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 0])


def why_invalid(geometry: Any) -> str:
    """What GEOS finds wrong, in words."""
    words = {
        "Self-intersection": _("it crosses itself"),
        "Ring Self-intersection": _("a ring touches itself"),
        "Hole lies outside shell": _("a hole lies outside it"),
        "Holes are nested": _("a hole lies in a hole"),
        "Nested shells": _("a part lies in another part"),
        "Duplicate Rings": _("a ring is there twice"),
        "Interior is disconnected": _("a hole cuts it in two"),
        "Too few points in geometry component": _("a ring has fewer than three different points"),
    }
    found, _bracket, place = explain_validity(geometry).partition("[")
    if found == "Valid Geometry":
        return _("it has no surface")
    where = place.rstrip("]")
    reason = words.get(found, found)
    return _("%(reason)s, near %(place)s") % {"reason": reason, "place": where} if where else reason


def _scale(ring: Ring, metres: bool) -> tuple[float, float]:
    if metres:
        return 1.0, 1.0
    latitude = float(np.mean(ring[:, 1])) if len(ring) else 0.0
    return METRES * math.cos(math.radians(latitude)), METRES


def _length(ring: Ring, metres: bool) -> float:
    if len(ring) < 2:
        return 0.0
    return float(np.hypot(*(np.diff(ring, axis=0) * _scale(ring, metres)).T).sum())


def _could_hold(ring: Ring, metres: bool, cell: float) -> float:
    """The most a ring without surface can have held, in m²."""
    return max(_length(ring, metres) ** 2 / (4 * math.pi), cell * math.prod(_scale(ring, metres)))


def _fallen_together(length: float, change: float) -> str:
    said = {"length": number(length), "share": number(change * 100, 1)}
    if length < 1:
        return (
            _("a ring has fallen together to a point: up to %(share)s %% of the surface may be wrong") % said
        )
    return (
        _(
            "a ring has fallen together to a line of %(length)s m: up to %(share)s %% of the surface may be wrong"
        )
        % said
    )


def cell_of(rings: Iterable[Ring]) -> float:
    """The cell of the grid to which coordinates were rounded: the smallest step east times the smallest step north."""
    points = np.concatenate([np.empty((0, 2)), *rings])
    steps = [np.diff(np.unique(points[:, axis])) for axis in (0, 1)]
    return math.prod(float(step.min()) if len(step) else 0.0 for step in steps)


def _surface(geometry: Any, metres: bool) -> float:
    scale = math.prod(_scale(shapely.get_coordinates(geometry), metres))
    return abs(float(geometry.area)) * scale


@dataclass(frozen=True)
class Rings:
    """The rings of a binary geometry in two dimensions; whether parts that are no surface were left out, and heights."""

    polygons: Polygons
    left_out: bool
    had_height: bool


def polygons_of_wkb(wkb: bytes) -> Rings:
    """The rings of a binary geometry; raises Unsound."""
    reader = _Wkb(wkb)
    try:
        polygons = reader.polygons()
    except (struct.error, ValueError, RecursionError):
        raise Unsound(_("the boundary cannot be read")) from None
    if not polygons:
        raise Unsound(_("the boundary is missing"))
    return Rings(polygons, reader.left_out, reader.had_height)


class _Wkb:
    """Well-known binary, read ring by ring: GEOS refuses a whole geometry for one ring of two points."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0
        self.left_out = False
        self.had_height = False

    def polygons(self, depth: int = 0) -> Polygons:
        order = "<" if self._take("<B") else ">"
        word = self._take(order + "I")
        # Heights and measures are said in the thousands (ISO), or in the highest bits (as of old).
        kind, size = (word & 0xFFFF) % 1000, {0: 2, 1: 3, 2: 3, 3: 4}.get((word & 0xFFFF) // 1000, 0)
        if size == 2:
            size += (word >> 31 & 1) + (word >> 30 & 1)
        self.had_height = self.had_height or size > 2
        if not size or kind not in KINDS or depth > 4:
            raise ValueError(word)
        if kind == 3:
            return [rings] if (rings := self._rings(order, size)) else []
        if kind in (4, 5, 6, 7):
            parts = [self.polygons(depth + 1) for _part in range(self._count(order, 5))]
            if kind in SURFACES:
                return [polygon for part in parts for polygon in part]
        elif kind == 1:
            self._points(order, size, 1)
        elif kind == 2:
            self._points(order, size, self._count(order, 16))
        if not depth or kind > 7:
            raise Unsound(
                _("the boundary is a %(kind)s, expected a Polygon or MultiPolygon") % {"kind": KINDS[kind]}
            )
        self.left_out = True
        return []

    def _rings(self, order: str, size: int) -> list[Ring]:
        rings = [
            self._points(order, size, self._count(order, 16))[:, :2] for _ring in range(self._count(order, 4))
        ]
        if not all(np.isfinite(ring).all() for ring in rings):
            raise ValueError("not finite")
        return rings

    def _points(self, order: str, size: int, count: int) -> Ring:
        points = np.frombuffer(self.data, dtype=order + "f8", count=count * size, offset=self.place)
        self.place += points.nbytes
        return points.reshape(count, size).astype(float)

    def _count(self, order: str, least: int) -> int:
        """How many follow; what says more than its bytes can hold is a lie."""
        count = int(self._take(order + "I"))
        if count * least > len(self.data) - self.place:
            raise ValueError(count)
        return count

    def _take(self, form: str) -> int:
        (value,) = struct.unpack_from(form, self.data, self.place)
        self.place += struct.calcsize(form)
        return int(value)
