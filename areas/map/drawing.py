"""The map as SVG, made on the server: what a page shows without a script, and what goes on paper.

Paths are in metres of the national grid (see `AreaShape`) inside a group with `transform`; names, symbols and the scale bar
are in units of the drawing, which is 1000 wide, so that the style sheet can give them a size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import shapely
from django.core.cache import cache

from areas.importers.drawing import MARGIN, simplifier, svg_path
from areas.map.labels import Label, place_labels
from areas.map.paths import box_of, points_of, surface_of
from areas.map.signs import DrawnSign, MapSign, draw_signs
from areas.models import Area, AreaEdition, AreaKind, AreaShape, Municipality

WIDTH = 1000
LETTER_SIZE = 38  # what places for names are sought with: between that of a phone and that of a screen
SYMBOL_SIZE = 52
MANY = 200  # areas: with more, none is so large that anybody misses what is finer than a unit
COARSE = 1.0  # units
REMEMBERED = 3600
CLOSE = 0.16  # of its longest side: the margin around an area that is shown closer by
NARROW = 0.8  # of its longest side: the least that is shown across


class Look(NamedTuple):
    """How an area is coloured: the class of its face, the figure in it, and what both say in words."""

    face: str
    figure: str
    words: str


PLAIN = Look("", "", "")


@dataclass(frozen=True)
class DrawnArea:
    """An area on the map."""

    name: str
    slug: str
    url: str
    path: str
    look: Look = PLAIN


@dataclass(frozen=True)
class DrawnName:
    """A name on the map where it found a place, with the look of its area."""

    label: Label
    look: Look = PLAIN


@dataclass(frozen=True)
class Line:
    """A line of the graticule with its name at the edge; the name is empty where there is no room."""

    path: str
    label: str
    x: int
    y: int


@dataclass(frozen=True)
class ScaleBar:
    """A bar of a round length: where it stands, how long it is, what it says."""

    x: int
    y: int
    length: int
    half: int
    label: str


@dataclass(frozen=True)
class Drawing:
    """A map, ready for `areas/partials/map.html`; an empty one is false. `view` is the part that is shown, if not all."""

    name: str
    kind: str = ""
    width: int = WIDTH
    height: int = WIDTH
    transform: str = ""
    outline: str = ""
    areas: tuple[DrawnArea, ...] = ()
    names: tuple[DrawnName, ...] = ()
    lines: tuple[Line, ...] = ()
    scale: ScaleBar | None = None
    chosen: DrawnArea | None = None
    signs: tuple[DrawnSign, ...] = ()
    symbol_size: int = SYMBOL_SIZE
    view: str = ""

    def __bool__(self) -> bool:
        return bool(self.areas)


@dataclass(frozen=True)
class _Frame:
    """From metres of the grid (y down) to units of the drawing."""

    x: float
    y: float
    scale: float
    height: int

    @property
    def transform(self) -> str:
        return f"scale({self.scale:.6f}) translate({-self.x:.0f} {-self.y:.0f})"

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.x) * self.scale, (y - self.y) * self.scale


def draw(
    municipality: Municipality,
    *,
    kind: AreaKind | str | None = None,
    chosen: Area | str | None = None,
    signs: Iterable[MapSign] = (),
    symbol_size: int = SYMBOL_SIZE,
    looks: Mapping[str, Look] | None = None,
    edition: AreaEdition | None = None,
    closer: bool = False,
) -> Drawing:
    """The areas of one kind (the level of area-based work when none is given), with one of them chosen, coloured by `looks`.

    `closer` shows the chosen one alone with what lies close around it, and its signs as large as on a whole map.

    `edition` is the one in force, when who asks knows it. One query when the drawing is remembered (none with an edition), two when
    it is not, one more for signs, and one for a chosen area of another kind.
    """
    edition = edition or _edition(municipality, kind)
    if edition is None:
        return Drawing(municipality.name)
    letters = max((len(look.figure) for look in looks.values()), default=0) if looks else 0
    remembered: tuple[Drawing, _Frame] | None = cache.get(key := f"drawing:{edition.version}:{letters}")
    if remembered is None:
        remembered = _drawn(municipality, edition, letters)
        cache.set(key, remembered, REMEMBERED)
    drawing, frame = remembered
    if looks:
        drawing = _coloured(drawing, looks)
    found = _chosen(drawing, chosen) if chosen else None
    view = _view(found, frame) if closer and found else None
    if view:
        symbol_size = max(1, round(symbol_size * view.width / WIDTH))
    return replace(
        drawing,
        chosen=found,
        signs=draw_signs(frame.at, municipality.srid, list(signs), symbol_size),
        symbol_size=symbol_size,
        view=f"{view.x} {view.y} {view.width} {view.height}" if view else "",
    )


class _View(NamedTuple):
    x: int
    y: int
    width: int
    height: int


def _view(area: DrawnArea, frame: _Frame) -> _View:
    """The part of the drawing in which an area lies, with a margin; never so narrow or so wide that it makes a strip."""
    left, top, right, bottom = _on(frame, surface_of(area.path)).bounds
    side = max(right - left, bottom - top)
    width, height = (
        max(right - left, side * NARROW) + side * CLOSE,
        max(bottom - top, side * NARROW) + side * CLOSE,
    )
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    return _View(round(x), round(y), round(width), round(height))


def _edition(municipality: Municipality, kind: AreaKind | str | None) -> AreaEdition | None:
    editions = AreaEdition.objects.in_force().of(municipality).select_related("kind").defer("notes")
    if kind is not None:
        slug = kind if isinstance(kind, str) else kind.slug
        return editions.filter(kind__slug=slug).first()
    return editions.order_by("-kind__is_working_level", "kind__rank").first()


def _coloured(drawing: Drawing, looks: Mapping[str, Look]) -> Drawing:
    areas = tuple(replace(area, look=looks.get(area.slug, PLAIN)) for area in drawing.areas)
    names = (replace(name, look=areas[name.label.index].look) for name in drawing.names)
    return replace(
        drawing, areas=areas, names=tuple(name for name in names if name.label.name or name.look.figure)
    )


def _drawn(municipality: Municipality, edition: AreaEdition, letters: int) -> tuple[Drawing, _Frame]:
    shapes = (
        AreaShape.objects.filter(edition=edition, area__retired_by__isnull=True)
        .select_related("area")
        .only("path", "area__name", "area__slug")
        .order_by("area__name", "area__slug")
    )
    frame = _frame(edition)
    found = [(shape.area, shape.path) for shape in shapes]
    grounds = [surface_of(path) for _area, path in found]
    if len(found) > MANY:
        grounds, paths = _coarse(grounds, frame, is_partition=edition.kind.is_partition)
        found = [(area, path) for (area, _path), path in zip(found, paths, strict=True)]
    areas = tuple(DrawnArea(area.name, area.slug, area.get_absolute_url(), path) for area, path in found)
    surfaces = [_on(frame, ground) for ground in grounds]
    labels = place_labels(
        [area.name for area in areas],
        surfaces,
        width=WIDTH,
        height=frame.height,
        size=LETTER_SIZE,
        figure=letters,
    )
    ground = shapely.union_all(surfaces)
    drawing = Drawing(
        municipality.name,
        edition.kind.plural,
        height=frame.height,
        transform=frame.transform,
        outline=edition.outline_path,
        areas=areas,
        names=tuple(DrawnName(label) for label in labels),
        lines=tuple(_lines(frame, edition.graticule, ground)),
        scale=_scale(frame, ground),
    )
    return drawing, frame


def _coarse(grounds: list[Any], frame: _Frame, *, is_partition: bool) -> tuple[list[Any], list[str]]:
    """Surfaces with no more points than a drawing of many areas shows, and their paths."""
    upright = [_turned(ground) for ground in grounds]
    coarse = simplifier(upright, is_partition=is_partition)(COARSE / frame.scale)
    return [_turned(geom) for geom in coarse], [svg_path(geom) for geom in coarse]


def _turned(geom: Any) -> Any:
    """Up becomes down."""
    return shapely.transform(geom, lambda points: points * (1, -1))


def _frame(edition: AreaEdition) -> _Frame:
    x, y, width, height = box_of(edition.outline_box or "0 0 1000 1000")
    margin = MARGIN * max(width, height)
    scale = WIDTH / (width + 2 * margin)
    return _Frame(x - margin, y - margin, scale, round((height + 2 * margin) * scale))


def _on(frame: _Frame, surface: Any) -> Any:
    return shapely.transform(surface, lambda points: (points - (frame.x, frame.y)) * frame.scale)


def _lines(frame: _Frame, graticule: Sequence[dict[str, str]], ground: Any) -> Iterable[Line]:
    for line in graticule:
        points = [frame.at(x, y) for x, y in points_of(line["path"])[0]]
        if line["axis"] == "x":
            x, y = _crossing(points, 1, frame.height - 14.0) + 8, frame.height - 14.0
        else:
            x, y = 10.0, _crossing(points, 0, 10.0) - 8
        inside = 8 <= x <= WIDTH - 90 and 30 <= y <= frame.height - 10
        fits = inside and not ground.intersects(shapely.box(x, y - 20, x + 70, y))
        yield Line(line["path"], line["label"] if fits else "", round(x), round(y))


def _crossing(points: Sequence[tuple[float, float]], axis: int, value: float) -> float:
    """Where a line of points passes a height (axis 1) or a side (axis 0): the other coordinate."""
    ordered = sorted(points, key=lambda point: point[axis])
    for before, after in pairwise(ordered):
        if before[axis] <= value <= after[axis] and after[axis] > before[axis]:
            part = (value - before[axis]) / (after[axis] - before[axis])
            return before[1 - axis] + part * (after[1 - axis] - before[1 - axis])
    return ordered[0][1 - axis]


def _scale(frame: _Frame, ground: Any) -> ScaleBar:
    """A bar of at most a quarter of the width, in the emptiest corner."""
    most = WIDTH / 4 / frame.scale
    metres = max(size * 10**power for power in range(1, 6) for size in (1, 2, 5) if size * 10**power <= most)
    length = round(metres * frame.scale)
    # The first of equals: below, right.
    corners = [(x, y) for y in (frame.height - 40, 70) for x in (WIDTH - length - 90, 110)]
    x, y = min(corners, key=lambda corner: _covered(corner, length, ground))
    label = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return ScaleBar(x, y, length, length // 2, label)


def _covered(corner: tuple[int, int], length: int, ground: Any) -> float:
    """How much of the ground a scale bar in a corner would hide."""
    x, y = corner
    return float(shapely.box(x - 20, y - 50, x + length + 60, y + 20).intersection(ground).area)


def _chosen(drawing: Drawing, chosen: Area | str) -> DrawnArea | None:
    slug = chosen if isinstance(chosen, str) else chosen.slug
    found = next((area for area in drawing.areas if area.slug == slug), None)
    if found is None and isinstance(chosen, Area):
        shape = AreaShape.objects.in_force().filter(area=chosen).only("path").first()
        if shape:
            return DrawnArea(chosen.name, chosen.slug, chosen.get_absolute_url(), shape.path)
    return found
