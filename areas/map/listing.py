"""What the map shows besides areas, as lists: the map is never the only way to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from core.layers import THINGS, Chosen, LayerRow, MapLayer, layers_of, map_url

MOST = 60


@dataclass(frozen=True)
class LayerList:
    """The first things of a layer, each with where it leads: its page, or else its place on the map."""

    layer: MapLayer
    rows: Sequence[tuple[LayerRow, str]]
    has_more: bool


def layer_lists(municipality: Any, query: QueryDict) -> Iterator[LayerList]:
    """The layers that the address has on, with the things that its filters leave; one query a layer and a filter that is set."""
    shown = (
        [name for part in query.getlist("lagen") for name in part.split(",")] if "lagen" in query else None
    )
    for layer in layers_of(municipality, *THINGS):
        is_on = layer.shown_at_first if shown is None else layer.slug in shown
        if not is_on or layer.rows is None:
            continue
        rows = layer.rows(chosen=_chosen(municipality, layer, query), area=None, limit=MOST + 1)
        if rows:
            led = [(row, row.url or map_url(layer.slug, row.slug)) for row in rows[:MOST]]
            yield LayerList(layer, led, len(rows) > MOST)


def _chosen(municipality: Any, layer: MapLayer, query: QueryDict) -> Chosen:
    """What its filters are set to; an unknown word filters nothing, so that an old address still works."""
    asked = {one.parameter: one for one in layer.filters if query.get(one.parameter)}
    return {
        name: value
        for name, one in asked.items()
        if (value := str(query[name])) in dict(one.choices(municipality=municipality))
    }
