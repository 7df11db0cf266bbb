"""Presets: how the files of a known publisher are read, as data in `areas/presets/*.toml`."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.verbs import Refused

FOLDER = Path(__file__).resolve().parent.parent / "presets"
WHOLE = re.compile(r"(\d+)\.0*")  # how a spreadsheet writes a code that it took for a number
PATTERNS = ("name_cut", "skip", "residual")


class UnknownPreset(Refused):
    """There is no preset of this name, or it misses a field that must be given by hand."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "preset")


@dataclass(frozen=True, kw_only=True)
class Preset:
    """What a publisher calls things: fields, layers, codes; and which rows are of one municipality.

    `code` and `name` list the spellings of a field over the years; the first that a file has counts. One that begins with ^ is a
    pattern. Capitals and underscores don't matter.
    """

    title: str
    country: str = ""  # whose boundaries it has
    municipality: str = ""  # the only one, by its code
    code: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()  # patterns of the layer that is meant, when there are more
    name_cut: tuple[re.Pattern[str], ...] = ()  # what the publisher added to a name
    own: str = ""  # how the codes of a municipality begin: "WK{code}"
    before: str = ""  # what the publisher leaves out before a code: "{code}"
    letters: str = ""  # official codes are these letters
    digits: int = 0  # and so many digits; a lost zero is put back
    skip: tuple[re.Pattern[str], ...] = ()  # codes of rows that are no area: water, abroad
    residual: tuple[re.Pattern[str], ...] = ()  # codes of what cannot be located
    year: str = ""  # a field whose value begins with the year of the boundaries
    source: str = ""
    licence: str = ""
    credit: str = ""
    slug: str = ""
    by_hand: Mapping[str, Any] = field(default_factory=dict)

    @property
    def layer(self) -> str:
        """The layer that the steward chose."""
        return str(self.by_hand.get("layer", ""))

    @property
    def srid(self) -> int | None:
        """The reference system that the steward chose."""
        return self.by_hand.get("srid")

    @property
    def mapping(self) -> dict[str, Any]:
        """What an edition remembers of how it was read."""
        return {"preset": self.slug, **self.by_hand}

    def is_for(self, country: str, municipality_code: str) -> bool:
        """Whether the publisher has boundaries of a municipality."""
        return self.country in ("", country) and self.municipality in ("", municipality_code)

    def clean_name(self, name: str) -> str:
        """The name as people say it, without what the publisher added."""
        for pattern in self.name_cut:
            name = pattern.sub("", name) or name
        return " ".join(name.split())

    def clean_code(self, code: str, municipality_code: str) -> str:
        """The official code: with the zeros that a spreadsheet lost and the beginning that the publisher leaves out."""
        if match := WHOLE.fullmatch(code):
            code = match[1]
        if self.digits and (match := re.fullmatch(rf"(?i:{self.letters})?0*(\d{{1,{self.digits}}})", code)):
            return self.letters + match[1].zfill(self.digits)
        before = self.before.format(code=municipality_code)
        return code if not code or code.startswith(before) else before + code

    def is_own(self, code: str, municipality_code: str) -> bool:
        """Whether a code is one of the municipality, and of an area."""
        own = self.own.format(code=municipality_code)
        return code.startswith(own) and not any(pattern.search(code) for pattern in self.skip)

    def is_residual(self, code: str) -> bool:
        """Whether a code stands for what cannot be located."""
        return any(pattern.search(code) for pattern in self.residual)


def found_field(spellings: Iterable[str], fields: Iterable[str]) -> str:
    """The field of a file that one of the spellings means; empty when there is none."""
    fields = list(fields)
    for spelling in spellings:
        if spelling in fields:
            return spelling
        if spelling.startswith("^"):
            fitting = [name for name in fields if re.search(spelling, name, re.IGNORECASE)]
        else:
            fitting = [name for name in fields if _plain(name) == _plain(spelling)]
        if fitting:
            return max(fitting)  # of CS01012011 and CS01012022 in one file, the later
    return ""


def _literal(name: str) -> str:
    """A field as it was given by hand: a pattern of somebody else could keep us busy for ever."""
    return f"^{re.escape(name)}$" if name.startswith("^") else name


def _plain(name: str) -> str:
    return name.casefold().replace("_", "")


def date_in(field_name: str) -> dt.date | None:
    """The day that the name of a field tells: CS01012022 is 1 January 2022."""
    match = re.fullmatch(r"(?i:CS)(\d{2})(\d{2})(\d{4})", field_name)
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


@cache
def presets() -> dict[str, Preset]:
    """Every preset by name, the free one last."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {
        preset.slug: preset for preset in sorted(found, key=lambda preset: (not preset.code, preset.title))
    }


def preset_for(
    name: str, *, code_field: str = "", name_field: str = "", layer: str = "", srid: int | None = None
) -> Preset:
    """The preset of a name, with what is given by hand in the place of its own."""
    preset = presets().get(name)
    if preset is None:
        known = ", ".join(presets())
        raise UnknownPreset(
            _("There is no preset “%(name)s”. Known: %(known)s.") % {"name": name, "known": known}
        )
    given = {"code_field": code_field, "name_field": name_field, "layer": layer, "srid": srid}
    preset = replace(
        preset,
        code=(_literal(code_field),) if code_field else preset.code,
        name=(_literal(name_field),) if name_field else preset.name,
        by_hand={key: value for key, value in given.items() if value},
    )
    if not preset.code or not preset.name:
        raise UnknownPreset(_("Say which field holds the code and which holds the name."))
    return preset


def _read(path: Path) -> Preset:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }
    for key in PATTERNS:
        values[key] = tuple(re.compile(pattern) for pattern in values.get(key, ()))
    return Preset(slug=path.stem, **values)
