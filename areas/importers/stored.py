"""Boundaries of the database as geometry of shapely, and back."""

from collections.abc import Sequence
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB, Transform
from django.contrib.gis.geos import GEOSGeometry

from areas.importers.transform import WGS84


def grid_shapes(srid: int, shapes: Any) -> dict[int, Any]:
    """The boundaries of some shapes by area, in the national grid."""
    placed = shapes.order_by("area_id").annotate(grid=AsWKB(Transform("geom", srid)))
    rows = list(placed.values_list("area_id", "grid"))
    geoms = shapely.from_wkb([bytes(wkb) for _pk, wkb in rows])
    return dict(zip((pk for pk, _wkb in rows), geoms, strict=True))


def geos(geoms: Sequence[Any]) -> list[GEOSGeometry]:
    """Geometries of shapely as Django wants them."""
    return [GEOSGeometry(memoryview(wkb), srid=WGS84) for wkb in shapely.to_wkb(list(geoms))]
