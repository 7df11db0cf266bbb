"""Map layers: what can be shown on the map and asked at `/kaartlagen/<layer>.geojson` and `/ogc/`.

What is registered here is open to everybody: a layer that only some may see has no place here.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from core.registry import Registry

FULL = "full"  # the variant that leaves nothing out
Geometry = Literal["area", "point"]
Box = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True, kw_only=True)
class LayerOrigin:
    """Where a layer comes from: what people must know, and name, who take it along."""

    source: str = ""
    licence: str = ""
    credit: str = ""
    as_of: dt.date | None = None
    is_schematic: bool = False


@dataclass(frozen=True, kw_only=True)
class MapLayer:
    """One layer of a municipality.

    `version` is a short text that changes when the content does (one cheap query at most); `build` makes the GeoJSON bytes
    (RFC 7946, CRS84, six decimals) of a variant, inside PostgreSQL. `page` lists its things for people; the page of each has the
    `slug` of its properties behind `pages`. `extent` is the box around all of them.
    """

    slug: str
    title: str | Promise
    geometry: Geometry
    version: Callable[[], str]
    build: Callable[[str], bytes]
    variants: tuple[str, ...] = (FULL,)
    symbol: str = ""
    count: Callable[[], int] | None = None
    shown_at_first: bool = True
    origin: LayerOrigin = LayerOrigin()
    page: str = ""
    pages: str = ""
    extent: Callable[[], Box | None] | None = None


@dataclass(frozen=True, kw_only=True)
class LayerSource:
    """What an app puts on the map of a municipality: layers of one geometry."""

    name: str
    layers: Callable[[Any], Iterable[MapLayer]]
    geometry: Geometry
    order: int = 100


layer_sources: Registry[LayerSource] = Registry(LayerSource, "layers")


def layers_of(municipality: Any, geometry: Geometry | None = None) -> Iterator[MapLayer]:
    """Every layer of a municipality, in order; those of one geometry, without asking the sources of others."""
    for source in layer_sources:
        if geometry in (None, source.geometry):
            yield from source.layers(municipality)
