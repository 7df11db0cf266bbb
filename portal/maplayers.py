"""The layers of things on the map page: which there are, which are on, how they are narrowed, and their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.layers import THINGS, Chosen, FilterChoice, LayerRow, MapLayer, chosen_in, filter_choice, layers_of
from portal.mapstate import MapState

MOST_DRAWN = 300  # of each layer, on the drawn map


@dataclass(frozen=True)
class LayerChoice:
    """A layer that can be switched: `count` is how many things it has, `rows` the first of them when it is on."""

    layer: MapLayer
    count: int | None
    is_on: bool
    filters: Sequence[FilterChoice] = ()
    rows: Sequence[LayerRow] = ()

    @property
    def at_first(self) -> bool:
        """Whether it is on when nobody chose."""
        return self.layer.shown_at_first

    @property
    def chosen(self) -> Chosen:
        """What its filters are set to."""
        return chosen_in(self.filters)

    @property
    def has_all(self) -> bool:
        """Whether its rows are all there are."""
        return len(self.rows) < MOST_DRAWN

    @property
    def narrowed_to(self) -> FilterChoice | None:
        """The filter that is set; the first, when more than one is."""
        return next((one for one in self.filters if one.value), None)


def thing_layers(municipality: Any) -> list[MapLayer]:
    """The layers of what lies on the areas; without a query."""
    return list(layers_of(municipality, *THINGS))


def filter_names(layers: Iterable[MapLayer]) -> list[str]:
    """The words of the address that narrow these layers, each once."""
    return list(dict.fromkeys(one.parameter for layer in layers for one in layer.filters))


def layer_choices(municipality: Any, layers: Iterable[MapLayer], state: MapState) -> list[LayerChoice]:
    """The layers as the address has them; a query for the rows and for each filter, seldom one for the number."""
    return [_choice(municipality, layer, state) for layer in layers]


def _choice(municipality: Any, layer: MapLayer, state: MapState) -> LayerChoice:
    filters = [
        filter_choice(one, municipality, state.filters.get(one.parameter, "")) for one in layer.filters
    ]
    is_on, chosen = layer.is_on(state.layers), chosen_in(filters)
    rows = layer.rows(chosen=chosen, area=None, limit=MOST_DRAWN) if layer.rows and is_on else ()
    return LayerChoice(layer, _count(layer, rows, is_whole=is_on and not chosen), is_on, filters, rows)


def _count(layer: MapLayer, rows: Sequence[LayerRow], *, is_whole: bool) -> int | None:
    """How many things have a place; asked only when that is not seen from the rows."""
    if is_whole and layer.rows and len(rows) < MOST_DRAWN:
        return sum(row.place is not None for row in rows)
    return layer.count() if layer.count else None
