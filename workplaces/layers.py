"""Work locations on the map."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.db.models import Extent
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Count, F, Max, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat, JSONObject, Trim
from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.map.geojson import cluster_variants, points
from core.layers import Box, LayerOrigin, LayerSource, MapLayer, layer_sources
from workplaces.models import ServiceOffer, WorkLocation, WorkLocationQuerySet

APPROXIMATE = (WorkLocation.Precision.STREET, WorkLocation.Precision.VILLAGE)


def rows(placed: WorkLocationQuerySet) -> QuerySet[Any, Any]:
    """What the map knows of each location."""
    offers = ServiceOffer.objects.filter(location=OuterRef("pk")).order_by("service__slug")
    props = JSONObject(
        slug=F("slug"),
        name=F("name"),
        address=Trim(Concat(F("street"), Value(" "), F("house_number"))),
        precision=F("precision"),
        approximate=Case(
            When(precision__in=APPROXIMATE, then=True), default=False, output_field=BooleanField()
        ),
        services=ArraySubquery(offers.values("service__slug")),
        url=Concat(Value(reverse("workplaces:list")), F("slug"), Value("/")),
    )
    return placed.annotate(props=props).order_by("name", "pk").values_list("uuid", "point", "props")


def layers(municipality: Any) -> Iterable[MapLayer]:
    """The layer of the work locations."""

    def placed() -> WorkLocationQuerySet:
        return WorkLocation.objects.of(municipality).in_use().filter(point__isnull=False)

    def version() -> str:
        # Every verb moves `updated_at`, also when only hours, services or teams changed.
        known = placed().aggregate(number=Count("pk"), moment=Max("updated_at"))
        return f"{known['number']}-{known['moment']:%Y%m%dT%H%M%S%f}" if known["moment"] else "0"

    def extent() -> Box | None:
        around: Box | None = placed().aggregate(around=Extent("point"))["around"]
        return around

    yield MapLayer(
        slug="werklocaties",
        title=gettext_lazy("Work locations"),
        geometry="point",
        version=version,
        build=lambda variant: points(rows(placed()), variant),
        variants=cluster_variants(),
        symbol="location",
        count=lambda: placed().count(),
        origin=LayerOrigin(source=municipality.full_name),
        page=reverse("workplaces:list"),
        pages=reverse("workplaces:list"),
        extent=extent,
    )


layer_sources.register(LayerSource(name="workplaces.locations", layers=layers, geometry="point", order=50))
