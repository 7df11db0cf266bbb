"""Areas in the API."""

import datetime as dt
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer, GeometrySerializerMethodField

from areas.models import Area, AreaKind, AreaSuccession, Indicator, IndicatorValue
from core.places import POINT
from core.rest import KnownFields

FEATURE = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string", "format": "uuid"},
        "geometry": {"type": "object", "nullable": True, "additionalProperties": True},
        "properties": {"type": "object", "additionalProperties": True},
    },
}


SUCCESSORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "uuid": {"type": "string", "format": "uuid"},
            "name": {"type": "string"},
            "relation": {"type": "string", "enum": AreaSuccession.Relation.values},
            "share": {"type": "number"},
        },
    },
}


class KindSerializer(serializers.ModelSerializer[AreaKind]):
    """A kind of area."""

    class Meta:
        model = AreaKind
        fields = ["slug", "name", "plural", "rank", "scheme", "is_partition", "is_working_level"]
        read_only_fields = fields


class _AreaFields(serializers.Serializer[Area]):
    """What a list and a single area say both."""

    kind = serializers.SlugRelatedField[AreaKind](slug_field="slug", read_only=True)
    code = serializers.SerializerMethodField()
    area_ha = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    def get_code(self, area: Area) -> str | None:
        """The code in the scheme of its kind."""
        return next((code.code for code in area.codes.all() if code.scheme == area.kind.scheme), None)

    def get_area_ha(self, area: Area) -> float | None:
        """The surface in hectares, in the national grid."""
        shape = _shape(area)
        return round(shape.area_m2 / 10_000, 2) if shape else None

    def get_url(self, area: Area) -> str:
        """The page of the area."""
        url: str = self.context["request"].build_absolute_uri(area.get_absolute_url())
        return url


class AreaSerializer(_AreaFields, serializers.ModelSerializer[Area]):
    """An area in a list: without its boundary, with the place of its name."""

    label_point = serializers.SerializerMethodField()

    class Meta:
        model = Area
        fields = ["uuid", "slug", "name", "kind", "code", "area_ha", "label_point", "url"]
        read_only_fields = fields

    @extend_schema_field(POINT)
    def get_label_point(self, area: Area) -> dict[str, Any] | None:
        """Where its name stands, as a GeoJSON point."""
        shape = _shape(area)
        if shape is None:
            return None
        return {"type": "Point", "coordinates": [round(number, 6) for number in shape.label_point.coords]}


class AreaFeatureSerializer(_AreaFields, GeoFeatureModelSerializer):  # type: ignore[misc]
    """An area as a GeoJSON feature, with its boundary in force."""

    geometry = GeometrySerializerMethodField()
    aliases = serializers.SerializerMethodField()
    former_codes = serializers.SerializerMethodField()
    retired = serializers.SerializerMethodField()
    successors = serializers.SerializerMethodField()
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Area
        geo_field = "geometry"
        id_field = "uuid"
        fields = [
            "uuid",
            "slug",
            "name",
            "kind",
            "code",
            "area_ha",
            "aliases",
            "former_codes",
            "retired",
            "successors",
            "url",
            "version",
        ]

    def get_geometry(self, area: Area) -> GEOSGeometry | None:
        """The boundary in force; none for an area without a place."""
        shape = _shape(area)
        return shape.geom if shape else None

    def get_aliases(self, area: Area) -> list[str]:
        """Other names."""
        return [alias.name for alias in area.aliases.all()]

    def get_former_codes(self, area: Area) -> list[str]:
        """Codes that it had in the scheme of its kind."""
        return sorted({code.code for code in area.former_codes.all() if code.scheme == area.kind.scheme})

    def get_retired(self, area: Area) -> dt.date | None:
        """Since the boundaries of which day it is no longer there; null when it is."""
        return area.retired_by.reference_date if area.retired_by else None

    @extend_schema_field(SUCCESSORS)
    def get_successors(self, area: Area) -> list[dict[str, Any]]:
        """What came in its place, with the share of its surface that went there."""
        rows: list[AreaSuccession] = area.shown_successors  # type: ignore[attr-defined]
        return [
            {
                "uuid": str(row.successor.uuid),
                "name": row.successor.name,
                "relation": row.relation,
                "share": round(row.weight, 4),
            }
            for row in rows
            if row.successor and row.edition_id == area.retired_by_id
        ]


class AreaChangeSerializer(KnownFields, serializers.Serializer[Area]):
    """What may be changed: the name, and other names beside it; who names the `version` that they saw changes no other."""

    name = serializers.CharField(max_length=120, required=False)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=120), required=False, max_length=50
    )
    version = serializers.CharField(required=False, max_length=60)


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """What a figure is: what it counts, in which unit, from whom."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Indicator
        fields = [
            "slug", "name", "description", "theme", "unit", "decimals", "is_additive", "hides_small", "direction", "source",
            "licence", "credit", "source_url", "is_example", "updated_at", "url",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, indicator: Indicator) -> str:
        """Its page."""
        url: str = self.context["request"].build_absolute_uri(indicator.get_absolute_url())
        return url


class FigureValueSerializer(serializers.ModelSerializer[IndicatorValue]):
    """The figure of one area in one period: a number, or the reason why there is none."""

    area = serializers.UUIDField(source="area.uuid")
    name = serializers.CharField(source="area.name")
    kind = serializers.CharField(source="area.kind.slug")
    value = serializers.DecimalField(max_digits=20, decimal_places=6, normalize_output=True, allow_null=True)
    boundaries = serializers.DateField(
        source="edition.reference_date",
        default=None,
        help_text="As of when the boundaries are that it stands on.",
    )

    class Meta:
        model = IndicatorValue
        fields = ["area", "name", "kind", "period", "value", "reason", "boundaries"]
        read_only_fields = fields


class KnownSerializer(serializers.Serializer[Any]):
    """A kind of areas of which a figure is known, with its periods from new to old."""

    kind = serializers.CharField(source="kind.slug")
    periods = serializers.ListField(child=serializers.CharField())


class FigureSerializer(IndicatorSerializer):
    """A figure with its values in one period, or of one area in all of them."""

    known = KnownSerializer(many=True)
    values = FigureValueSerializer(many=True, source="shown_values")

    class Meta(IndicatorSerializer.Meta):
        fields = [*IndicatorSerializer.Meta.fields, "known", "values"]
        read_only_fields = fields


def _shape(area: Area) -> Any:
    shapes: list[Any] = area.shown_shapes  # type: ignore[attr-defined]
    return shapes[0] if shapes else None


class AreaNamed(serializers.ModelSerializer[Area]):
    """An area by its word and name."""

    class Meta:
        model = Area
        fields = ("uuid", "slug", "name")
