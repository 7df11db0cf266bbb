"""What `manage.py check` looks at besides Django's own: that what apps registered does not get in each other's way."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from core.layers import CHOICE, LAYERS, layer_sources

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What the address of the map says apart from the choices of layers.
RESERVED = frozenset({CHOICE, LAYERS, "soort", "cijfer", "periode", "z", "c"})


@register("layers")
def names_of_layers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every layer has a name of its own that an address can bear, and so has every old word for its things."""
    return [*_wrong_names(), *_wrong_words()]


def _wrong_names() -> Iterator[CheckMessage]:
    bearers = Counter(slug for source in layer_sources for slug in source.slugs)
    for source in layer_sources:
        if source.geometry != "area" and not source.slugs:
            yield Error(f"Layers of {source.name} have no names: say its slugs.", id="layers.E001")
        for slug in source.slugs:
            layer = f"Layer {slug!r} of {source.name}"
            if not NAME.fullmatch(slug):
                yield Error(f"{layer}: small letters, digits and hyphens.", id="layers.E002")
            if bearers[slug] > 1:
                yield Error(f"{layer}: another layer has this name.", id="layers.E003")


def _wrong_words() -> Iterator[CheckMessage]:
    words = Counter(source.chosen_by for source in layer_sources if source.chosen_by)
    for source in layer_sources:
        word = source.chosen_by
        if word in RESERVED or words[word] > 1:
            message = f"{source.name}: the address of the map means something else by {word!r}."
            yield Error(message, id="layers.E004")
