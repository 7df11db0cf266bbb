"""Work locations on the map."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, F, OuterRef, Value, When
from django.db.models.functions import Concat, Trim
from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.map.things import Reading, point_layer
from core.layers import LayerFilter, LayerOrigin, LayerRow, LayerSource, MapLayer, layer_sources
from workplaces.filters import services
from workplaces.models import ServiceOffer, WorkLocation, WorkLocationQuerySet

LAYER = "werklocaties"
APPROXIMATE = (WorkLocation.Precision.STREET, WorkLocation.Precision.VILLAGE)


def properties() -> dict[str, Any]:
    """What the map knows of each location beside its name."""
    offers = ServiceOffer.objects.filter(location=OuterRef("pk")).order_by("service__slug")
    return {
        "address": Trim(Concat(F("street"), Value(" "), F("house_number"))),
        "precision": F("precision"),
        "approximate": Case(
            When(precision__in=APPROXIMATE, then=True), default=False, output_field=BooleanField()
        ),
        "services": ArraySubquery(offers.values("service__slug")),
        "url": Concat(Value(reverse("workplaces:list")), F("slug"), Value("/")),
    }


def row(location: WorkLocation) -> LayerRow:
    """A location in a list."""
    return LayerRow(
        slug=location.slug,
        title=location.name,
        detail=location.full_address,
        note="" if location.point else gettext_lazy("not on the map"),
        is_approximate=location.is_approximate,
    )


def panel(location: WorkLocation) -> Mapping[str, Any]:
    """What the panel says of one."""
    return {"location": location}


def with_service(*, queryset: Any, value: str) -> WorkLocationQuerySet:
    """Those that offer a service."""
    found: WorkLocationQuerySet = queryset.with_service(value)
    return found


BY_SERVICE = LayerFilter(
    parameter="dienst",
    member="services",
    title=gettext_lazy("Where can I go for"),
    everything=gettext_lazy("Every service"),
    choices=services,
    narrow=with_service,
    heading=gettext_lazy("Here for: %(choice)s"),
    nothing=gettext_lazy(
        "Nothing here for this service. Choose another service, or look at a neighbouring area."
    ),
)


def layers(*, municipality: Any) -> Iterable[MapLayer]:
    """The layer of the work locations."""
    page = reverse("workplaces:list")
    yield point_layer(
        WorkLocation.objects.of(municipality).in_use(),
        slug=LAYER,
        title=gettext_lazy("Work locations"),
        symbol="location",
        reading=Reading(
            properties=properties(),
            order=("locality", "name"),
            row=row,
            details=WorkLocationQuerySet.with_summary,
            template="workplaces/partials/map_panel.html",
            context=panel,
        ),
        origin=LayerOrigin(source=municipality.full_name),
        page=page,
        page_words=gettext_lazy("CSV and Excel, with the filter that you choose."),
        pages=page,
        named_by=("name", "address"),
        filters=(BY_SERVICE,),
        heading=gettext_lazy("Here you can go"),
        nothing=gettext_lazy("No work location here. The municipality helps you too."),
    )


layer_sources.register(
    LayerSource(
        name="workplaces.locations",
        layers=layers,
        geometry="point",
        slugs=(LAYER,),
        chosen_by="locatie",
        order=50,
    )
)
