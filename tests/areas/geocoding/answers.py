"""Answers of the services outside: constructed from their documentation, not recorded; the places lie in Proefdorp."""

from typing import Any

FLANDERS = "https://geo.api.vlaanderen.be/geolocation/v4"
PDOK = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"


def location(
    street: str = "Vrijheid", number: str = "149", at: tuple[float, float] = (4.72, 51.45), **fields: Any
) -> dict[str, Any]:
    """One row of Geolocation v4."""
    lon, lat = at
    return {
        "Municipality": "Proefdorp",
        "Zipcode": "9990",
        "Thoroughfarename": street,
        "Housenumber": number,
        "ID": 1,
        "FormattedAddress": f"{street} {number}, 9990 Proefdorp",
        "Location": {"Lat_WGS84": lat, "Lon_WGS84": lon, "X_Lambert72": 0.0, "Y_Lambert72": 0.0},
        "LocationType": "basisregisters_huisnummer_afgeleidVanGebouweenheid",
        "BoundingBox": {"LowerLeft": {}, "UpperRight": {}},
        **fields,
    }


def locations(*rows: dict[str, Any]) -> dict[str, Any]:
    """The answer of /Location."""
    return {"LocationResult": list(rows)}


def doc(
    street: str = "Dorpsstraat", number: int = 12, at: tuple[float, float] = (4.72, 51.45), **fields: Any
) -> dict[str, Any]:
    """One row of the Locatieserver."""
    return {
        "type": "adres",
        "straatnaam": street,
        "huisnummer": number,
        "huisletter": "A",
        "postcode": "7551AB",
        "woonplaatsnaam": "Proefdorp",
        "centroide_ll": f"POINT({at[0]} {at[1]})",
        **fields,
    }


def docs(*rows: dict[str, Any]) -> dict[str, Any]:
    """The answer of /free and /reverse."""
    return {"response": {"numFound": len(rows), "start": 0, "docs": list(rows)}}
