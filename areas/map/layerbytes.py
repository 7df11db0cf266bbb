"""Map layers as bytes: made once in PostgreSQL, compressed once, kept in the database and in this process."""

import gzip

from areas.map.layercache import (
    LayerState,
    remember_bytes,
    remember_states,
    remembered_bytes,
    remembered_states,
)
from areas.models import LayerBytes, Municipality
from core.layers import layers_of

LEVEL = 6


def layer_states(municipality: Municipality) -> dict[str, LayerState]:
    """The layers of a municipality by slug; without a query when they were looked up a moment ago."""
    states = remembered_states(municipality.pk)
    if states is None:
        states = {
            layer.slug: LayerState(layer.version(), tuple(layer.variants))
            for layer in layers_of(municipality)
        }
        remember_states(municipality.pk, states)
    return states


def gzipped_layer(municipality: Municipality, slug: str, variant: str, version: str) -> bytes:
    """A layer, compressed: remembered, read or made."""
    found = remembered_bytes(municipality.pk, slug, variant, version)
    if found is None:
        found = _kept(municipality, slug, variant, version) or _made(municipality, slug, variant, version)
        remember_bytes(municipality.pk, slug, variant, version, found)
    return found


def _kept(municipality: Municipality, slug: str, variant: str, version: str) -> bytes | None:
    kept = LayerBytes.objects.filter(
        municipality=municipality, layer=slug, variant=variant, version=version
    ).first()
    return bytes(kept.gzipped) if kept else None


def _made(municipality: Municipality, slug: str, variant: str, version: str) -> bytes:
    layer = next(layer for layer in layers_of(municipality) if layer.slug == slug)
    # No time in the header: the same content is the same bytes.
    gzipped = gzip.compress(layer.build(variant=variant), LEVEL, mtime=0)
    # Two builders at once write the same; an upsert lets the last one win instead of failing one of them.
    LayerBytes.objects.bulk_create(
        [
            LayerBytes(
                municipality=municipality, layer=slug, variant=variant, version=version, gzipped=gzipped
            )
        ],
        update_conflicts=True,
        unique_fields=["municipality", "layer", "variant"],
        update_fields=["version", "gzipped", "made_at"],
    )
    return gzipped
