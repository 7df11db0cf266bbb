"""Boundaries before and after, laid over each other. Pure geometry in the national grid; nothing of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.tangles import refuse_tangled

SAME_PLACE = 0.98  # overlap divided by union, above which two boundaries enclose the same place
THIN = 10.0  # metres: what differs and is nowhere wider is the line of another draughtsman, not another place
MAX_PAIRS = 200_000  # that meet; a village has some six neighbours
A_SHIFT = 0.8  # the part of all areas that must lie equally far away, for it to be one shift of everything


@dataclass(frozen=True)
class Overlap:
    """What an area before and one after have in common: their places in the lists, the surface, and what part it is of each."""

    old: int
    new: int
    area_m2: float
    out: float
    into: float
    iou: float


@dataclass(frozen=True)
class Shift:
    """Everything lies elsewhere by the same distance: metres to the east and to the north."""

    east: float
    north: float

    @property
    def metres(self) -> float:
        """How far."""
        return float(np.hypot(self.east, self.north))


def overlaps_of(old: Sequence[Any], new: Sequence[Any]) -> list[Overlap]:
    """Every pair that shares surface; raises ImportRefused where so many lie on top of each other that it has no end."""
    if not len(old) or not len(new):
        return []
    before, after = _sound(old), _sound(new)
    refuse_tangled(before, after)
    ones, others = _pairs(before, after)
    surfaces = shapely.area(shapely.intersection(before[ones], after[others]))
    olds, news = shapely.area(before)[ones], shapely.area(after)[others]
    table = zip(ones, others, surfaces, olds, news, strict=True)
    return [
        Overlap(
            int(one), int(other), float(both), float(both / a), float(both / b), float(both / (a + b - both))
        )
        for one, other, both, a, b in table
        if both > 0
    ]


def _sound(geoms: Sequence[Any]) -> Any:
    """As an array, valid: a change of reference system can make a ring cross itself."""
    array = np.array(list(geoms), dtype=object)
    broken = ~shapely.is_valid(array)
    if broken.any():
        array[broken] = shapely.make_valid(array[broken])
    return array


def _pairs(before: Any, after: Any) -> tuple[Any, Any]:
    """The places of those that meet, block by block, so that a file where all meet all is stopped in time."""
    tree = shapely.STRtree(after)
    found: list[tuple[Any, Any]] = []
    count = 0
    for start in range(0, len(before), 100):
        ones, others = tree.query(before[start : start + 100], predicate="intersects")
        count += len(ones)
        if count > MAX_PAIRS:
            raise refuse(_("too many areas lie on top of each other to compare them with those in force"))
        found.append((ones + start, others))
    return np.concatenate([ones for ones, _others in found]), np.concatenate(
        [others for _ones, others in found]
    )


def are_redrawn(old: Sequence[Any], new: Sequence[Any]) -> list[bool]:
    """Of pairs of boundaries around the same place: whether what differs is nowhere wider than `THIN`."""
    if not len(old):
        return []
    apart = shapely.symmetric_difference(_sound(old), _sound(new))
    return [bool(empty) for empty in shapely.is_empty(shapely.buffer(apart, -THIN / 2))]


def shift_of(old: Sequence[Any], new: Sequence[Any]) -> Shift | None:
    """How far pairs of boundaries lie apart when (nearly) all lie equally far the same way; None when they don't.

    That is another reference system or another way to convert it, rather than a change on the ground.
    """
    if len(old) < 2:
        return None
    before, after = _sound(old), _sound(new)
    steps = shapely.get_coordinates(shapely.centroid(after)) - shapely.get_coordinates(
        shapely.centroid(before)
    )
    middle = np.median(steps, axis=0)
    shift = Shift(float(middle[0]), float(middle[1]))
    if shift.metres < 1:
        return None
    alike = np.hypot(*(steps - middle).T) <= max(0.5, shift.metres / 10)
    if alike.mean() < A_SHIFT:
        return None
    moved = shapely.transform(before, lambda points: points + middle)
    common = shapely.area(shapely.intersection(moved, after))
    fits = common / (shapely.area(moved) + shapely.area(after) - common) > SAME_PLACE
    return shift if fits.mean() >= A_SHIFT else None
