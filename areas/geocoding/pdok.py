"""The Locatieserver v3_1 of PDOK, over the Dutch register of addresses and buildings (BAG). It always has a best guess."""

import re
from typing import Any

from areas.addresses.words import TypedAddress, postcode_of
from areas.geocoding.base import Place, Precision, Suggestion
from areas.geocoding.outside import OutsideGeocoder, asked_about, folded, nearest, number_of_degrees, rounded

MOST, SUGGESTED = 10, 5
PATH = "/bzk/locatieserver/search/v3_1"
FIELDS = "type,straatnaam,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaatsnaam,centroide_ll"
POINT = re.compile(r"POINT\s?\((-?[\d.]+) (-?[\d.]+)\)")
PRECISIONS = {"adres": Precision.ADDRESS, "weg": Precision.STREET}


class PdokGeocoder(OutsideGeocoder):
    """Asks api.pdok.nl."""

    name = "pdok"
    title = "BAG (PDOK)"
    host = "api.pdok.nl"

    def suggest(self, typed: TypedAddress) -> list[Suggestion]:
        params = {"q": asked_about(typed), "fq": "type:adres", "rows": str(SUGGESTED)}
        return self.ask(f"{PATH}/suggest", params, key=folded(typed), read=_suggestions)

    def resolve(self, typed: TypedAddress) -> list[Place]:
        params = {"q": asked_about(typed), "fq": "type:adres", "fl": FIELDS, "rows": str(MOST)}
        return self.ask(f"{PATH}/free", params, key=folded(typed), read=_places)

    def reverse(self, lon: float, lat: float) -> Place | None:
        params = {"lat": f"{lat:.5f}", "lon": f"{lon:.5f}", "type": "adres", "rows": "1", "fl": FIELDS}
        found = self.ask(f"{PATH}/reverse", params, key=rounded(lon, lat), read=_places)
        return nearest(found, lon, lat)


def _suggestions(answer: Any) -> list[Suggestion]:
    return [Suggestion(text=str(doc["weergavenaam"])[:200]) for doc in answer["response"]["docs"][:SUGGESTED]]


def _places(answer: Any) -> list[Place]:
    return [_place(doc) for doc in answer["response"]["docs"][:MOST]]


def _place(doc: dict[str, Any]) -> Place:
    point = POINT.fullmatch(doc["centroide_ll"])
    if point is None:
        raise ValueError(doc["centroide_ll"])
    return Place(
        lon=number_of_degrees(point[1], most=180),
        lat=number_of_degrees(point[2], most=90),
        precision=PRECISIONS.get(_text(doc, "type"), Precision.AREA),
        source=PdokGeocoder.title,
        street=_text(doc, "straatnaam"),
        number=_text(doc, "huisnummer") + _text(doc, "huisletter"),
        box=_text(doc, "huisnummertoevoeging"),
        postcode=postcode_of(_text(doc, "postcode")),
        locality=_text(doc, "woonplaatsnaam"),
    )


def _text(doc: dict[str, Any], name: str) -> str:
    value = doc.get(name)
    return "" if value is None else str(value)[:120]
