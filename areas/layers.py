"""The map layers of areas, registered."""

from areas.map.layers import area_layers, kind_of
from core.layers import LayerSource, layer_sources

layer_sources.register(
    LayerSource(
        name="areas.areas",
        layers=area_layers,
        geometry="area",
        chosen_by="gebied",
        layer_of=kind_of,
        order=10,
    )
)
