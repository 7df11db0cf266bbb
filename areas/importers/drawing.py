"""What is drawn of an edition: simplified boundaries, SVG paths, places for names, the outline, the graticule."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from areas.importers.coverage import GRID_SIZE, Coverage, coverage_of
from areas.importers.transform import WGS84, transformed

FINEST, COARSEST = 2.0, 50.0  # metres, of what is drawn
MAP_PIXEL = 24.0  # metres in a pixel of the map at zoom 12, the last at which it shows the overview
MAP_WIDTH = (
    750  # pixels that the whole takes on a map of 1000: zoom levels double, so between half of it and all
)
MARGIN = 0.06  # of the outline, on every side
MINUTES = (1, 2, 5, 10, 20, 30)  # between two lines of the graticule
LINES = 7  # at most, each way


@dataclass(frozen=True)
class Drawn:
    """How one area is drawn; `overview`, `surface` and `label` are in metres of the national grid.

    The overview is for the map, where the whole is in view; `path` and `box` draw the surface, also of one area alone.
    """

    overview: Any
    surface: Any
    label: Any
    path: str
    box: str


def drawn(geoms: Sequence[Any], *, is_partition: bool, coverage: Coverage | None = None) -> list[Drawn]:
    """How areas (in the national grid) are drawn; neighbours of a partition keep a common border.

    `coverage` is how they lie together, when who asks knows it.
    """
    if not len(geoms):
        return []
    simplify = simplifier(geoms, is_partition=is_partition, coverage=coverage)
    overviews, surfaces = simplify(map_tolerance(geoms)), simplify(drawing_tolerance(geoms))
    return [
        Drawn(overview, surface, label_point(geom, overview), svg_path(surface), svg_box(surface))
        for geom, overview, surface in zip(geoms, overviews, surfaces, strict=True)
    ]


def map_tolerance(geoms: Sequence[Any]) -> float:
    """How coarse the overview of the map may be, in metres: a pixel, and more where a whole country is looked at."""
    west, south, east, north = shapely.total_bounds(geoms)
    return float(max(MAP_PIXEL, (east - west) / MAP_WIDTH, (north - south) / MAP_WIDTH))


def drawing_tolerance(geoms: Sequence[Any]) -> float:
    """How coarse a drawing may be, in metres: finer for smaller areas (25 m for a village of 16 km²)."""
    mean = float(np.mean(shapely.area(geoms)))
    return min(max(math.sqrt(mean) / 160, FINEST), COARSEST)


def simplifier(
    geoms: Sequence[Any], *, is_partition: bool, coverage: Coverage | None = None
) -> Callable[[float], list[Any]]:
    """Makes the areas with fewer points, for a tolerance in metres; what would become invalid stays as it was."""
    together = (coverage or coverage_of(geoms)) if is_partition else None

    def simplified(tolerance: float) -> list[Any]:
        if together is not None and together.is_exact:
            simple = shapely.coverage_simplify(together.geoms, tolerance)
        else:
            simple = shapely.simplify(list(geoms), tolerance, preserve_topology=True)
        is_sound = shapely.is_valid(simple) & ~shapely.is_empty(simple)  # of what is missing: not valid
        return [
            multi(new) if sound else multi(old)
            for new, old, sound in zip(simple, geoms, is_sound, strict=True)
        ]

    return simplified


def multi(geom: Any) -> Any:
    """The surfaces of a geometry as one MultiPolygon."""
    parts = [part for part in shapely.get_parts(geom) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts)


def label_point(geom: Any, overview: Any) -> Any:
    """Where a name fits best: the middle of the largest circle within, when that lies on the surface itself."""
    largest = max(shapely.get_parts(overview), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(math.sqrt(largest.area) / 100, 0.1))
    middle = shapely.Point(circle.coords[0])
    return middle if shapely.contains(geom, middle) else shapely.point_on_surface(geom)


def svg_path(geom: Any) -> str:
    """A geometry of the national grid as SVG path: whole metres, y negated, relative steps; see `AreaShape`."""
    rings = []
    for polygon in shapely.get_parts(geom):
        for ring in (polygon.exterior, *polygon.interiors):
            steps = _whole(ring)
            if len(steps) > 2:
                rings.append(_draw(steps) + "z")
    return "".join(rings)


def svg_line(geom: Any) -> str:
    """A line of the national grid as SVG path."""
    return _draw(_whole(geom))


def _whole(line: Any) -> Any:
    """The points in whole metres, y downwards, each only once in a row."""
    points = np.rint(shapely.get_coordinates(line)).astype(int) * (1, -1)
    points = points[np.append(True, np.any(points[1:] != points[:-1], axis=1))]
    return points[:-1] if len(points) > 1 and (points[0] == points[-1]).all() else points


def _draw(points: Any) -> str:
    steps = [f"{x} {y}" for x, y in np.diff(points, axis=0).tolist()]
    x, y = points[0]
    return f"M{x} {y}" + ("l" + " ".join(steps) if steps else "")


def svg_box(geom: Any) -> str:
    """The "x y width height" of a geometry of the national grid."""
    west, south, east, north = geom.bounds
    return (
        f"{math.floor(west)} {math.floor(-north)} "
        f"{math.ceil(east) - math.floor(west)} {math.ceil(-south) - math.floor(-north)}"
    )


def outline(surfaces: Iterable[Any]) -> Any:
    """The surface of all areas together."""
    geoms = list(surfaces)
    joined = (
        shapely.coverage_union_all(geoms)
        if shapely.coverage_is_valid(geoms)
        else shapely.union_all(shapely.set_precision(geoms, GRID_SIZE))
    )
    # Slivers between areas that do not quite meet are no holes in a municipality.
    parts = [
        shapely.Polygon(
            part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > 10_000]
        )
        for part in shapely.get_parts(multi(joined))
    ]
    return shapely.MultiPolygon(parts)


def graticule(outline_geom: Any, srid: int) -> list[dict[str, str]]:
    """The lines of whole minutes across the outline and its margin, as an edition keeps them (`axis` x for a meridian)."""
    west, south, east, north = outline_geom.bounds
    margin = MARGIN * max(east - west, north - south)
    frame = shapely.box(west - margin, south - margin, east + margin, north + margin)
    box = transformed([frame], source=srid, target=WGS84)[0].bounds
    step = _step(box)
    lines, names = [], []
    for axis, low, high, start, end in (
        ("x", box[0], box[2], box[1], box[3]),
        ("y", box[1], box[3], box[0], box[2]),
    ):
        for minute in range(math.ceil(low * 60 / step) * step, math.floor(high * 60) + 1, step):
            ends = [start + (end - start) * n / 4 for n in range(-1, 6)]
            points = [(minute / 60, e) if axis == "x" else (e, minute / 60) for e in ends]
            lines.append(shapely.LineString(points))
            names.append((axis, f"{minute // 60}°{minute % 60:02d}′"))
    grid = transformed(lines, source=WGS84, target=srid)
    return [
        {"path": svg_line(line), "label": name, "axis": axis}
        for line, (axis, name) in zip(grid, names, strict=True)
    ]


def _step(box: tuple[float, float, float, float]) -> int:
    """How many minutes between two lines, so that there are not too many."""
    widest = max(box[2] - box[0], box[3] - box[1]) * 60
    return next((step for step in MINUTES if widest / step <= LINES), 60)
