"""From a typed address to a place: first at home, outside only when the municipality chose so, never guessed."""

from areas.geocoding.base import Geocoder, Place, Precision, Suggestion
from areas.geocoding.chain import Answer, find_place

__all__ = ["Answer", "Geocoder", "Place", "Precision", "Suggestion", "find_place"]
