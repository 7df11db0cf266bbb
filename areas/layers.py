"""The areas themselves as map layers: one a kind with boundaries in force."""

from collections.abc import Callable, Iterator

from areas.geojson import collected
from areas.models import AreaEdition, AreaShape, Municipality
from core.layers import LayerSource, MapLayer, layer_sources

OVERVIEW, FULL = "overview", "full"


def area_layers(municipality: Municipality) -> Iterator[MapLayer]:
    """The layers of a municipality, from large to small kinds; one query."""
    editions = AreaEdition.objects.active().of(municipality).select_related("kind").order_by("kind__rank")
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
        )


def _constant(text: str) -> Callable[[], str]:
    return lambda: text


def _builder(edition: AreaEdition) -> Callable[[str], bytes]:
    return lambda variant: build(edition, variant)


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


layer_sources.register(LayerSource(name="areas.areas", layers=area_layers, order=10))
