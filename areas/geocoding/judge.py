"""Whether what a geocoder found counts: never a guessed pin.

A hit counts only when its street and number are what was typed, when it lies within the municipality's boundaries, and when no
other house there is called the same. Anything else is a suggestion, or nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.gis.geos import Point

from areas.addresses.words import TypedAddress, street_key
from areas.geocoding.base import Place
from areas.locate import areas_at
from areas.models import Area, Municipality


@dataclass(frozen=True)
class Judged:
    """A place that counts so far, with the areas it lies in, from large to small kinds."""

    place: Place
    areas: dict[str, Area]


def judged(places: Iterable[Place], typed: TypedAddress, municipality: Municipality) -> list[Judged]:
    """The houses that may be meant: one means that it is known, more that a person must choose."""
    houses: dict[tuple[str, str, str, str], Place] = {}
    for place in places:
        if place.is_meant_by(typed):
            houses.setdefault(place.house, place)
    found = [Judged(place, areas_at(_point(place), municipality)) for place in houses.values()]
    inside = [one for one in found if one.areas]
    return _in_locality(inside, typed, municipality)


def _point(place: Place) -> Point:
    return Point(place.lon, place.lat, srid=4326)


def _in_locality(found: list[Judged], typed: TypedAddress, municipality: Municipality) -> list[Judged]:
    """Those in the village that was typed: the register's own word for it, or an area; elsewhere is no hit."""
    wanted = street_key(typed.locality)
    if not wanted:
        return found
    there = [
        one
        for one in found
        if wanted == street_key(one.place.locality)
        or wanted in {street_key(area.name) for area in one.areas.values()}
    ]
    if there or wanted != street_key(municipality.name):
        return there
    return found
