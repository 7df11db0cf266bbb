"""Files of boundaries to import: squares on a plain grid near Proefdorp."""

import datetime as dt
import json
from typing import Any

from areas.actions import import_areas
from areas.importers.presets import Preset, preset_for
from areas.models import AreaEdition, AreaKind
from core.verbs import Operator

DAY = dt.date(2025, 1, 1)
WEST, SOUTH, SIDE = 4.70, 51.40, 0.01
FREE: dict[str, Any] = {"code_field": "code", "name_field": "name"}


def preset() -> Preset:
    """Code and name in the fields of that name."""
    return preset_for("free", **FREE)


def square(column: float, row: float, width: float = 1, height: float = 1) -> list[list[list[float]]]:
    """The coordinates of a rectangle, in columns and rows of about 700 by 1,100 metres."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    east, north = west + width * SIDE, south + height * SIDE
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: Any, name: Any, coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    """A feature with code and name."""
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: Any, **more: Any) -> bytes:
    """A file of features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def bring(kind: AreaKind, data: bytes, **fields: Any) -> AreaEdition:
    """Import at the command line."""
    values: dict[str, Any] = {
        "by": Operator("tests"),
        "reference_date": DAY,
        "source": "proef",
        "preset": preset(),
        "retire_many": True,
        **fields,
    }
    return import_areas(municipality=kind.municipality, kind=kind, data=data, **values)
