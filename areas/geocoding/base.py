"""What every geocoder speaks: suggestions to choose from, places, and what lies at a point."""

import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from areas.addresses.words import TypedAddress, box_key, number_key, street_key
from areas.models.address import address_line


class Precision(Enum):
    """How precisely a place is known; it stays with the place."""

    ADDRESS = "address"
    STREET = "street"
    AREA = "area"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something that may be meant, to choose from: it leads to `url`, or `text` is asked when it is chosen."""

    text: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place that a geocoder knows, with what it says of the address there; `source` is who says so."""

    lon: float
    lat: float
    precision: Precision
    source: str
    street: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    locality: str = ""
    address: uuid.UUID | None = None  # in our own table

    @property
    def label(self) -> str:
        """The address on one line."""
        return address_line(self.street, self.number, self.box, self.postcode, self.locality)

    @property
    def house(self) -> tuple[str, str, str, str]:
        """Which house it is: the same street in two villages is two."""
        return street_key(self.street), number_key(self.number), self.postcode, street_key(self.locality)

    def is_meant_by(self, typed: TypedAddress) -> bool:
        """Whether street and number are what was typed, and postcode and box do not say otherwise; nothing near it counts."""
        if self.precision is not Precision.ADDRESS or self.number_key != typed.number_key:
            return False
        if typed.street and street_key(self.street) != typed.street_key:
            return False
        if typed.postcode and self.postcode and not self.postcode.startswith(typed.postcode):
            return False
        if not typed.street and self.postcode != typed.postcode:
            return False
        return not (typed.box and self.box and box_key(self.box) != box_key(typed.box))

    @property
    def number_key(self) -> str:
        """The house number, folded."""
        return number_key(self.number)


class Geocoder(Protocol):
    """Who knows addresses of a municipality; whether what it answers counts is judged by `areas.geocoding.judge`."""

    name: str

    def suggest(self, typed: TypedAddress) -> list[Suggestion]:
        """What may be meant, the best first."""
        ...

    def resolve(self, typed: TypedAddress) -> list[Place]:
        """The places that fit, the best first."""
        ...

    def reverse(self, lon: float, lat: float) -> Place | None:
        """The address nearest to a point, when there is one close by."""
        ...
