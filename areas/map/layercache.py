"""What this process remembers of map layers: which there are and of which version, for a moment; the bytes, for longer."""

from dataclasses import dataclass

from django.core.cache import cache

from core.remembered import forget_answers

SECONDS = 5
BYTES_SECONDS = 3600


@dataclass(frozen=True)
class LayerState:
    """A layer as the address needs to know it: the version of its content and the variants it has."""

    version: str
    variants: tuple[str, ...]


def remembered_states(municipality_id: int) -> dict[str, LayerState] | None:
    """The layers of a municipality by slug, when they were looked up a moment ago."""
    states: dict[str, LayerState] | None = cache.get(f"layers:{municipality_id}")
    return states


def remember_states(municipality_id: int, states: dict[str, LayerState]) -> None:
    """Keep the layers for a moment."""
    cache.set(f"layers:{municipality_id}", states, SECONDS)


def forget_layers(municipality_id: int) -> None:
    """Called when what is on the map changes, so that this process shows it at once; others follow within seconds."""
    cache.delete(f"layers:{municipality_id}")
    forget_answers()


def remembered_bytes(municipality_id: int, layer: str, variant: str, version: str) -> bytes | None:
    """The compressed layer, when this process has it."""
    gzipped: bytes | None = cache.get(_key(municipality_id, layer, variant, version))
    return gzipped


def remember_bytes(municipality_id: int, layer: str, variant: str, version: str, gzipped: bytes) -> None:
    """Keep the compressed layer."""
    cache.set(_key(municipality_id, layer, variant, version), gzipped, BYTES_SECONDS)


def _key(municipality_id: int, layer: str, variant: str, version: str) -> str:
    return f"layerbytes:{municipality_id}:{layer}:{variant}:{version}"
