"""Where names stand on a drawn map: in their area when they fit, else beside it with a line that leads there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
import shapely.ops

LETTER = 0.56  # of the letter size: how wide a letter is on average
HALF_HEIGHT = 0.4  # of the letter size
MOST_LEADERS = 40  # with more areas than this, a name that does not fit is left out


@dataclass(frozen=True)
class Label:
    """A name on the map: the middle of its baseline, and the leader's path when it stands beside its area."""

    name: str
    x: int
    y: int
    leader: str = ""


def place_labels(
    names: Sequence[str], surfaces: Sequence[Any], *, width: int, height: int, size: int
) -> list[Label]:
    """The names that find a place; large areas choose first."""
    placer = _Placer(list(surfaces), shapely.box(0, 0, width, height), size)
    drawn = [index for index in range(len(names)) if not surfaces[index].is_empty]
    order = sorted(drawn, key=lambda index: -surfaces[index].area)
    labels, left = [], []
    for index in order:
        label = placer.inside(names[index], surfaces[index])
        (labels.append(label) if label else left.append(index))
    if len(names) <= MOST_LEADERS:
        labels += [label for index in left if (label := placer.beside(names[index], surfaces[index]))]
    return labels


class _Placer:
    def __init__(self, surfaces: list[Any], frame: Any, size: int) -> None:
        self.frame = frame
        self.size = size
        self.taken: list[Any] = []
        self.ground = shapely.union_all(surfaces).buffer(6)

    def inside(self, name: str, surface: Any) -> Label | None:
        """The widest room at a few heights, the middle ones first."""
        needed = len(name) * LETTER * self.size
        best: tuple[float, float, float] | None = None
        west, north, east, south = surface.bounds
        middle = shapely.point_on_surface(surface).y
        heights = [
            middle,
            *(north + (south - north) * share for share in (0.5, 0.42, 0.58, 0.33, 0.67, 0.25, 0.75)),
        ]
        for y in heights:
            for left, right in _room(surface, y, self.size * HALF_HEIGHT, west, east):
                spare = right - left - needed
                if spare >= 0 and (best is None or spare > best[0] * 1.3):
                    best = (spare, (left + right) / 2, y)
        if best is None:
            return None
        _spare, x, y = best
        self.taken.append(self._frame_of(x, y, needed))
        return Label(name, round(x), round(y + self.size * 0.35))

    def beside(self, name: str, surface: Any) -> Label | None:
        """The nearest free place around an area on which no other area or name lies."""
        needed = len(name) * LETTER * self.size
        anchor = shapely.point_on_surface(surface)
        free = [
            (spot.distance(anchor), x, y, spot)
            for x, y in self._spots(surface, needed)
            if self._is_free(spot := self._frame_of(x, y, needed))
        ]
        if not free:
            return None
        _distance, x, y, spot = min(free, key=lambda found: found[:3])
        self.taken.append(spot)
        end = shapely.ops.nearest_points(spot, anchor)[0]
        leader = f"M{round(end.x)} {round(end.y)}L{round(anchor.x)} {round(anchor.y)}"
        return Label(name, round(x), round(y + self.size * 0.35), leader)

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

    def _frame_of(self, x: float, y: float, needed: float) -> Any:
        half = self.size * 0.55
        return shapely.box(x - needed / 2, y - half, x + needed / 2, y + half)


def _room(surface: Any, y: float, half: float, west: float, east: float) -> list[tuple[float, float]]:
    """The stretches at a height where the area is there over the whole height of the letters."""
    stretches: list[tuple[float, float]] = [(west, east)]
    for level in (y - half, y, y + half):
        line = surface.intersection(shapely.LineString([(west - 1, level), (east + 1, level)]))
        found = [(part.bounds[0], part.bounds[2]) for part in shapely.get_parts(line) if part.length]
        stretches = [(max(a, c), min(b, d)) for a, b in stretches for c, d in found if min(b, d) > max(a, c)]
    return stretches
