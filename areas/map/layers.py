"""The areas themselves as map layers: one a kind with boundaries in force."""

from collections.abc import Callable, Iterator
from functools import cache

from django.contrib.gis.db.models import Extent
from django.urls import reverse

from areas.filters import KIND
from areas.map.geojson import collected
from areas.models import Area, AreaEdition, AreaShape, Municipality
from core.layers import FULL, Box, Build, LayerOrigin, MapLayer

OVERVIEW = "overview"


def area_layers(*, municipality: Municipality) -> Iterator[MapLayer]:
    """The layers of a municipality, from large to small kinds; one query."""
    editions = AreaEdition.objects.in_force().of(municipality).select_related("kind").order_by("kind__rank")
    extents = _extents(municipality)
    areas = reverse("areas:list")
    for edition in editions.defer("outline_path", "graticule", "notes"):
        yield MapLayer(
            slug=edition.kind.slug,
            title=edition.kind.plural,
            geometry="area",
            version=_constant(edition.version),
            build=_builder(edition),
            variants=(OVERVIEW, FULL),
            count=AreaShape.objects.filter(edition=edition).count,
            shown_at_first=edition.kind.is_working_level,
            origin=LayerOrigin(
                source=edition.source,
                licence=edition.licence,
                credit=edition.credit,
                as_of=edition.reference_date,
                is_schematic=edition.is_schematic,
            ),
            page=f"{areas}?{KIND}={edition.kind.slug}",
            pages=areas,
            extent=_extent(extents, edition),
        )


def kind_of(*, municipality: Municipality, slug: str) -> str:
    """The kind of an area by its word in addresses; "" when there is no such area."""
    kinds = Area.objects.of(municipality).active().filter(slug=slug).values_list("kind__slug", flat=True)
    return kinds.first() or ""


def _extents(municipality: Municipality) -> Callable[[], dict[int, Box]]:
    """The boxes around the editions in force, asked together when the first of them is needed."""

    @cache
    def extents() -> dict[int, Box]:
        shapes = AreaShape.objects.filter(edition__in=AreaEdition.objects.in_force().of(municipality))
        boxes = shapes.order_by().values("edition").annotate(around=Extent("geom"))
        return dict(boxes.values_list("edition", "around"))

    return extents


def _extent(extents: Callable[[], dict[int, Box]], edition: AreaEdition) -> Callable[[], Box | None]:
    return lambda: extents().get(edition.pk)


def _constant(text: str) -> Callable[[], str]:
    return lambda: text


def _builder(edition: AreaEdition) -> Build:
    return lambda *, variant: build(edition, variant)


# Written out: making this query of Django's objects, and JSON objects in PostgreSQL, costs more than answering it.
FEATURES = """
SELECT concat(
    '{{"type":"Feature","id":"', area.uuid, '","geometry":', shape.{column},
    ',"properties":{{"slug":', to_json(area.slug), ',"name":', to_json(area.name),
    ',"code":', coalesce(to_json(coded.code), 'null'), ',', shape.facts_json, '}}}}'
)
FROM areas_areashape AS shape
JOIN areas_area AS area ON area.id = shape.area_id AND area.kind_id = %s
LEFT JOIN areas_areacode AS coded ON coded.area_id = area.id AND coded.scheme = %s
WHERE shape.edition_id = %s
ORDER BY area.name, area.slug
"""
STATEMENTS = {FULL: FEATURES.format(column="geom_json"), OVERVIEW: FEATURES.format(column="overview_json")}


def build(edition: AreaEdition, variant: str) -> bytes:
    """The boundaries of an edition as GeoJSON."""
    return collected(STATEMENTS[variant], [edition.kind_id, edition.kind.scheme, edition.pk])
