"""Who is asked, and in which order: the municipality's own table, then the one outside that it chose, then the person."""

from dataclasses import dataclass, field

from django.conf import settings

from areas.addresses.words import TypedAddress, street_key, taken_apart
from areas.geocoding.base import Place, Suggestion
from areas.geocoding.flanders import FlandersGeocoder
from areas.geocoding.judge import Judged, judged
from areas.geocoding.leaving import question_of
from areas.geocoding.local import LocalGeocoder
from areas.geocoding.outside import NotAnswering, OutsideGeocoder
from areas.geocoding.pdok import PdokGeocoder
from areas.models import Area, Municipality

OUTSIDE: dict[str, type[OutsideGeocoder]] = {
    geocoder.name: geocoder for geocoder in (FlandersGeocoder, PdokGeocoder)
}
BY_COUNTRY = {Municipality.Country.BELGIUM: "flanders", Municipality.Country.NETHERLANDS: "pdok"}


@dataclass(frozen=True)
class Answer:
    """A place that is sure, with the areas it lies in; else what may be meant. Nothing at all: point at the map.

    `is_unavailable` says that the service outside was asked and did not answer, so that nothing is known for sure.
    """

    place: Place | None = None
    areas: dict[str, Area] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    is_unavailable: bool = False


def outside_for(municipality: Municipality) -> OutsideGeocoder | None:
    """The service outside that may be asked for this municipality; None by default."""
    chosen = settings.GEOCODER
    name = BY_COUNTRY[Municipality.Country(municipality.country)] if chosen == "auto" else chosen
    return OUTSIDE[name]() if name else None


def register_outside(text: str, municipality: Municipality) -> str:
    """The register outside that knows more of this text, by its title; nothing when it may not be asked."""
    outside = outside_for(municipality)
    return outside.title if outside is not None and question_of(text, municipality) else ""


def find_place(text: str, municipality: Municipality) -> Answer:
    """The place of a typed address."""
    typed = taken_apart(text)
    local = LocalGeocoder(municipality)
    found = judged(local.resolve(typed), typed, municipality)
    if found:
        return _answer(found)
    question = question_of(text, municipality)
    outside = outside_for(municipality)
    near = tuple(local.suggest(typed))
    if outside is None or question is None:
        return Answer(suggestions=near)
    try:
        found = judged(outside.resolve(question), typed, municipality)
        if found:
            return _answer(found)
        return Answer(suggestions=near or _suggested(outside, question, municipality))
    except NotAnswering:
        return Answer(suggestions=near, is_unavailable=True)


def address_at(lon: float, lat: float, municipality: Municipality) -> Place | None:
    """The address nearest to a point of which it is no secret that somebody asks: never the place of a visitor."""
    found = LocalGeocoder(municipality).reverse(lon, lat)
    outside = None if found else outside_for(municipality)
    if outside is None:
        return found
    try:
        return outside.reverse(lon, lat)
    except NotAnswering:
        return None


def _answer(found: list[Judged]) -> Answer:
    if len(found) == 1:
        return Answer(found[0].place, found[0].areas)
    return Answer(suggestions=tuple(Suggestion(text=one.place.label) for one in found))


def _suggested(
    outside: OutsideGeocoder, question: TypedAddress, municipality: Municipality
) -> tuple[Suggestion, ...]:
    """What the service thinks of, as far as it names a place of this municipality."""
    names = Area.objects.of(municipality).active().values_list("name", flat=True)
    ours = {street_key(name) for name in (municipality.name, *names)}
    found = outside.suggest(question)
    return tuple(one for one in found if street_key(taken_apart(one.text).locality) in ours)
