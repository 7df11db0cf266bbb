"""What every format of boundaries hands over: fields, rows of values, rings of points; and the bounds on all of them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.rings import Polygons
from areas.importers.systems import Declared

MAX_ROWS = 100_000  # in a file; those of other municipalities are skipped before their boundary is read
MAX_VERTICES = 500_000


@dataclass(frozen=True)
class Row:
    """The values of a feature by field; None when it is none at all."""

    number: int
    values: dict[str, Any] | None


@dataclass(frozen=True)
class Shape:
    """The rings of a feature, or why there are none; with what was done to them."""

    number: int
    polygons: Polygons | None
    why: str = ""
    repairs: tuple[str, ...] = ()
    is_flattened: bool = False  # it had heights or measures
    is_curved: bool = False  # it had arcs


class Source(Protocol):
    """A file that is open to be read."""

    fields: tuple[str, ...]
    layer: str  # the one that is read, where a format has layers

    @property
    def declared(self) -> Declared:
        """What it says of its reference system."""

    def rows(self, columns: Sequence[str]) -> Iterable[Row]:
        """The values of some fields, of every feature."""

    def shapes(self, numbers: Iterable[int]) -> Iterator[Shape]:
        """The boundaries of some features."""


class Vertices:
    """How many points were read."""

    def __init__(self) -> None:
        self.read = 0

    def count(self, more: int) -> None:
        """Add some; raises ImportRefused when it becomes too many."""
        self.read += more
        if self.read > MAX_VERTICES:
            raise refuse(_("The file holds more than %(count)d points.") % {"count": MAX_VERTICES})


def text(value: Any) -> str:
    """A code or name as text; what is no text or number counts as missing. A trailing `-` belongs to the code, a blank does not."""
    if isinstance(value, str):
        return writable(value).strip()
    return str(value) if type(value) in (int, float) else ""


def writable(said: str) -> str:
    """Without what the database cannot keep (NUL, half a character) and what turns a line around or breaks it."""
    return "".join(letter for letter in said if unicodedata.category(letter) not in ("Cc", "Cs", "Cf"))


def size_in_mb(size: int) -> int:
    """For people."""
    return size // 1024 // 1024
