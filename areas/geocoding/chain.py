"""Who is asked, and in which order: the municipality's own table, then the one outside that it chose, then the person."""

from dataclasses import dataclass

from areas.addresses.words import taken_apart
from areas.geocoding.base import Place, Suggestion
from areas.geocoding.judge import Judged, judged
from areas.geocoding.local import LocalGeocoder
from areas.models import Area, Municipality


@dataclass(frozen=True)
class Answer:
    """A place that is sure with the areas it lies in; else what may be meant. Nothing at all: point at the map."""

    place: Place | None = None
    areas: dict[str, Area] | None = None
    suggestions: tuple[Suggestion, ...] = ()


def find_place(text: str, municipality: Municipality) -> Answer:
    """The place of a typed address."""
    typed = taken_apart(text)
    local = LocalGeocoder(municipality)
    found = judged(local.resolve(typed), typed, municipality)
    if found:
        return _answer(found)
    return Answer(suggestions=tuple(local.suggest(typed)))


def _answer(found: list[Judged]) -> Answer:
    if len(found) == 1:
        return Answer(found[0].place, found[0].areas)
    return Answer(suggestions=tuple(Suggestion(text=one.place.label) for one in found))
