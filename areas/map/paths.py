"""Back from the SVG paths of shapes (see `AreaShape`) to geometry on the drawing: where is room for a name?"""

import re
from typing import Any

import shapely

NUMBER = re.compile(r"-?\d+")


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """The rings (or lines) of a path that `importers.drawing` wrote; absolute or relative steps after each M."""
    rings = []
    for part in path.split("M")[1:]:
        start, relative, steps = part.partition("l")
        numbers = [int(word) for word in NUMBER.findall(start)]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        if relative:
            x, y = points[-1]
            moves = [int(word) for word in NUMBER.findall(steps)]
            for dx, dy in zip(moves[::2], moves[1::2], strict=False):
                x, y = x + dx, y + dy
                points.append((x, y))
        rings.append(points)
    return rings


def surface_of(path: str) -> Any:
    """The surface of a path: rings within rings are holes."""
    rings = [shapely.Polygon(points) for points in points_of(path) if len(points) > 2]
    surface = shapely.Polygon()
    for ring in rings:
        surface = surface.symmetric_difference(ring if ring.is_valid else ring.buffer(0))
    return surface


def box_of(text: str) -> tuple[float, float, float, float]:
    """x, y, width and height of a box."""
    x, y, width, height = map(float, text.split())
    return x, y, width, height
