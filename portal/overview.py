"""The areas of a kind in one query, with what there is to find in them; for the start page and the panel of the map."""

from dataclasses import dataclass
from typing import Any

from areas.models import AreaKind, AreaShape, Municipality
from areas.models.edition import AreaShapeQuerySet
from core.facts import fact_columns
from workplaces.models import WorkLocation
from workplaces.models.location import WorkLocationQuerySet


@dataclass(frozen=True)
class AreaRow:
    """An area as a row: its emblem (`path` in `box`), where it leads, how many work locations lie in it."""

    name: str
    slug: str
    url: str
    path: str
    box: str
    area_m2: float
    locations: int


@dataclass(frozen=True)
class AreaCard:
    """An area to choose: its emblem, where it leads, what the apps know of it in a few words."""

    name: str
    url: str
    path: str
    box: str
    facts: str


def area_cards(kind: AreaKind, user: Any, *, limit: int | None = None) -> list[AreaCard]:
    """The areas of a kind by name, each with its facts; one query, and one a source of facts."""
    shapes = list(_shapes(kind)[:limit])
    areas = [shape.area for shape in shapes]
    columns = fact_columns(areas, user)
    return [
        AreaCard(
            area.name,
            area.get_absolute_url(),
            shape.path,
            shape.box,
            ", ".join(
                f"{fact.figure} {fact.words}" for column in columns if (fact := column.by_pk.get(area.pk))
            ),
        )
        for area, shape in zip(areas, shapes, strict=True)
    ]


def area_rows(kind: AreaKind, *, service: str = "", limit: int | None = None) -> list[AreaRow]:
    """The areas of a kind by name, with the number of work locations (that offer a service)."""
    counted = _shapes(kind).counted_within(locations_of(kind.municipality_id, service))
    return [_row(shape) for shape in counted[:limit]]


def _shapes(kind: AreaKind) -> AreaShapeQuerySet:
    return (
        AreaShape.objects.in_force()
        .filter(edition__kind=kind, area__is_residual=False)
        .select_related("area")
        .only("path", "box", "area_m2", "area__name", "area__slug")
        .order_by("area__name")
    )


def locations_of(municipality: Municipality | int, service: str = "") -> WorkLocationQuerySet:
    """The work locations in use that the map shows; those that offer a service when one is asked for."""
    found = WorkLocation.objects.filter(municipality=municipality).in_use()
    return found.with_service(service) if service else found


def _row(shape: AreaShape) -> AreaRow:
    area = shape.area
    return AreaRow(
        area.name,
        area.slug,
        area.get_absolute_url(),
        shape.path,
        shape.box,
        shape.area_m2,
        shape.number,  # type: ignore[attr-defined]
    )
