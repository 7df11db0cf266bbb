"""Addresses of the map from before one word said what is chosen: `gebied=meer` leads on to `kies=wijk:meer`."""

from typing import Any

from django.http import QueryDict

from core.layers import CHOICE, WORD, LayerSource, choice_of, layer_sources


def led_on(query: QueryDict, municipality: Any) -> str | None:
    """The query that says the same today; None when it does already. The layer that lies on top goes before the areas."""
    former = [source for source in layer_sources if source.chosen_by and source.chosen_by in query]
    if not former:
        return None
    today = query.copy()
    for source in former:
        del today[source.chosen_by]
    for source in reversed(former):
        word = str(query[source.chosen_by])
        slug = word if WORD.fullmatch(word) else ""
        layer = _layer_of(source, municipality, slug) if slug and CHOICE not in today else ""
        if layer:
            today[CHOICE] = choice_of(layer, slug)
    return today.urlencode(safe=":,/")


def _layer_of(source: LayerSource, municipality: Any, slug: str) -> str:
    return source.layer_of(municipality=municipality, slug=slug) if source.layer_of else source.slugs[0]
