"""What everything is measured against: the usual way with djangorestframework-gis, on the same rows."""

import json
from typing import Any

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction
from rest_framework.renderers import JSONRenderer
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.models import AreaShape


class PlainSerializer(GeoFeatureModelSerializer):  # type: ignore[misc]
    """Boundaries as its documentation shows it."""

    geom = GeometryField()

    class Meta:
        model = AreaShape
        geo_field = "geom"
        fields = ("id", "area_m2", "content_hash")


def written(shapes: Any) -> bytes:
    """Boundaries as GeoJSON."""
    rows = shapes.defer("overview", "path")
    text: bytes = JSONRenderer().render(PlainSerializer(rows, many=True).data)
    return text


def read(data: bytes, pattern: AreaShape) -> None:
    """A file of boundaries written to the table, without any check or comparison, and taken back."""
    features = json.loads(data)["features"]
    for feature in features:
        feature["properties"] = {"area_m2": 1.0, "content_hash": "-"}
    serializer = PlainSerializer(data=features, many=True)
    with transaction.atomic():
        serializer.is_valid(raise_exception=True)
        AreaShape.objects.filter(edition=pattern.edition).delete()
        areas = pattern.area.kind.areas.values_list("pk", flat=True)
        fixed = {
            "label_point": pattern.label_point,
            "measured_srid": pattern.measured_srid,
            "path": "",
            "box": "",
        }
        for area_id, values in zip(areas, serializer.validated_data, strict=True):
            geom = MultiPolygon(values.pop("geom"))
            AreaShape.objects.create(
                edition=pattern.edition, area_id=area_id, geom=geom, overview=geom, **fixed, **values
            )
        transaction.set_rollback(True)
