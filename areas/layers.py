"""The areas themselves as map layers: one a kind with boundaries in force."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.contrib.gis.db.models import Extent
from django.db.models import F, FilteredRelation, FloatField, Func, JSONField, Q, Value
from django.urls import reverse

from areas.filters import KIND
from areas.geojson import collection_of_texts
from areas.models import AreaEdition, AreaShape, Municipality
from core.layers import FULL, Box, LayerOrigin, LayerSource, MapLayer, layer_sources

OVERVIEW = "overview"


def area_layers(municipality: Municipality) -> Iterator[MapLayer]:
    """The layers of a municipality, from large to small kinds; one query."""
    editions = AreaEdition.objects.active().of(municipality).select_related("kind").order_by("kind__rank")
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


def _extents(municipality: Municipality) -> Callable[[], dict[int, Box]]:
    """The boxes around the editions in force, asked together when the first of them is needed."""

    @cache
    def extents() -> dict[int, Box]:
        shapes = AreaShape.objects.filter(edition__in=AreaEdition.objects.active().of(municipality))
        boxes = shapes.order_by().values("edition").annotate(around=Extent("geom"))
        return dict(boxes.values_list("edition", "around"))

    return extents


def _extent(extents: Callable[[], dict[int, Box]], edition: AreaEdition) -> Callable[[], Box | None]:
    return lambda: extents().get(edition.pk)


def _constant(text: str) -> Callable[[], str]:
    return lambda: text


def _builder(edition: AreaEdition) -> Callable[[str], bytes]:
    return lambda variant: build(edition, variant)


def build(edition: AreaEdition, variant: str) -> bytes:
    """The boundaries of an edition as GeoJSON."""
    column = "overview_json" if variant == OVERVIEW else "geom_json"
    return collection_of_texts(feature_rows(edition).values_list("area__uuid", column, "properties"))


class Properties(Func):
    """A JSON object in the order of its members; quicker than JSONObject, which makes a binary one and prints it."""

    function = "json_build_object"
    output_field = JSONField()

    def __init__(self, **members: Any) -> None:
        super().__init__(*(part for name, value in members.items() for part in (Value(name), value)))


def feature_rows(edition: AreaEdition) -> Any:
    """The shapes of an edition with what a map says of each."""
    return (
        AreaShape.objects.filter(edition=edition)
        .annotate(coded=FilteredRelation("area__codes", condition=Q(area__codes__scheme=edition.kind.scheme)))
        .annotate(
            properties=Properties(
                slug=F("area__slug"),
                name=F("area__name"),
                code=F("coded__code"),
                area_ha=Rounded(F("area_m2") / 10_000.0, decimals=2),
                label_lon=Rounded(Func(F("label_point"), function="ST_X"), decimals=5),
                label_lat=Rounded(Func(F("label_point"), function="ST_Y"), decimals=5),
            )
        )
        .order_by("area__name", "area__slug")
    )


class Rounded(Func):
    """A number with so many decimals, as floating point all the way: cheaper for each row than over numeric."""

    arity = 1
    output_field = FloatField()

    def __init__(self, expression: Any, *, decimals: int) -> None:
        unit = f"float8 '1e{decimals}'"
        super().__init__(expression, template=f"round((%(expressions)s) * {unit}) / {unit}")


layer_sources.register(LayerSource(name="areas.areas", layers=area_layers, order=10))
