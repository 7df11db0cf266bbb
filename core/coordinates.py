"""Points, lines and polygons as text: lines of degrees or GeoJSON, read strictly, and said in words.

A place is (longitude, latitude) in degrees, as GeoJSON and GEOS have it; people write and read the degrees north first.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any, Literal

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.wording import distance, surface

Kind = Literal["point", "line", "polygon"]
Place = tuple[float, float]
Places = Sequence[Place]

DIGITS = 6  # 0.1 m
METRES = 111_320  # in a degree north
LARGEST_LATITUDE, LARGEST_LONGITUDE = 90, 180
NUMBER = r"[-+]?\d{1,12}(?:[.,]\d{1,20})?"
WITH_POINTS = r"[-+]?\d{1,12}\.\d{1,20}"
# "51,4401, 4,7335" and "51.4401,4.7335" are two numbers; "51,4401,4,7335" may be anything.
PAIR = re.compile(rf"({NUMBER})(?:\s*;\s*|,?\s+)({NUMBER})|({WITH_POINTS}),({WITH_POINTS})")
KINDS: dict[str, Kind] = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
SAME = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
)


def read_places(text: str) -> tuple[Kind | None, list[Place]]:
    """The places in a text, and their kind when it is GeoJSON; the ring of a polygon is open. Raises ValidationError."""
    if text.lstrip().startswith("{"):
        return _from_geojson(text)
    lines = enumerate(text.splitlines(), 1)
    return None, [_from_line(number, line.strip()) for number, line in lines if line.strip()]


def _from_line(number: int, line: str) -> Place:
    found = PAIR.fullmatch(line)
    if found is None:
        raise ValidationError(
            _(
                "Line %(number)d cannot be read: “%(text)s”. "
                "Write one point a line: degrees north, then degrees east, such as %(example)s."
            )
            % {"number": number, "text": line[:60], "example": example()},
            code="unreadable",
        )
    north, east = (float(one.replace(",", ".")) for one in found.groups() if one is not None)
    return _on_earth(east, north, _("Line %(number)d") % {"number": number})


def example() -> str:
    """How a point is written."""
    return text_of([(4.761, 51.4004)])


def _on_earth(east: float, north: float, where: str) -> Place:
    if abs(north) <= LARGEST_LATITUDE and abs(east) <= LARGEST_LONGITUDE:
        return round(east, DIGITS), round(north, DIGITS)
    if max(abs(north), abs(east)) > 1000:
        message = _("%(where)s: these are metres of a national grid. Give degrees, such as %(example)s.")
    else:
        message = _("%(where)s: there are no such degrees. Degrees north go to 90, degrees east to 180.")
    raise ValidationError(message % {"where": where, "example": example()}, code="not_on_earth")


def _from_geojson(text: str) -> tuple[Kind, list[Place]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_geojson() from None
    shape = _single(data)
    kind = KINDS.get(str(shape.get("type")))
    coordinates = shape.get("coordinates")
    if kind is None or not isinstance(coordinates, list):
        raise _no_geojson()
    if kind == "polygon":
        if len(coordinates) > 1:
            raise ValidationError(_("This polygon has a hole. Give a polygon without holes."), code="hole")
        coordinates = coordinates[0] if coordinates else []
    places = [
        _from_pair(n, pair)
        for n, pair in enumerate([coordinates] if kind == "point" else _list(coordinates), 1)
    ]
    if kind == "polygon" and len(places) > 1 and places[0] == places[-1]:
        places.pop()
    return kind, places


def _no_geojson() -> ValidationError:
    return ValidationError(
        _("This GeoJSON cannot be read. Give one Point, LineString or Polygon, or a Feature that holds one."),
        code="unreadable",
    )


def _single(data: Any) -> dict[str, Any]:
    """The one geometry inside features, collections and multiple geometries."""
    while isinstance(data, dict):
        crs = data.get("crs")
        if crs is not None and not any(f'"{name}"' in json.dumps(crs) for name in SAME):
            raise ValidationError(
                _("This GeoJSON is in another reference system. Save it in WGS 84 (degrees)."), code="system"
            )
        kind = str(data.get("type"))
        if kind == "FeatureCollection":
            data = _only(data.get("features"))
        elif kind == "Feature":
            data = data.get("geometry")
        elif kind == "GeometryCollection":
            data = _only(data.get("geometries"))
        elif kind.startswith("Multi"):
            return {"type": kind.removeprefix("Multi"), "coordinates": _only(data.get("coordinates"))}
        else:
            return data
    raise _no_geojson()


def _only(parts: Any) -> Any:
    parts = _list(parts)
    if len(parts) != 1:
        raise ValidationError(
            ngettext(
                "This GeoJSON holds %(number)d thing. Give one.",
                "This GeoJSON holds %(number)d things. Give one.",
                len(parts),
            )
            % {"number": len(parts)},
            code="several",
        )
    return parts[0]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _no_geojson()
    return value


def _from_pair(number: int, pair: Any) -> Place:
    """A position of GeoJSON; its height counts for nothing on a flat map."""
    sound = isinstance(pair, list) and 2 <= len(pair) <= 4
    if not sound or not all(type(one) in (int, float) and math.isfinite(one) for one in pair):
        raise _no_geojson()
    return _on_earth(float(pair[0]), float(pair[1]), _("Point %(number)d") % {"number": number})


def text_of(places: Places) -> str:
    """The places as people write them: one a line, degrees north and degrees east."""
    return "\n".join(f"{_degrees(north)} {_degrees(east)}" for east, north in places)


def _degrees(value: float) -> str:
    return number_format(f"{value:.{DIGITS}f}", use_l10n=True, force_grouping=False)


def kind_of(shape: GEOSGeometry) -> Kind | None:
    """Which kind a geometry is; None for one that is not drawn here."""
    return KINDS.get(shape.geom_type)


def places_of(shape: GEOSGeometry) -> list[Place]:
    """The places of a geometry; the ring of a polygon is open."""
    coordinates: Any = shape.coords  # type: ignore[attr-defined]  # every kind that is drawn here has them
    if isinstance(shape, Point):
        return [coordinates[:2]]
    return [place[:2] for place in (coordinates[0][:-1] if isinstance(shape, Polygon) else coordinates)]


def shape_of(kind: Kind, places: Places) -> GEOSGeometry:
    """The geometry in EPSG:4326; the ring of a polygon is closed here."""
    if kind == "point":
        return Point(*places[0], srid=4326)
    if kind == "line":
        return LineString(*places, srid=4326)
    return Polygon([*places, places[0]], srid=4326)


def crossing(places: Places) -> tuple[int, int, Place] | None:
    """The first two sides of a polygon that cross, by the number of the point where each begins, and where; None when none do."""
    ends = list(zip(places, [*places[1:], places[0]], strict=True))
    for one, other in combinations(range(len(ends)), 2):
        where = _meeting(ends[one], ends[other])
        if where is not None:
            return one + 1, other + 1, where
    return None


def _meeting(one: tuple[Place, Place], other: tuple[Place, Place]) -> Place | None:
    """Where two stretches cross, each within the other."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if turn == 0:
        return None
    along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
    across = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
    if not (0 < along < 1 and 0 < across < 1):
        return None
    return ax + along * (bx - ax), ay + along * (by - ay)


def place_in_words(place: Place) -> str:
    """Where a place is ("51,440100 north, 4,733500 east")."""
    return _("%(north)s north, %(east)s east") % {"north": _degrees(place[1]), "east": _degrees(place[0])}


def shape_in_words(shape: GEOSGeometry) -> str:
    """What a geometry is, in a few words; sizes are approximate, and said so by how they are rounded."""
    kind, places = kind_of(shape), places_of(shape) if kind_of(shape) else []
    if kind == "point":
        return _("a point at %(place)s") % {"place": place_in_words(places[0])}
    said = {"number": len(places)}
    if kind == "line":
        return _("a line of %(number)d points, %(length)s") % {
            **said,
            "length": distance(sum(_lengths(places))),
        }
    if kind == "polygon":
        return _("a polygon of %(number)d points, %(surface)s") % {
            **said,
            "surface": surface(surface_of(places)),
        }
    return shape.geom_type


def _flat(places: Places) -> list[Place]:
    """The places in metres around the first of them."""
    east, north = places[0]
    across = METRES * math.cos(math.radians(north))
    return [((x - east) * across, (y - north) * METRES) for x, y in places]


def _lengths(places: Places) -> Iterator[float]:
    flat = _flat(places)
    return (math.dist(one, other) for one, other in pairwise(flat))


def surface_of(places: Places) -> float:
    """The surface within the places, in square metres, as if the earth were flat here."""
    flat = _flat(places)
    turned = zip(flat, [*flat[1:], flat[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in turned)) / 2
