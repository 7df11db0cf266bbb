"""Places in the API: a point, a line or an outline as GeoJSON, with finite numbers on earth and of a bounded size."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.contrib.gis.geos import GEOSException, GEOSGeometry, LinearRing, LineString, Point, Polygon
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

MOST_POSITIONS = 2_000
POSITION = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
SCHEMAS: dict[str, dict[str, Any]] = {
    "Point": POSITION,
    "LineString": {"type": "array", "items": POSITION, "minItems": 2, "maxItems": MOST_POSITIONS},
    "Polygon": {
        "type": "array",
        "items": {"type": "array", "items": POSITION, "minItems": 4, "maxItems": MOST_POSITIONS},
        "minItems": 1,
    },
}


def schema_of(kind: str) -> dict[str, Any]:
    """How a kind of geometry is described."""
    return {
        "type": "object",
        "properties": {"type": {"type": "string", "enum": [kind]}, "coordinates": SCHEMAS[kind]},
        "required": ["type", "coordinates"],
    }


POINT = schema_of("Point")


class PlaceField(serializers.Field[Any, Any, Any, Any]):
    """A GeoJSON geometry of one of some kinds, in degrees (EPSG:4326); 400 says what is wrong with it."""

    default_error_messages: ClassVar = {
        "kind": gettext_lazy("This is a geometry of one of these kinds: %(kinds)s."),
        "place": gettext_lazy("A point has a longitude and a latitude."),
        "many": gettext_lazy("At most %(most)d points."),
        "line": gettext_lazy("A line has two points or more that differ."),
        "ring": gettext_lazy("An outline has four points or more, and ends where it begins."),
        "crosses": gettext_lazy("This outline crosses itself."),
        "more": gettext_lazy("A geometry has a type and coordinates, in degrees, and nothing else."),
    }

    def __init__(self, *kinds: str, **kwargs: Any) -> None:
        self.kinds = kinds or ("Point",)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> GEOSGeometry:
        """The geometry."""
        kind = data.get("type") if isinstance(data, Mapping) else None
        if not isinstance(kind, str) or kind not in self.kinds:
            self.fail("place" if self.kinds == ("Point",) else "kind", kinds=", ".join(self.kinds))
        if set(data) - {"type", "coordinates"}:  # a reference system, say, which we would not heed
            self.fail("more")
        self._left = MOST_POSITIONS
        coordinates = data.get("coordinates")
        if kind == "Point":
            return Point(self._position(coordinates), srid=4326)
        if kind == "LineString":
            return self._line(coordinates)
        return self._outline(coordinates)

    def fail(self, key: str, **facts: Any) -> Any:
        """Say what is wrong, in words that take their facts as all our texts do."""
        raise serializers.ValidationError(str(self.error_messages[key]) % facts, code=key)

    def to_representation(self, value: Any) -> dict[str, Any]:
        """As GeoJSON, to ten centimetres."""
        return {"type": value.geom_type, "coordinates": _rounded(value.coords)}

    def _line(self, coordinates: Any) -> LineString:
        positions = list(self._positions(coordinates, "line"))
        if len(set(positions)) < 2:
            self.fail("line")
        return LineString(positions, srid=4326)

    def _outline(self, coordinates: Any) -> Polygon:
        if not isinstance(coordinates, list) or not coordinates:
            self.fail("ring")
        rings = []
        for ring in coordinates:
            positions = list(self._positions(ring, "ring"))
            if len(positions) < 4 or positions[0] != positions[-1]:
                self.fail("ring")
            rings.append(positions)
        try:
            outline = Polygon(*(LinearRing(ring) for ring in rings), srid=4326)
        except GEOSException:
            self.fail("ring")
        if not outline.valid:
            self.fail("crosses")
        return outline

    def _positions(self, coordinates: Any, wrong: str) -> Iterator[tuple[float, float]]:
        if not isinstance(coordinates, list):
            self.fail(wrong)
        self._left -= len(coordinates)
        if self._left < 0:
            self.fail("many", most=MOST_POSITIONS)
        return (self._position(one) for one in coordinates)

    def _position(self, data: Any) -> tuple[float, float]:
        if not isinstance(data, list) or len(data) != 2:
            self.fail("place")
        numbers = [n for n in data if isinstance(n, int | float) and not isinstance(n, bool)]
        # So asked, what is not a number and what is endless are outside too; a whole number may be too long for a float.
        if len(numbers) != 2 or not (abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90):
            self.fail("place")
        return float(numbers[0]), float(numbers[1])


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, int | float):
        return round(coordinates, 6)
    return [_rounded(one) for one in coordinates]


class PlaceFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """The description of a place: one of its kinds."""

    target_class = PlaceField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """As the field takes it in and gives it."""
        schemas = [schema_of(kind) for kind in self.target.kinds]
        return schemas[0] if len(schemas) == 1 else {"oneOf": schemas}
