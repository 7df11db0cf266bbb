"""Map layers: shown on the map, chosen on it (`kies=<layer>:<slug>`), and asked at `/kaartlagen/<layer>.geojson` and `/ogc/`.

What is registered here is open to everybody: a layer that only some may see has no place here. An app needs one `layers.py`; the
builders of `areas.map.things` make layers of points, lines and polygons from a queryset.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from core.filters import FilterChoices, Narrow
from core.registry import RegistrationError, Registry

FULL = "full"  # the variant that leaves nothing out
Geometry = Literal["area", "point", "line", "polygon", "mixed"]
THINGS: tuple[Geometry, ...] = ("point", "line", "polygon", "mixed")  # what lies on the areas
Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Chosen = Mapping[str, str]  # what filters are set to, by parameter
CHOICE = "kies"  # the parameter that says what is chosen
LAYERS = "lagen"  # the parameter that says which layers are on
MOST_NAMES = 50  # of layers in an address: each is written in every link of the map
WORD = re.compile(r"[\w-]{0,80}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class LayerOrigin:
    """Where a layer comes from: what people must know, and name, who take it along."""

    source: str = ""
    licence: str = ""
    credit: str = ""
    as_of: dt.date | None = None
    is_schematic: bool = False


@dataclass(frozen=True, kw_only=True)
class LayerFilter:
    """A choice beside the map that narrows a layer: `parameter` in the address ("dienst"), `everything` when nothing is chosen.

    `member` is the property of a feature (a text, or a list of them) in which the value stands. `heading` (with `%(choice)s`) and
    `nothing` stand above the rows of a panel, and in their place when nothing fits.
    """

    parameter: str
    member: str
    title: str | Promise
    everything: str | Promise
    choices: FilterChoices
    narrow: Narrow
    heading: str | Promise = ""
    nothing: str | Promise = ""


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


@dataclass(frozen=True, kw_only=True)
class LayerRow:
    """A thing of a layer as a row of a list, and as a sign on the drawn map: `place` is a geometry in degrees, or None.

    `mark` is how a numbered sign looks (`core.templatetags.marks`), which stands instead of that of the layer, with its `number`;
    its features say the same as `look` and `number`. `areas` are the slugs of the areas that a thing without a place is for.
    """

    slug: str
    title: str
    detail: str = ""
    note: str | Promise = ""
    url: str = ""
    place: Any = None
    is_approximate: bool = False
    mark: str = ""
    number: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LayerThing:
    """One thing of a layer as its panel shows it: its row above, and inside what `template` makes of `context`; "" for nothing."""

    row: LayerRow
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


class Version(Protocol):
    """A short text that changes when the content does; one cheap query at most."""

    def __call__(self) -> str: ...


class Build(Protocol):
    """A variant as the bytes of GeoJSON (RFC 7946, CRS84, six decimals), made inside PostgreSQL."""

    def __call__(self, *, variant: str) -> bytes: ...


class Number(Protocol):
    """How many things there are; one query at most."""

    def __call__(self) -> int: ...


class Extent(Protocol):
    """The box around everything; None when there is nothing."""

    def __call__(self) -> Box | None: ...


class Rows(Protocol):
    """The first things as the filters have it, in an area (everywhere, when it is None); one query."""

    def __call__(self, *, chosen: Chosen, area: Any, limit: int) -> Sequence[LayerRow]: ...


class FindThing(Protocol):
    """One thing by its word in addresses, or None; one query."""

    def __call__(self, *, slug: str) -> LayerThing | None: ...


class Counted(Protocol):
    """How many things lie in each area, by its primary key, as the filters have it; one query."""

    def __call__(self, *, areas: Sequence[Any], chosen: Chosen) -> Mapping[int, int]: ...


@dataclass(frozen=True, kw_only=True)
class MapLayer:
    """One layer of a municipality.

    `page` lists its things for people, and `page_words` say what else can be had there; the page of each has the `slug` of its
    properties behind `pages`. `named_by` are the properties that together name a feature. An area's panel says `heading` above what
    lies in it, and `nothing` when that is nothing; without, the layer is left out there.
    """

    slug: str
    title: str | Promise
    geometry: Geometry
    version: Version
    build: Build
    variants: tuple[str, ...] = (FULL,)
    symbol: str = ""
    count: Number | None = None
    shown_at_first: bool = True
    origin: LayerOrigin = LayerOrigin()
    page: str = ""
    page_words: str | Promise = ""
    pages: str = ""
    extent: Extent | None = None
    named_by: tuple[str, ...] = ("name",)
    filters: tuple[LayerFilter, ...] = ()
    rows: Rows | None = None
    thing: FindThing | None = None
    counted: Counted | None = None
    heading: str | Promise = ""
    nothing: str | Promise = ""

    def is_on(self, named: Collection[str] | None) -> bool:
        """Whether it is on for an address that names these layers, or none."""
        return self.shown_at_first if named is None else self.slug in named


class LayersIn(Protocol):
    """The layers of a municipality, without a query for those of things."""

    def __call__(self, *, municipality: Any) -> Iterable[MapLayer]: ...


class LayerOf(Protocol):
    """The layer in which a thing is, by its word in addresses; "" when it is in none."""

    def __call__(self, *, municipality: Any, slug: str) -> str: ...


@dataclass(frozen=True, kw_only=True)
class LayerSource:
    """What an app puts on the map of a municipality: layers of one geometry.

    `slugs` are the names of its layers, which nobody else may bear; only the areas, whose kinds a municipality names itself, say
    none. Addresses from before `kies` chose its things with `chosen_by` ("locatie"); `layer_of` says in which of
    several layers such a thing is.
    """

    name: str
    layers: LayersIn
    geometry: Geometry
    slugs: tuple[str, ...] = ()
    chosen_by: str = ""
    layer_of: LayerOf | None = None
    order: int = 100


layer_sources: Registry[LayerSource] = Registry(LayerSource, "layers")


def layers_of(municipality: Any, *geometries: Geometry) -> Iterator[MapLayer]:
    """Every layer of a municipality, in order; those of some geometries, without asking the sources of others.

    A kind of areas that bore a name before an app claimed it keeps its address, and the newcomer waits: a check says so.
    """
    known: set[str] = set()
    for source in layer_sources:
        if geometries and source.geometry not in geometries:
            continue
        for layer in source.layers(municipality=municipality):
            if source.geometry != "area" and layer.slug not in source.slugs:
                raise RegistrationError(f"LayerSource {source.name!r} does not name its layer {layer.slug!r}")
            if layer.slug not in known:
                known.add(layer.slug)
                yield layer


def layer_names() -> dict[str, str]:
    """The names that layers of things bear, each with its source; no kind of areas may be called so."""
    return {slug: source.name for source in layer_sources for slug in source.slugs}


def named_layers(query: QueryDict) -> tuple[str, ...] | None:
    """The layers that an address has on, each once; None when it says nothing of them."""
    if LAYERS not in query:
        return None
    names = [name for part in query.getlist(LAYERS) for name in part.split(",")]
    return tuple(dict.fromkeys(name for name in names if name and WORD.fullmatch(name)))[:MOST_NAMES]


def filter_choice(one: LayerFilter, municipality: Any, value: str) -> FilterChoice:
    """A filter as an address sets it; an unknown word filters nothing, so that an old address still works. One query."""
    choices = one.choices(municipality=municipality)
    return FilterChoice(one, choices, value if value in dict(choices) else "")


def chosen_in(choices: Iterable[FilterChoice]) -> Chosen:
    """What filters are set to, by parameter."""
    return {one.filter.parameter: one.value for one in choices if one.value}


def choice_of(layer: str, slug: str) -> str:
    """How an address names a thing of a layer."""
    return f"{layer}:{slug}"


def map_url(layer: str, slug: str) -> str:
    """Where a thing is chosen on the map."""
    return f"{reverse('portal:map')}?{CHOICE}={choice_of(layer, slug)}"
