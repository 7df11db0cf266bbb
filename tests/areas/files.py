"""Files of boundaries to import: squares on a plain grid near Proefdorp."""

import datetime as dt
import json
from typing import Any

from django.core.files.base import ContentFile

from areas.actions import file_of, import_areas
from areas.filekinds import BOUNDARIES
from areas.importers.presets import Preset, preset_for
from areas.models import AreaEdition, AreaKind
from core.files import CheckedUpload, check_upload
from core.intake import check, confirm, plan_of
from core.models import Intake
from core.verbs import Actor, Operator

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


def uploaded(data: bytes, name: str = "x.geojson") -> CheckedUpload:
    """A file of boundaries as the form hands it over."""
    return check_upload(ContentFile(data, name=name), kind=BOUNDARIES)


def check_draft(edition: AreaEdition) -> Intake:
    """Have the file of a draft checked; its file, with what was found."""
    return check(intake=file_of(edition), by=Operator("tests"))


def shown(edition: AreaEdition) -> str:
    """The digest of what a draft would change now."""
    digest: str = plan_of(file_of(edition)).digest
    return digest


def activate(edition: AreaEdition, by: Actor, *, digest: str | None = None, **choices: Any) -> AreaEdition:
    """Bring a draft into force as it would be shown now, or as it was shown."""
    kept = file_of(edition)
    done: AreaEdition = confirm(intake=kept, digest=digest or shown(edition), by=by, choices=choices)
    return done
