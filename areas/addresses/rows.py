"""A row of a register as an address, or the reason why it is none."""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.addresses.words import postcode_of, street_key
from areas.models import Municipality
from core.verbs import Refused

WGS84, LAMBERT_72, LAMBERT_2008, RD_NEW = 4326, 31370, 3812, 28992
# Where the coordinates of each grid lie in Belgium and the Netherlands: west, south, east, north.
RANGES = {
    WGS84: (2.3, 49.4, 7.4, 53.8),
    LAMBERT_72: (20_000, 20_000, 300_000, 250_000),
    LAMBERT_2008: (500_000, 500_000, 800_000, 760_000),
    RD_NEW: (0, 300_000, 300_000, 630_000),
}
NEEDED = ("street", "house_number")
LENGTHS = {"register_id": 60, "street": 120, "house_number": 12, "box": 12, "locality": 80}
DIGITS = re.compile(r"\d{1,5}(?!\d)")

REASONS: dict[str, str | Promise] = {
    "no-street": gettext_lazy("the street is missing"),
    "no-number": gettext_lazy("the house number is missing or is no number"),
    "no-place": gettext_lazy("the coordinates are missing or no numbers"),
    "far": gettext_lazy("the coordinates lie outside Belgium and the Netherlands"),
    "too-long": gettext_lazy("a text is too long"),
    "postcode": gettext_lazy("the postcode is none"),
    "outside": gettext_lazy("it lies outside the boundaries of the municipality"),
    "twice": gettext_lazy("it is there twice"),
    "incomplete": gettext_lazy("the street, the village or the place is not in the extract"),
}


class AddressFileRefused(Refused):
    """A file that cannot be read as addresses."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "unreadable")


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is refused: its number in the file, why, and which one it is."""

    line: int
    reason: str
    register_id: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A row that can be an address, with its coordinates as the file gives them."""

    line: int
    register_id: str
    street: str
    house_number: str
    box: str
    postcode: str
    locality: str
    x: float
    y: float
    srid: int


@dataclass(frozen=True)
class Register:
    """How a register is called and how it calls its columns."""

    title: str
    licence: str
    columns: Mapping[str, tuple[str, ...]]

    def places_of(self, head: Iterable[str]) -> dict[str, str]:
        """Which column of a file holds what; raises AddressFileRefused when one that is needed is missing."""
        names = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in head}
        found = {
            field: names[spelling]
            for field, spellings in self.columns.items()
            for spelling in reversed(spellings)
            if spelling in names
        }
        missing = [self.columns[field][0] for field in NEEDED if field not in found]
        if not ({"x", "y"} <= found.keys() or {"lon", "lat"} <= found.keys()):
            missing.append("x, y")
        if missing:
            raise AddressFileRefused(
                _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
            )
        return found


@cache
def registers() -> dict[str, Register]:
    """The register of each country."""
    data = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
    return {
        country: Register(
            one["title"], one["licence"], {name: tuple(words) for name, words in one["columns"].items()}
        )
        for country, one in data.items()
    }


class RowReader:
    """Makes addresses of the rows of a table, and skips those of other municipalities."""

    def __init__(self, municipality: Municipality, places: Mapping[str, str]) -> None:
        self.municipality = municipality
        self.places = places
        self.skipped = 0

    def read(self, line: int, cells: Mapping[str, Any]) -> AddressRow | Fault | None:
        """The address of a row, why it is none, or nothing when it is of another municipality."""
        values = {field: _text(cells.get(column)) for field, column in self.places.items()}
        if not self._is_ours(values):
            self.skipped += 1
            return None
        if {"lon", "lat"} <= values.keys():
            x, y, srid = _number(values["lon"]), _number(values["lat"]), WGS84
        else:
            x, y = _number(values["x"]), _number(values["y"])
            srid = srid_of(self.municipality, x, y)
        return address_row(
            line,
            register_id=values.get("register_id", ""),
            street=values["street"],
            house_number=values["house_number"] + values.get("letter", ""),
            box=values.get("box", ""),
            postcode=values.get("postcode", ""),
            locality=values.get("locality") or values.get("municipality") or self.municipality.name,
            at=(x, y),
            srid=srid,
        )

    def _is_ours(self, values: Mapping[str, str]) -> bool:
        """Told by the code when there is one, else by the name; a file without either is all ours."""
        code = re.sub(r"\D", "", values.get("municipality_code", ""))
        if code:
            return code.zfill(4) == self.municipality.code
        name = values.get("municipality", "")
        return not name or street_key(name) in {
            street_key(self.municipality.name), street_key(self.municipality.full_name)
        }  # fmt: skip


def address_row(
    line: int,
    *,
    register_id: str,
    street: str,
    house_number: str,
    box: str,
    postcode: str,
    locality: str,
    at: tuple[float, float],
    srid: int,
) -> AddressRow | Fault:
    """An address of its parts, or what is wrong with them."""
    box = box.lstrip("0")
    code = postcode_of(postcode)
    texts = {
        "register_id": register_id, "street": street, "house_number": house_number, "box": box, "locality": locality,
    }  # fmt: skip
    reason = ""
    if any(len(text) > LENGTHS[name] for name, text in texts.items()):
        reason = "too-long"
    elif not street_key(street):
        reason = "no-street"
    elif not DIGITS.match(house_number):
        reason = "no-number"
    elif postcode and not code:
        reason = "postcode"
    elif not all(math.isfinite(number) for number in at):
        reason = "no-place"
    elif not _is_within(at, RANGES[srid]):
        reason = "far"
    if reason:
        return Fault(line, reason, register_id[:60], f"{street} {house_number}".strip()[:100])
    return AddressRow(line, register_id, street, house_number, box, code, locality, *at, srid)


def srid_of(municipality: Municipality, x: float, y: float) -> int:
    """The grid of a pair of coordinates: that of the country, told apart in Belgium by their size."""
    if municipality.country == Municipality.Country.NETHERLANDS:
        return RD_NEW
    return LAMBERT_2008 if _is_within((x, y), RANGES[LAMBERT_2008]) else LAMBERT_72


def _is_within(at: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _text(value: Any) -> str:
    """A cell as text: no control characters, and whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan
