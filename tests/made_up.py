"""An app that is not there: benches, routes and meadows, which show themselves on the map with one `layers.py` of their own.

Its models are known to no registry of Django, so that no test of all models meets them; its tables are made for a test.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.contrib.gis.db import models
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from areas.map.things import Reading, line_layer, point_layer, polygon_layer
from areas.models import Municipality
from core.layers import LayerFilter, LayerOrigin, LayerRow, LayerSource, MapLayer, choice_of, layer_sources
from core.search import Hit, SearchSource, search_sources

ALONE = Apps()
WOOD, STEEL = "hout", "staal"


def _model(name: str, geometry: Any) -> Any:
    meta = type("Meta", (), {"app_label": "made_up", "apps": ALONE, "db_table": f"made_up_{name.lower()}"})
    fields = {
        "__module__": __name__,
        "Meta": meta,
        "uuid": models.UUIDField(default=uuid.uuid4, unique=True),
        "municipality": models.ForeignKey(Municipality, models.CASCADE, related_name="+"),
        "slug": models.SlugField(),
        "name": models.CharField(max_length=80),
        "made_of": models.CharField(max_length=10, default=WOOD),
        "place": geometry,
        "updated_at": models.DateTimeField(auto_now=True),
    }
    return type(name, (models.Model,), fields)


Bench = _model("Bench", models.PointField(null=True))
Route = _model("Route", models.LineStringField())
Meadow = _model("Meadow", models.MultiPolygonField())
MODELS = (Bench, Route, Meadow)


def materials(*, municipality: Any) -> Sequence[tuple[str, str]]:
    """What a bench may be made of."""
    return [(WOOD, "Hout"), (STEEL, "Staal")]


def of_material(*, queryset: Any, value: str) -> Any:
    """Those made of it."""
    return queryset.filter(made_of=value)


BY_MATERIAL = LayerFilter(
    parameter="stof",
    member="made_of",
    title="Gemaakt van",
    everything="Alles",
    choices=materials,
    narrow=of_material,
    heading="Van %(choice)s",
    nothing="Hier niet.",
)


def benches(*, municipality: Any) -> Iterable[MapLayer]:
    """Points, with a filter, rows of their own and a panel."""
    yield point_layer(
        Bench.objects.filter(municipality=municipality),
        slug="banken",
        title="Banken",
        symbol="council",
        place="place",
        reading=Reading(
            properties={"made_of": models.F("made_of")},
            row=lambda bench: LayerRow(slug=bench.slug, title=bench.name, detail=f"Van {bench.made_of}"),
            template="areas/partials/change_words.html",
            context=lambda bench: {"bench": bench},
        ),
        pages="/banken/",
        named_by=("name", "made_of"),
        filters=(BY_MATERIAL,),
        origin=LayerOrigin(source="Groendienst", licence="CC0"),
    )


def routes(*, municipality: Any) -> Iterable[MapLayer]:
    """Lines."""
    things = Route.objects.filter(municipality=municipality)
    yield line_layer(things, slug="routes", title="Routes", symbol="action", place="place")


def meadows(*, municipality: Any) -> Iterable[MapLayer]:
    """Polygons."""
    things = Meadow.objects.filter(municipality=municipality)
    yield polygon_layer(
        things, slug="weiden", title="Weiden", symbol="round", place="place", heading="Waar het groeit"
    )


def find(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Benches by name."""
    found = Bench.objects.filter(municipality=municipality, name__icontains=text)
    return [
        Hit(
            title=bench.name,
            url=f"/banken/{bench.slug}/",
            kind="Bank",
            choice=choice_of("banken", bench.slug),
            score=0.8,
        )
        for bench in found[:limit]
    ]


SOURCES = (
    LayerSource(name="made_up.benches", layers=benches, geometry="point", slugs=("banken",), order=60),
    LayerSource(name="made_up.routes", layers=routes, geometry="line", slugs=("routes",), order=61),
    LayerSource(name="made_up.meadows", layers=meadows, geometry="polygon", slugs=("weiden",), order=62),
)


@contextmanager
def installed() -> Iterator[None]:
    """The app with its tables, for as long as it takes."""
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    for source in SOURCES:
        layer_sources.register(source)
    search_sources.register(SearchSource(name="made_up.benches", title="Banken", find=find))
    try:
        yield
    finally:
        search_sources.unregister("made_up.benches")
        for source in SOURCES:
            layer_sources.unregister(source.name)
        connection.check_constraints()  # a table with a check that waits cannot go
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.delete_model(model)


def place(wkt: str) -> GEOSGeometry:
    """A geometry in degrees."""
    return GEOSGeometry(wkt, srid=4326)
