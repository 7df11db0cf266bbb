"""Geolocation v4 of the Flemish government, over the address register of Flanders and Brussels."""

from typing import Any

from areas.addresses.words import TypedAddress
from areas.geocoding.base import Place, Precision, Suggestion
from areas.geocoding.outside import OutsideGeocoder, asked_about, folded, nearest, number_of_degrees, rounded

MOST, SUGGESTED = 10, 5


class FlandersGeocoder(OutsideGeocoder):
    """Asks geo.api.vlaanderen.be."""

    name = "flanders"
    title = "Adressenregister Vlaanderen"
    host = "geo.api.vlaanderen.be"

    def suggest(self, typed: TypedAddress) -> list[Suggestion]:
        params = {"q": asked_about(typed), "c": str(SUGGESTED)}
        return self.ask("/geolocation/v4/Suggestion", params, key=folded(typed), read=_suggestions)

    def resolve(self, typed: TypedAddress) -> list[Place]:
        params = {"q": asked_about(typed), "c": str(MOST)}
        return self.ask("/geolocation/v4/Location", params, key=folded(typed), read=_places)

    def reverse(self, lon: float, lat: float) -> Place | None:
        here = rounded(lon, lat)
        found = self.ask("/geolocation/v4/Location", {"latlon": here, "c": "1"}, key=here, read=_places)
        return nearest(found, lon, lat)


def _suggestions(answer: Any) -> list[Suggestion]:
    return [Suggestion(text=str(text)[:200]) for text in answer["SuggestionResult"][:SUGGESTED]]


def _places(answer: Any) -> list[Place]:
    return [_place(found) for found in answer["LocationResult"][:MOST]]


def _place(found: dict[str, Any]) -> Place:
    number = _text(found, "Housenumber")
    return Place(
        lon=number_of_degrees(found["Location"]["Lon_WGS84"], most=180),
        lat=number_of_degrees(found["Location"]["Lat_WGS84"], most=90),
        precision=_precision(_text(found, "LocationType"), number),
        source=FlandersGeocoder.title,
        street=_text(found, "Thoroughfarename"),
        number=number,
        postcode=_text(found, "Zipcode"),
        locality=_text(found, "Municipality"),
    )


def _precision(kind: str, number: str) -> Precision:
    """The kind starts with the register it came from: crab_huisnummer…, basisregisters_huisnummer…"""
    _register, _sign, what = kind.lower().partition("_")
    if what.startswith("huisnummer") and number and "interpol" not in what:
        return Precision.ADDRESS
    return Precision.STREET if what.startswith(("straat", "huisnummer")) else Precision.AREA


def _text(found: dict[str, Any], name: str) -> str:
    return str(found.get(name) or "")[:120]
