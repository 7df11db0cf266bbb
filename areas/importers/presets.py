"""Presets: how the files of a known publisher are read, as data in `areas/presets/*.toml`."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

FOLDER = Path(__file__).resolve().parent.parent / "presets"


class UnknownPreset(Exception):
    """There is no preset of this name, or it misses a field that must be given by hand."""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """Which fields of a feature hold code and name, and what to take off a name."""

    name: str
    title: str
    code_field: str
    name_field: str
    strip: tuple[re.Pattern[str], ...] = ()
    source: str = ""
    licence: str = ""
    credit: str = ""

    def clean_name(self, name: str) -> str:
        """The name as people say it, without what the publisher added."""
        for pattern in self.strip:
            name = pattern.sub("", name) or name
        return " ".join(name.split())

    @property
    def mapping(self) -> dict[str, str]:
        """What an edition remembers of how it was read."""
        return {"preset": self.name, "code_field": self.code_field, "name_field": self.name_field}


@cache
def presets() -> dict[str, Preset]:
    """Every preset by name, the free one last."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {preset.name: preset for preset in sorted(found, key=lambda preset: not preset.code_field)}


def preset_for(name: str, *, code_field: str = "", name_field: str = "") -> Preset:
    """The preset of a name, with the fields given by hand in the place of its own."""
    preset = presets().get(name)
    if preset is None:
        known = ", ".join(presets())
        raise UnknownPreset(
            _("There is no preset “%(name)s”. Known: %(known)s.") % {"name": name, "known": known}
        )
    preset = replace(
        preset, code_field=code_field or preset.code_field, name_field=name_field or preset.name_field
    )
    if not preset.code_field or not preset.name_field:
        raise UnknownPreset(_("Say which field holds the code and which holds the name."))
    return preset


def _read(path: Path) -> Preset:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    values["strip"] = tuple(re.compile(pattern) for pattern in values.get("strip", ()))
    return Preset(name=path.stem, **values)
