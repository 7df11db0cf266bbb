"""Work locations on the map."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.layers import LayerSource, MapLayer, layer_sources
from workplaces.geojson import collection
from workplaces.models import WorkLocation

ZOOMS = range(9, 15)


def layers(municipality: Any) -> Iterable[MapLayer]:
    """The layer of the work locations."""
    placed = WorkLocation.objects.of(municipality).in_use().filter(point__isnull=False)

    def version() -> str:
        # Every verb moves `updated_at`, also when only hours, services or teams changed.
        known = placed.aggregate(number=Count("pk"), moment=Max("updated_at"))
        return f"{known['number']}-{known['moment']:%Y%m%dT%H%M%S%f}" if known["moment"] else "0"

    def build(variant: str) -> bytes:
        zoom = None if variant == "full" else int(variant.removeprefix("z"))
        return collection(
            municipality.pk,
            today=timezone.localdate().isoformat(),
            base=reverse("workplaces:list"),
            zoom=zoom,
        )

    yield MapLayer(
        slug="werklocaties",
        title=_("Work locations"),
        geometry="point",
        version=version,
        build=build,
        variants=("full", *(f"z{zoom}" for zoom in ZOOMS)),
        symbol="location",
        count=placed.count,
    )


layer_sources.register(LayerSource(name="workplaces.locations", layers=layers, order=50))
