"""Two sets of boundaries side by side, as a page shows them: the areas that change, what hangs on them, and a drawing of both."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.core.cache import cache
from django.core.paginator import Page, Paginator

from areas.importers.changes import AreaChange, State
from areas.importers.difference import Difference, difference_between
from areas.importers.drawing import MARGIN
from areas.importers.outlines import fine_paths
from areas.importers.stored import grid_shapes
from areas.map.drawing import WIDTH
from areas.map.labels import Label, place_labels
from areas.map.paths import surface_of
from areas.models import AreaEdition, AreaShape
from core.hanging import Hanging, hanging_on

ROWS = 100  # on a page; the drawing shows the same ones
AROUND = 200  # areas that do not change: drawn when there are no more
NAMES = 40
LETTER_SIZE = 30
CLOSE = 400.0  # metres: what is seen around an area at least
REMEMBERED = 3600


@dataclass(frozen=True)
class Row:
    """An area before and after, with what hangs on it."""

    change: AreaChange
    hanging: list[Hanging]


@dataclass(frozen=True)
class Outline:
    """An area on the drawing: its boundary before and after, each empty when there is none or it is the same."""

    change: AreaChange
    old: str
    new: str
    is_chosen: bool = False

    @property
    def surface(self) -> Any:
        """What it covers, before and after together."""
        return surface_of(self.new or self.old)


@dataclass(frozen=True)
class DifferenceDrawing:
    """Old and new boundaries over each other, ready for `areas/partials/difference_map.html`; an empty one is false.

    `hatch` undoes the scale, so that the lines of a hatching stay as far apart on every drawing.
    """

    height: int = WIDTH
    transform: str = ""
    hatch: str = ""
    outlines: tuple[Outline, ...] = ()
    around: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    chosen: AreaChange | None = None
    width: int = WIDTH

    def __bool__(self) -> bool:
        return bool(self.outlines)


@dataclass(frozen=True)
class DifferencePage:
    """The page of a difference: `rows` of one page, those that retire, and the drawing."""

    difference: Difference
    page: Page[AreaChange]
    rows: list[Row]
    retiring: list[Row]
    drawing: DifferenceDrawing
    shows_all: bool


def difference_page(
    difference: Difference,
    *,
    edition: AreaEdition,
    outlines: Mapping[str, str] | None = None,
    chosen: str = "",
    shows_all: bool = False,
    page: str | None = None,
) -> DifferencePage:
    """The page of a difference between `difference.base` and an edition; `outlines` are the new boundaries of a draft, drawn.

    The same number of queries for ten areas and for thousands.
    """
    listed = sorted(difference.changes if shows_all else difference.changed, key=_order)
    shown = Paginator(listed, ROWS).get_page(_page_of(listed, chosen) if chosen else page)
    changes = list(shown.object_list)
    gone = difference.gone if difference.retires_many else []
    hanging = hanging_on("areas.area", _known([*changes, *gone]))
    return DifferencePage(
        difference,
        shown,
        [_row(change, hanging) for change in changes],
        [_row(change, hanging) for change in sorted(gone, key=_order)],
        _drawing(difference, edition, changes, outlines, chosen),
        shows_all,
    )


def remembered_difference(base: AreaEdition, edition: AreaEdition) -> Difference:
    """What differs between two editions, worked out once."""
    key = f"difference:{base.version}:{edition.version}"
    found: Difference | None = cache.get(key)
    if found is None:
        found = difference_between(base, edition)
        cache.set(key, found, REMEMBERED)
    return found


ORDER = (State.GONE, State.NEW, State.BACK, State.CHANGED, State.SAME)


def _order(change: AreaChange) -> tuple[Any, ...]:
    """What matters most first: what goes and comes, what moves, then names and codes, then lines."""
    weight = 0 if change.structure or change.is_moved else 1 if not change.is_redrawn else 2
    return ORDER.index(change.state), weight, change.name


def _page_of(changes: list[AreaChange], code: str) -> int:
    place = next((n for n, change in enumerate(changes) if change.code == code), 0)
    return place // ROWS + 1


def _known(changes: Iterable[AreaChange]) -> list[int]:
    return [change.key for change in changes if isinstance(change.key, int)]


def _row(change: AreaChange, hanging: Mapping[int, list[Hanging]]) -> Row:
    return Row(change, hanging.get(change.key, []) if isinstance(change.key, int) else [])


def _drawing(
    difference: Difference,
    edition: AreaEdition,
    changes: list[AreaChange],
    outlines: Mapping[str, str] | None,
    chosen: str,
) -> DifferenceDrawing:
    srid = edition.kind.municipality.srid
    drawn = [
        change for change in changes if change.boundary or change.state not in {State.SAME, State.CHANGED}
    ]
    keys = _known(drawn)
    before = _fine(srid, difference.base, keys)
    if outlines is None:
        after = _fine(srid, edition, keys)
        new = {change.code: after.get(str(change.key), "") for change in drawn}
    else:
        new = {change.code: outlines.get(change.code, "") for change in drawn}
    shown = [
        Outline(
            change,
            before.get(str(change.key), ""),
            "" if change.state == State.GONE else new[change.code],
            change.code == chosen,
        )
        for change in drawn
    ]
    around = _around(difference, keys)
    focus = next((outline for outline in shown if outline.is_chosen), None)
    return _framed([outline for outline in shown if outline.old or outline.new], around, focus)


def _fine(srid: int, edition: AreaEdition | None, keys: Collection[int]) -> dict[str, str]:
    """The boundaries of areas in an edition, drawn, by the number of the area."""
    if edition is None or not keys:
        return {}
    shapes = grid_shapes(srid, AreaShape.objects.filter(edition=edition, area__in=keys))
    return fine_paths({str(key): geom for key, geom in shapes.items()})


def _around(difference: Difference, drawn: Collection[int]) -> list[str]:
    """The areas that stay as they are, for who wants to see where it is; too many say nothing."""
    if difference.base is None or len(difference.changes) > AROUND:
        return []
    others = AreaShape.objects.filter(edition=difference.base).exclude(area__in=drawn)
    return list(others.values_list("path", flat=True))


def _framed(outlines: list[Outline], around: list[str], focus: Outline | None) -> DifferenceDrawing:
    if not outlines:
        return DifferenceDrawing()
    surfaces = [outline.surface for outline in outlines]
    paths = [focus.old, focus.new] if focus else [p for o in outlines for p in (o.old, o.new)] + around
    west, top, east, bottom = shapely.total_bounds([surface_of(path) for path in paths if path])
    margin = max(CLOSE - max(east - west, bottom - top), 0) / 2 + MARGIN * max(east - west, bottom - top)
    west, top, east, bottom = west - margin, top - margin, east + margin, bottom + margin
    scale = WIDTH / max(east - west, (bottom - top) * 0.8)
    height = round((bottom - top) * scale)
    west -= (WIDTH / scale - (east - west)) / 2
    placed = [
        shapely.transform(surface, lambda points: (points - (west, top)) * scale) for surface in surfaces
    ]
    # What is gone lies under what came in its place, whose name stands there.
    named = [bool(outline.new) or not outline.change.goes for outline in outlines]
    names = [outline.change.name for outline, is_named in zip(outlines, named, strict=True) if is_named]
    free = [surface for surface, is_named in zip(placed, named, strict=True) if is_named]
    labels = (
        place_labels(names, free, width=WIDTH, height=height, size=LETTER_SIZE) if len(names) <= NAMES else []
    )
    return DifferenceDrawing(
        height,
        f"scale({scale:.6f}) translate({-west:.0f} {-top:.0f})",
        f"scale({1 / scale:.4f}) rotate(45)",
        tuple(sorted(outlines, key=lambda outline: outline.is_chosen)),
        tuple(around),
        tuple(labels),
        focus.change if focus else None,
    )
