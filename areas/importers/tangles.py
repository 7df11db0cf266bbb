"""Whether lines cross each other too often to be laid over each other: a file of a few kilobytes can keep GEOS busy for hours."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.rings import Ring

CROSSINGS, CROSSINGS_A_LINE = 50_000, 1  # a map drawn with another pen crosses the old one about once a line
MEETINGS, MEETINGS_A_LINE = 5_000_000, 50  # of the boxes around two lines; a line has some six neighbours
BLOCK = 64  # lines looked at together: at most so many times all others


def refuse_tangles(rings: Sequence[Ring]) -> None:
    """Raise ImportRefused when the lines of these rings cross too often."""
    lengths = [len(ring) for ring in rings]
    if sum(lengths):
        _refuse(np.concatenate(rings), np.repeat(np.arange(len(rings)), lengths))


def refuse_tangled(*geometries: Any) -> None:
    """The same for arrays of geometries, all of them together."""
    rings = shapely.get_rings(shapely.get_parts(np.concatenate(geometries)))
    _refuse(*shapely.get_coordinates(rings, return_index=True))


def crosses_itself_more_than(most: int, geometry: Any) -> bool:
    """Whether the lines of one geometry cross each other more often."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    starts, ends = _lines(*shapely.get_coordinates(rings, return_index=True))
    return _cross_more_than(most, starts, ends)


def _refuse(points: Any, owners: Any) -> None:
    starts, ends = _lines(points, owners)
    if _cross_more_than(CROSSINGS + CROSSINGS_A_LINE * len(starts), starts, ends):
        raise refuse(_("its lines cross each other so often that checking it would have no end"))


def _lines(points: Any, owners: Any) -> tuple[Any, Any]:
    """Where the lines of some rings start and end."""
    follows = owners[1:] == owners[:-1]
    return points[:-1][follows], points[1:][follows]


def _cross_more_than(crossings: int, starts: Any, ends: Any) -> bool:
    lines = shapely.linestrings(np.stack([starts, ends], axis=1))
    tree = shapely.STRtree(lines)
    meetings = MEETINGS + MEETINGS_A_LINE * len(lines)
    for start in range(0, len(lines), BLOCK):
        ones, others = tree.query(lines[start : start + BLOCK])
        ones = ones + start
        meetings -= len(ones)
        later = ones < others
        ones, others = ones[later], others[later]
        crossings -= int(_cross(starts[ones], ends[ones], starts[others], ends[others]).sum())
        if meetings < 0 or crossings < 0:
            return True
    return False


def _cross(a: Any, b: Any, c: Any, d: Any) -> Any:
    """Which of the lines ab and cd cross inside both."""
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(start: Any, end: Any, point: Any) -> Any:
    """On which side of a line a point lies: 1, 0 or -1."""
    (x, y), (east, north) = (end - start).T, (point - start).T
    return np.sign(x * north - y * east)
