"""The map layers of areas, registered."""

from areas.map.layers import area_layers
from core.layers import LayerSource, layer_sources

layer_sources.register(LayerSource(name="areas.areas", layers=area_layers, geometry="area", order=10))
