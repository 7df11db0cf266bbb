"""How areas of one kind lie in areas of another, by surface. Pure geometry in the national grid; nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

LEAST_SHARE = 0.01
MAIN_SHARE = 0.5


@dataclass(frozen=True)
class Part:
    """The part of a child that lies in a parent; at most one parent of a child is the main one."""

    child: int
    parent: int
    share: float
    area_m2: float
    is_main: bool


def parts_of(children: Mapping[int, Any], parents: Mapping[int, Any]) -> list[Part]:
    """The parts of every child in every parent; shares under 1 % are noise of drawing and left out."""
    if not children or not parents:
        return []
    child_ids, parent_ids = list(children), list(parents)
    smaller, larger = np.array(list(children.values())), np.array(list(parents.values()))
    ones, others = shapely.STRtree(larger).query(smaller, predicate="intersects")
    surfaces = _common(smaller[ones], larger[others])
    shares = surfaces / shapely.area(smaller)[ones]
    overlaps: dict[int, list[tuple[float, int]]] = {}
    for place in np.flatnonzero(shares >= LEAST_SHARE):
        overlaps.setdefault(child_ids[ones[place]], []).append(
            (float(surfaces[place]), parent_ids[others[place]])
        )
    return [part for child, found in overlaps.items() for part in _parts(child, children[child], found)]


def _common(ones: Any, others: Any) -> Any:
    """The surface that pairs have in common; most smaller areas lie whole in a larger one, which needs no cutting."""
    surfaces = shapely.area(ones)
    shapely.prepare(others)
    cut = ~shapely.covers(others, ones)
    surfaces[cut] = shapely.area(shapely.intersection(ones[cut], others[cut]))
    return surfaces


def _parts(child: int, geom: Any, overlaps: list[tuple[float, int]]) -> list[Part]:
    ordered = sorted(overlaps, key=lambda overlap: (-overlap[0], overlap[1]))
    return [
        Part(
            child,
            parent,
            min(surface / geom.area, 1.0),
            surface,
            not place and surface / geom.area >= MAIN_SHARE,
        )
        for place, (surface, parent) in enumerate(ordered)
    ]
