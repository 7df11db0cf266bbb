"""Boundaries drawn finely enough to see where a new one leaves the old one."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from areas.importers.candidate import Candidate
from areas.importers.changes import State
from areas.importers.difference import Difference
from areas.importers.drawing import multi, svg_path

FINE = 2.0  # metres: a line of a drawing is thicker


def fine_paths(geoms: Mapping[str, Any]) -> dict[str, str]:
    """SVG paths like those of `AreaShape`, but with more points, so that two of them can be compared."""
    simple: Sequence[Any] = shapely.simplify(list(geoms.values()), FINE, preserve_topology=True)
    return {code: svg_path(multi(geom)) for code, geom in zip(geoms, simple, strict=True)}


def outlines_of(candidates: Sequence[Candidate], difference: Difference) -> dict[str, str]:
    """The boundaries of a file that are not those in force already, drawn, by code."""
    changed = {change.code for change in difference.changes if change.boundary or _is_new(change.state)}
    return fine_paths({c.code: c.grid for c in candidates if c.code in changed})


def _is_new(state: State) -> bool:
    return state in {State.NEW, State.BACK}
