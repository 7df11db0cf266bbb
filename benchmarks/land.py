"""A seeded land: a coverage of areas with wobbling common borders, as the files of a statistical office have."""

import json
import random
from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from areas.models import AreaKind, Municipality

WEST, SOUTH = 3.40, 50.75
WIDE, HIGH = 2.0, 0.8  # degrees: a region as large as Flanders
POINTS_A_SIDE = 28  # about 115 vertices an area
ROUGHNESS = 0.18  # of the length of a stretch: borders a third longer than straight ones, as of real areas
ROOM = 0.9
Ring: TypeAlias = list[tuple[float, float]]


def make_municipality() -> Municipality:
    """A municipality with two kinds: `wijk` for 1,000 areas, `sector` for 16,000."""
    municipality = Municipality.objects.create(
        slug="meetdorp", name="Meetdorp", full_name="Gemeente Meetdorp", country="BE", code="99998", srid=31370,
        contact_name="Onthaal", contact_email="onthaal@meetdorp.example",
    )  # fmt: skip
    for rank, slug in ((40, "wijk"), (50, "sector")):
        AreaKind.objects.create(
            municipality=municipality, slug=slug, name=slug.title(), plural=slug.title(), rank=rank,
            scheme=slug, is_working_level=slug == "wijk",
        )  # fmt: skip
    return municipality


def rings(columns: int, rows: int, points: int = POINTS_A_SIDE, seed: int = 3) -> Iterator[Ring]:
    """The outer rings of a grid of areas; neighbours share every vertex of their border."""
    side = partial(_side, size=(WIDE / columns, HIGH / rows), points=points, seed=seed)
    for row in range(rows):
        for column in range(columns):
            south, east = side(column, row, 0), side(column + 1, row, 1)
            north, west = side(column, row + 1, 0), side(column, row, 1)
            ring = [*south, *east[1:], *reversed(north[:-1]), *reversed(west[:-1])]
            yield [*ring[:-1], ring[0]]


def _side(column: int, row: int, upright: int, *, size: tuple[float, float], points: int, seed: int) -> Ring:
    """The border from a corner of the grid eastward, or upward; the same whoever asks."""
    chance = random.Random(f"{seed}/{column}/{row}/{upright}")  # noqa: S311  (figures, not secrets)
    aside = [0.0] * (points + 1)
    _bend(aside, 0, points, chance)
    found = []
    for number, wobble in enumerate(aside):
        along = number / points
        # So that two borders meet in their corner only.
        room = ROOM * min(along, 1 - along)
        wobble = min(max(wobble, -room), room)
        x, y = (column + wobble, row + along) if upright else (column + along, row + wobble)
        found.append((round(WEST + x * size[0], 7), round(SOUTH + y * size[1], 7)))
    return found


def _bend(aside: list[float], start: int, end: int, chance: random.Random) -> None:
    """Moves the middle of a stretch aside, then of both halves: detail at every scale, as brooks and ditches have."""
    if end - start < 2:
        return
    middle = (start + end) // 2
    straight = (aside[start] + aside[end]) / 2
    aside[middle] = straight + chance.gauss(0, ROUGHNESS) * (end - start) / (len(aside) - 1)
    _bend(aside, start, middle, chance)
    _bend(aside, middle, end, chance)


def as_file(shapes: Iterator[Ring], *, named: str = "Gebied") -> bytes:
    """The areas as the file that a municipality would upload."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"A{number:05}", "name": f"{named} {number}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
