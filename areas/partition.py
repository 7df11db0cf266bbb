"""How areas of one kind lie in areas of another, by surface. Pure geometry in the national grid; nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    tree = shapely.STRtree(list(parents.values()))
    found = tree.query(list(children.values()), predicate="intersects")
    overlaps: dict[int, list[tuple[float, int]]] = {}
    for child_index, parent_index in zip(*found, strict=True):
        child, parent = child_ids[child_index], parent_ids[parent_index]
        surface = float(shapely.intersection(children[child], parents[parent]).area)
        if surface / children[child].area >= LEAST_SHARE:
            overlaps.setdefault(child, []).append((surface, parent))
    return [part for child, shares in overlaps.items() for part in _parts(child, children[child], shares)]


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
