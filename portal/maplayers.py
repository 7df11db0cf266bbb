"""The layers of things on the map page: which there are, which are on, how they are narrowed, and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.layers import THINGS, LayerFilter, LayerRow, MapLayer, layers_of
from portal.mapstate import MapState

MOST_DRAWN = 300  # of each layer, on the drawn map


@dataclass(frozen=True)
class FilterChoice:
    """A filter with what can be chosen; `value` is "" when nothing is."""

    filter: LayerFilter
    choices: Sequence[tuple[str, str]]
    value: str

    @property
    def words(self) -> str:
        """What is chosen, as people call it."""
        return next((words for value, words in self.choices if value == self.value), "")

    @property
    def heading(self) -> str:
        """What stands above the rows of a panel."""
        return str(self.filter.heading) % {"choice": self.words} if self.filter.heading else self.words


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
    def chosen(self) -> Mapping[str, str]:
        """What its filters are set to."""
        return {one.filter.parameter: one.value for one in self.filters if one.value}

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
    filters = [_filter(municipality, one, state) for one in layer.filters]
    is_on = state.shows(layer.slug, at_first=layer.shown_at_first)
    chosen = {one.filter.parameter: one.value for one in filters if one.value}
    rows = layer.rows(chosen=chosen, area=None, limit=MOST_DRAWN) if layer.rows and is_on else ()
    return LayerChoice(layer, _count(layer, rows, is_whole=is_on and not chosen), is_on, filters, rows)


def _count(layer: MapLayer, rows: Sequence[LayerRow], *, is_whole: bool) -> int | None:
    """How many things have a place; asked only when that is not seen from the rows."""
    if is_whole and layer.rows and len(rows) < MOST_DRAWN:
        return sum(row.place is not None for row in rows)
    return layer.count() if layer.count else None


def _filter(municipality: Any, one: LayerFilter, state: MapState) -> FilterChoice:
    choices = one.choices(municipality=municipality)
    value = state.filters.get(one.parameter, "")
    return FilterChoice(one, choices, value if value in dict(choices) else "")
