"""Map layers: what can be shown on the map and asked at `/kaartlagen/<layer>.geojson`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class MapLayer:
    """One layer of a municipality.

    `version` is a short text that changes when the content does (one cheap query at most); `build` makes the GeoJSON bytes
    (RFC 7946, CRS84, six decimals) of a variant, inside PostgreSQL.
    """

    slug: str
    title: str | Promise
    geometry: Literal["area", "point"]
    version: Callable[[], str]
    build: Callable[[str], bytes]
    variants: tuple[str, ...] = ("full",)
    symbol: str = ""
    count: Callable[[], int] | None = None
    shown_at_first: bool = True


@dataclass(frozen=True, kw_only=True)
class LayerSource:
    """What an app puts on the map of a municipality."""

    name: str
    layers: Callable[[Any], Iterable[MapLayer]]
    order: int = 100


layer_sources: Registry[LayerSource] = Registry(LayerSource, "layers")


def layers_of(municipality: Any) -> Iterator[MapLayer]:
    """Every layer of a municipality, in order."""
    for source in layer_sources:
        yield from source.layers(municipality)
