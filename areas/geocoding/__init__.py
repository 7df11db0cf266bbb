"""From a typed address to a place: first at home, outside only when the municipality chose so, never guessed."""

from areas.geocoding.base import Geocoder, Place, Precision, Suggestion
from areas.geocoding.chain import Answer, address_at, find_place, outside_for, register_outside

__all__ = [
    "Answer",
    "Geocoder",
    "Place",
    "Precision",
    "Suggestion",
    "address_at",
    "find_place",
    "outside_for",
    "register_outside",
]
