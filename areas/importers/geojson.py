"""Reading GeoJSON as JSON, feature by feature, with bounds on everything; never through GDAL, which goes by content."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.rings import Polygons, Ring, Unsound
from areas.importers.source import MAX_ROWS, Row, Shape, Vertices, writable
from areas.importers.systems import Declared, declared
from areas.importers.transform import WGS84

MAX_BYTES = 20 * 1024 * 1024
DEEPEST = 4  # collections in collections


class GeoJson:
    """A FeatureCollection; raises ImportRefused when it is none."""

    layer = ""

    def __init__(self, data: bytes) -> None:
        document = _load(data)
        features = document.get("features")
        if document.get("type") != "FeatureCollection" or not isinstance(features, list):
            raise refuse(_("This is not a GeoJSON file with a FeatureCollection."))
        if len(features) > MAX_ROWS:
            raise refuse(_("The file holds more than %(count)d rows.") % {"count": MAX_ROWS})
        self.features = features
        self.said = _said(document.get("crs"))
        self.fields = tuple(dict.fromkeys(key for feature in features for key in _properties(feature) or ()))

    @property
    def declared(self) -> Declared:
        """What the old `crs` member names. Without one it is WGS 84, unless no degrees are that large."""
        if self.said is not None:
            return self.said
        first = next((ring for feature in self.features for ring in _first_ring(feature)), [])
        if any(isinstance(number, int | float) and abs(number) > 360 for number in first[:2]):
            return Declared(None)
        return Declared(WGS84)

    def rows(self, columns: Sequence[str]) -> Iterator[Row]:
        """The features with the properties that are asked for."""
        for number, feature in enumerate(self.features, 1):
            found = _properties(feature)
            if found is None or feature.get("type") != "Feature":
                yield Row(number, None)
            else:
                yield Row(number, {column: found.get(column) for column in columns})

    def shapes(self, numbers: Iterable[int]) -> Iterator[Shape]:
        """The boundaries of some features."""
        vertices = Vertices()
        for number in numbers:
            reader = _Rings(vertices)
            try:
                polygons = reader.polygons(self.features[number - 1].get("geometry"))
            except Unsound as unsound:
                yield Shape(number, None, str(unsound))
            else:
                yield Shape(number, polygons, repairs=tuple(reader.repairs), is_flattened=reader.is_flattened)


def _properties(feature: Any) -> dict[str, Any] | None:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else None


def _first_ring(feature: Any) -> Iterator[list[Any]]:
    """The first position of a feature, as far as it has one."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    for _level in range(DEEPEST):
        if isinstance(found, list) and found and isinstance(found[0], int | float):
            yield found
            return
        found = found[0] if isinstance(found, list) and found else None


def _load(data: bytes) -> dict[str, Any]:
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


def _said(crs: Any) -> Declared | None:
    """The reference system that the old `crs` member names."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return declared(writable(str(name or "?"))[:80])


class _Rings:
    """The rings of one geometry; counts vertices with those of the rest of the file."""

    def __init__(self, vertices: Vertices) -> None:
        self.vertices = vertices
        self.repairs: list[str] = []
        self.is_flattened = False

    def polygons(self, geometry: Any, depth: int = 0) -> Polygons:
        """The parts of a geometry; what is no surface in a collection is left out."""
        if not isinstance(geometry, dict):
            raise Unsound(_("the boundary is missing"))
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind == "GeometryCollection" and depth < DEEPEST:
            return self._collection(geometry.get("geometries"), depth)
        if kind not in ("Polygon", "MultiPolygon"):
            raise Unsound(
                _("the boundary is a %(kind)s, expected a Polygon or MultiPolygon")
                % {"kind": writable(str(kind)[:40])}
            )
        polygons = [coordinates] if kind == "Polygon" else coordinates
        if not isinstance(polygons, list) or not polygons:
            raise Unsound(_("the boundary is missing"))
        return [self._polygon(rings) for rings in polygons]

    def _collection(self, geometries: Any, depth: int) -> Polygons:
        parts = geometries if isinstance(geometries, list) else []
        surfaces = [part for part in parts if isinstance(part, dict) and _is_surface(part)]
        found = [polygon for part in surfaces for polygon in self.polygons(part, depth + 1)]
        if not found:
            raise Unsound(_("the boundary is missing"))
        if len(surfaces) < len(parts):
            self.repairs.append(_("points and lines beside the surface left out"))
        return found

    def _polygon(self, rings: Any) -> list[Ring]:
        if not isinstance(rings, list) or not rings:
            raise Unsound(_("the boundary is missing"))
        return [self._ring(ring) for ring in rings]

    def _ring(self, ring: Any) -> Ring:
        if not isinstance(ring, list):
            raise Unsound(_("the boundary is missing"))
        self.vertices.count(len(ring))
        points = [_position(position) for position in ring]
        self.is_flattened = self.is_flattened or any(len(position) > 2 for position in ring)
        if len(points) > 2 and points[0] != points[-1]:
            raise Unsound(_("a ring is not closed"))
        return np.array(points, dtype=float).reshape(-1, 2)


def _is_surface(part: dict[str, Any]) -> bool:
    return part.get("type") in ("Polygon", "MultiPolygon", "GeometryCollection")


def _position(position: Any) -> tuple[float, float]:
    """x and y; a height is dropped."""
    if isinstance(position, list) and len(position) >= 2:
        x, y = position[:2]
        if type(x) in (int, float) and type(y) in (int, float) and abs(x) < 1e9 and abs(y) < 1e9:
            x, y = float(x), float(y)
            if math.isfinite(x) and math.isfinite(y):
                return x, y
    raise Unsound(_("a point is not a pair of numbers"))
