"""Benches on the map."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.map.things import point_layer
from benches.models import Bench
from core.layers import LayerSource, MapLayer, layer_sources


def layers(*, municipality: Any) -> Iterable[MapLayer]:
    """The layer of the benches."""
    page = reverse("benches:list")
    yield point_layer(
        Bench.objects.of(municipality), slug="banken", title=gettext_lazy("Benches"), symbol="action", page=page, pages=page,
    )  # fmt: skip


layer_sources.register(LayerSource(name="benches.map", layers=layers, geometry="point", slugs=("banken",)))
