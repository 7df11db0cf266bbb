"""Where names stand on a drawn map: in their area when they fit, else beside it with a line that leads there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
import shapely.ops

LETTER = 0.56  # of the letter size: how wide a letter is on average
HALF_HEIGHT = 0.4  # of the letter size
EDGE = 0.6  # of the letter size: how far a name stays from the frame
HEIGHTS = (0.15, 0.25, 0.33, 0.42, 0.5, 0.58, 0.67, 0.75, 0.85)  # where else in an area a name may stand
ROUND_THE_GROUND = 6  # units that names beside the areas stay from them
MOST_LEADERS = 40  # with more areas than this, a name that does not fit is left out
FIGURE = 0.85  # of the letter size: how large the figure under a name is


@dataclass(frozen=True)
class Label:
    """A name on the map: the middle of its baseline, and the leader's path when it stands beside its area.

    `index` says of which area. Without a name it is the place of the figure alone.
    """

    name: str
    x: int
    y: int
    leader: str = ""
    index: int = 0


def place_labels(
    names: Sequence[str], surfaces: Sequence[Any], *, width: int, height: int, size: int, figure: int = 0
) -> list[Label]:
    """The names that find a place, each with room for a line of `figure` letters below it; large areas choose first.

    Where only the figure fits, it stands alone.
    """
    placer = _Placer(list(surfaces), shapely.box(0, 0, width, height), size, figure)
    drawn = [index for index in range(len(names)) if not surfaces[index].is_empty]
    order = sorted(drawn, key=lambda index: -surfaces[index].area)
    labels, left = [], []
    for index in order:
        label = placer.inside(names[index], surfaces[index])
        (labels.append(replace(label, index=index)) if label else left.append(index))
    for index in left:
        label = placer.beside(names[index], surfaces[index]) if len(names) <= MOST_LEADERS else None
        label = label or (placer.alone(surfaces[index]) if figure else None)
        if label:
            labels.append(replace(label, index=index))
    return labels


class _Placer:
    def __init__(self, surfaces: list[Any], frame: Any, size: int, figure: int) -> None:
        self.frame = frame.buffer(-size * EDGE, join_style="mitre")
        self.size = size
        self.figure = figure
        self.taken: list[Any] = []
        self.ground = shapely.union_all(surfaces).buffer(ROUND_THE_GROUND)

    def inside(self, name: str, surface: Any) -> Label | None:
        """Where it stays clear of the border, as near to the middle as can be."""
        found = self._within(surface, self._needed(name), self._lower)
        return Label(name, round(found[0]), self._baseline(found[1])) if found else None

    def alone(self, surface: Any) -> Label | None:
        """Where the figure fits without the name."""
        found = self._within(surface, self.figure * LETTER * FIGURE * self.size, 0.0)
        return Label("", round(found[0]), round(found[1] + self.size * FIGURE * 0.35)) if found else None

    def _within(self, surface: Any, needed: float, lower: float) -> tuple[float, float] | None:
        west, north, east, south = surface.bounds
        if east - west < needed:
            return None
        half = HALF_HEIGHT + lower / 2
        middle = middle_of(surface)
        centre = surface.centroid
        spots = [(middle.x, middle.y), (centre.x, centre.y)]
        for share in HEIGHTS:
            y = north + (south - north) * share
            rooms = _room(surface, y, self.size * half, west, east)
            spots += [((left + right) / 2, y) for left, right in rooms if right - left >= needed]
        border = surface.boundary
        free = [
            (min(border.distance(box), self.size), -centre.distance(shapely.Point(x, y)), x, y)
            for x, y in spots
            if surface.contains(box := self._frame_of(x, y, needed, half))
        ]
        if not free:
            return None
        _clear, _near, x, y = max(free)
        self.taken.append(self._frame_of(x, y, needed, 0.55 + lower / 2))
        return x, y

    @property
    def _lower(self) -> float:
        """How much lower a name with its figure reaches, in letter sizes."""
        return 1.1 * FIGURE if self.figure else 0.0

    def _needed(self, name: str) -> float:
        return max(len(name), self.figure * FIGURE) * LETTER * self.size

    def _baseline(self, y: float) -> int:
        """The baseline of the name, when it and its figure stand around `y`."""
        return round(y + self.size * (0.35 - self._lower / 2))

    def beside(self, name: str, surface: Any) -> Label | None:
        """The nearest free place around an area on which no other area or name lies."""
        needed = self._needed(name)
        anchor = middle_of(surface)
        free = [
            (self._way(spot, anchor, surface), x, y, spot)
            for x, y in self._spots(surface, needed)
            if self._is_free(spot := self._frame_of(x, y, needed, 0.55 + self._lower / 2))
        ]
        if not free:
            return None
        _distance, x, y, spot = min(free, key=lambda found: found[:3])
        self.taken.append(spot)
        start = shapely.ops.nearest_points(spot, anchor)[0]
        way = shapely.LineString([start, anchor])
        entered = min(
            shapely.ops.nearest_points(start, way.intersection(surface))[1].distance(start), way.length
        )
        end = way.interpolate(min(entered + self.size, way.length))
        leader = f"M{round(start.x)} {round(start.y)}L{round(end.x)} {round(end.y)}"
        return Label(name, round(x), self._baseline(y), leader)

    def _way(self, spot: Any, anchor: Any, surface: Any) -> float:
        """How far a name is from its area; over another area a step counts for many."""
        way = shapely.shortest_line(spot, anchor)
        over_others = way.intersection(self.ground).length - way.intersection(surface).length
        return float(way.length + 8 * max(0.0, over_others - ROUND_THE_GROUND))

    def _spots(self, surface: Any, needed: float) -> list[tuple[float, float]]:
        west, north, east, south = surface.bounds
        half = needed / 2
        gap = self.size * 0.6
        heights = [north + (south - north) * step / 6 for step in range(-2, 9)]
        reach = [gap + self.size * 1.5 * step for step in range(5)]
        sides = [(west - half - far, y) for far in reach for y in heights]
        sides += [(east + half + far, y) for far in reach for y in heights]
        across = [west + (east - west) * step / 4 for step in range(5)]
        return sides + [(x, y) for x in across for y in (north - self.size, south + self.size)]

    def _is_free(self, spot: Any) -> bool:
        return (
            self.frame.contains(spot)
            and not spot.intersects(self.ground)
            and not any(spot.intersects(taken) for taken in self.taken)
        )

    def _frame_of(self, x: float, y: float, needed: float, share: float) -> Any:
        half = self.size * share
        return shapely.box(x - needed / 2, y - half, x + needed / 2, y + half)


def middle_of(surface: Any) -> Any:
    """The middle of the largest circle within a surface: farthest from every border."""
    largest = max(shapely.get_parts(surface), key=lambda part: part.area)
    return shapely.Point(shapely.maximum_inscribed_circle(largest, tolerance=1).coords[0])


def _room(surface: Any, y: float, half: float, west: float, east: float) -> list[tuple[float, float]]:
    """The stretches at a height where the area is there over the whole height of the letters."""
    stretches: list[tuple[float, float]] = [(west, east)]
    for level in (y - half, y, y + half):
        line = surface.intersection(shapely.LineString([(west - 1, level), (east + 1, level)]))
        found = [(part.bounds[0], part.bounds[2]) for part in shapely.get_parts(line) if part.length]
        stretches = [(max(a, c), min(b, d)) for a, b in stretches for c, d in found if min(b, d) > max(a, c)]
    return stretches
