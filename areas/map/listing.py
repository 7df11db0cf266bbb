"""What the map shows besides areas, as lists: the map is never the only way to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from core.layers import (
    THINGS,
    LayerRow,
    MapLayer,
    chosen_in,
    filter_choice,
    layers_of,
    map_url,
    named_layers,
)

MOST = 60


@dataclass(frozen=True)
class LayerList:
    """The first things of a layer, each with where it leads: its page, or else its place on the map."""

    layer: MapLayer
    rows: Sequence[tuple[LayerRow, str]]
    has_more: bool


def layer_lists(municipality: Any, query: QueryDict) -> Iterator[LayerList]:
    """The layers that the address has on, with the things that its filters leave; one query a layer and a filter that is set."""
    named = named_layers(query)
    for layer in layers_of(municipality, *THINGS):
        if not layer.is_on(named) or layer.rows is None:
            continue
        set_to = (
            filter_choice(one, municipality, str(query[one.parameter]))
            for one in layer.filters
            if query.get(one.parameter)
        )
        rows = layer.rows(chosen=chosen_in(set_to), area=None, limit=MOST + 1)
        if rows:
            led = [(row, row.url or map_url(layer.slug, row.slug)) for row in rows[:MOST]]
            yield LayerList(layer, led, len(rows) > MOST)
