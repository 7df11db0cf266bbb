"""What frames every page: the outline of the municipality as its emblem, and the emblems of its areas on one scale."""

from dataclasses import dataclass

from django.core.cache import cache

from areas.map.paths import box_of
from areas.models import AreaEdition, AreaShape, Municipality

SECONDS = 5
LARGEST = 90  # pixels: how wide or high the largest emblem of the footer is
MOST_AREAS = 100  # in the footer of every page; more are found in the list and on the map


@dataclass(frozen=True)
class Emblem:
    """A drawn shape: `path` in metres inside `box` ("x y width height"), shown at `width` × `height` pixels."""

    path: str
    box: str
    name: str = ""
    url: str = ""
    slug: str = ""
    width: int = 40
    height: int = 40


@dataclass(frozen=True)
class Chrome:
    """The frame of a page; `outline` is None before any boundaries are in force, `areas` is empty when there are too many."""

    outline: Emblem | None
    areas: tuple[Emblem, ...]
    credit: str
    source: str
    is_schematic: bool


def chrome_of(municipality: Municipality) -> Chrome:
    """The frame of the municipality's pages, remembered for a moment."""
    key = f"chrome:{municipality.pk}"
    found: Chrome | None = cache.get(key)
    if found is None:
        found = _make(municipality)
        cache.set(key, found, SECONDS)
    return found


def forget_chrome(municipality_id: int) -> None:
    """Called when boundaries change, so that this process shows them at once."""
    cache.delete(f"chrome:{municipality_id}")


def _make(municipality: Municipality) -> Chrome:
    edition = (
        AreaEdition.objects.in_force()
        .filter(kind__municipality_id=municipality.pk)
        .order_by("-kind__is_working_level", "kind__rank")
        .first()
    )
    if edition is None:
        return Chrome(None, (), "", "", False)
    shapes = list(
        AreaShape.objects.filter(edition=edition, area__retired_by__isnull=True)
        .select_related("area")
        .only("path", "box", "area__name", "area__slug")
        .order_by("area__name")[: MOST_AREAS + 1]
    )
    if len(shapes) > MOST_AREAS:
        shapes = []
    scale = LARGEST / max((max(box_of(shape.box)[2:]) for shape in shapes), default=1.0)
    outline = (
        Emblem(edition.outline_path, edition.outline_box, municipality.name) if edition.outline_path else None
    )
    return Chrome(
        outline,
        tuple(_emblem(shape, scale) for shape in shapes),
        edition.credit or edition.source,
        edition.source,
        edition.is_schematic,
    )


def _emblem(shape: AreaShape, scale: float) -> Emblem:
    _x, _y, width, height = box_of(shape.box)
    area = shape.area
    return Emblem(
        shape.path,
        shape.box,
        area.name,
        area.get_absolute_url(),
        area.slug,
        max(8, round(width * scale)),
        max(8, round(height * scale)),
    )
