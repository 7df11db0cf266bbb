"""Reading GeoJSON as JSON, feature by feature, with bounds on everything; never through GDAL, which goes by content."""

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _

from areas.importers.faults import Faults, refuse
from areas.importers.presets import Preset
from areas.importers.transform import WGS84

MAX_BYTES = 20 * 1024 * 1024
MAX_VERTICES = 500_000
MAX_FEATURES = 20_000
MAX_CODE = 40
MAX_NAME = 120
ALLOWED_SRIDS = (WGS84, 31370, 3812, 28992)
CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[\d.]*:?(\d{4,6})", re.IGNORECASE)
CRS84 = re.compile(r"urn:ogc:def:crs:OGC:[\d.]*:CRS84h?|OGC:CRS84", re.IGNORECASE)


@dataclass(frozen=True)
class ReadFeature:
    """One area of a file, as it was read: a geometry in the reference system of the file."""

    number: int
    code: str
    name: str
    geometry: Any


@dataclass(frozen=True)
class ReadFile:
    """What a file holds; the faults so far are in `faults`."""

    srid: int
    features: list[ReadFeature]
    faults: Faults


class _Faulty(Exception):
    """A feature cannot be read; the message says why."""


def read_geojson(data: bytes, preset: Preset) -> ReadFile:
    """The areas of a file; raises ImportRefused when it is no usable GeoJSON at all."""
    document = _load(data)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise refuse(_("This is not a GeoJSON file with a FeatureCollection."))
    if not features:
        raise refuse(_("The file holds no areas."))
    if len(features) > MAX_FEATURES:
        raise refuse(_("The file holds more than %(count)d areas.") % {"count": MAX_FEATURES})
    srid = _srid(document.get("crs"))
    faults = Faults()
    reader = _Reader(preset, faults)
    read = [reader.feature(number, feature) for number, feature in enumerate(features, 1)]
    _check_codes(read, faults)
    return ReadFile(srid, [feature for feature in read if feature], faults)


def _load(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise refuse(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024})
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise refuse(_("The file is not text in UTF-8.")) from None
    except (ValueError, RecursionError):
        raise refuse(_("The file is not JSON.")) from None
    if not isinstance(document, dict):
        raise refuse(_("This is not a GeoJSON file with a FeatureCollection."))
    return document


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _srid(crs: Any) -> int:
    """The reference system that the old `crs` member names; without one it is WGS 84."""
    if crs is None:
        return WGS84
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")).strip() if isinstance(properties, dict) else ""
    if CRS84.fullmatch(name):
        return WGS84
    match = CRS_NAME.fullmatch(name)
    if match and int(match[1]) in ALLOWED_SRIDS:
        return int(match[1])
    allowed = ", ".join(map(str, ALLOWED_SRIDS))
    raise refuse(
        _("The reference system “%(name)s” is not known. Allowed: EPSG %(allowed)s.")
        % {"name": _writable(name[:80]), "allowed": allowed}
    )


class _Reader:
    """Reads features one by one and counts their vertices."""

    def __init__(self, preset: Preset, faults: Faults) -> None:
        self.preset = preset
        self.faults = faults
        self.vertices = 0

    def feature(self, number: int, feature: Any) -> ReadFeature | None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or feature.get("type") != "Feature":
            self.faults.add(_("this is not a feature with properties"), number=number)
            return None
        code = _text(properties.get(self.preset.code_field))
        name = self.preset.clean_name(_text(properties.get(self.preset.name_field)))
        self._check_words(number, code, name)
        try:
            geometry = self._geometry(feature.get("geometry"))
        except _Faulty as fault:
            self.faults.add(str(fault), number=number, code=code)
            geometry = None
        return ReadFeature(number, code, name, geometry)

    def _check_words(self, number: int, code: str, name: str) -> None:
        def add(reason: str) -> None:
            self.faults.add(reason, number=number, code=code[:MAX_CODE])

        if not code:
            add(_("the code is missing (field “%(field)s”)") % {"field": self.preset.code_field})
        elif len(code) > MAX_CODE:
            add(_("the code is longer than %(count)d characters") % {"count": MAX_CODE})
        if not name:
            add(_("the name is missing (field “%(field)s”)") % {"field": self.preset.name_field})
        elif len(name) > MAX_NAME:
            add(_("the name is longer than %(count)d characters") % {"count": MAX_NAME})

    def _geometry(self, geometry: Any) -> Any:
        if not isinstance(geometry, dict):
            raise _Faulty(_("the boundary is missing"))
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind not in ("Polygon", "MultiPolygon"):
            raise _Faulty(
                _("the boundary is a %(kind)s, expected a Polygon or MultiPolygon")
                % {"kind": _writable(str(kind)[:40])}
            )
        polygons = [coordinates] if kind == "Polygon" else coordinates
        if not isinstance(polygons, list) or not polygons:
            raise _Faulty(_("the boundary is missing"))
        return shapely.MultiPolygon([self._polygon(rings) for rings in polygons])

    def _polygon(self, rings: Any) -> Any:
        if not isinstance(rings, list) or not rings:
            raise _Faulty(_("the boundary is missing"))
        shell, *holes = (self._ring(ring) for ring in rings)
        return shapely.Polygon(shell, holes)

    def _ring(self, ring: Any) -> list[tuple[float, float]]:
        if not isinstance(ring, list):
            raise _Faulty(_("the boundary is missing"))
        self.vertices += len(ring)
        if self.vertices > MAX_VERTICES:
            raise refuse(_("The file holds more than %(count)d points.") % {"count": MAX_VERTICES})
        points = [_position(position) for position in ring]
        if len(set(points)) < 3:
            raise _Faulty(_("a ring has fewer than three different points"))
        if points[0] != points[-1]:
            raise _Faulty(_("a ring is not closed"))
        if len(points) < 4:
            raise _Faulty(_("a ring has fewer than three different points"))
        return points


def _position(position: Any) -> tuple[float, float]:
    """x and y; a height is dropped."""
    if isinstance(position, list) and len(position) >= 2:
        x, y = position[:2]
        if type(x) in (int, float) and type(y) in (int, float) and abs(x) < 1e9 and abs(y) < 1e9:
            x, y = float(x), float(y)
            if math.isfinite(x) and math.isfinite(y):
                return x, y
    raise _Faulty(_("a point is not a pair of numbers"))


def _text(value: Any) -> str:
    """A code or name as text; what is no text or whole number counts as missing. A trailing `-` belongs to the code."""
    if isinstance(value, str):
        return _writable(value).strip()
    return str(value) if type(value) is int else ""


def _writable(text: str) -> str:
    """Without what the database cannot keep (NUL, half a character) and what turns a line around or breaks it."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs", "Cf"))


def _check_codes(features: list[ReadFeature | None], faults: Faults) -> None:
    first: dict[str, int] = {}
    for feature in features:
        if feature is None or not feature.code:
            continue
        if feature.code in first:
            faults.add(
                _("the code was used by feature %(number)d already") % {"number": first[feature.code]},
                number=feature.number,
                code=feature.code,
            )
        first.setdefault(feature.code, feature.number)
