"""Boundaries of the database as geometry of shapely, and back."""

from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry

from areas.importers.transform import WGS84, transformed


def grid_shapes(srid: int, shapes: Any) -> dict[int, Any]:
    """The boundaries of some shapes by area, in the national grid."""
    rows = list(shapes.order_by("area_id").values_list("area_id", "geom"))
    geoms = [shapely.from_wkb(bytes(geom.wkb)) for _pk, geom in rows]
    return dict(zip((pk for pk, _geom in rows), transformed(geoms, source=WGS84, target=srid), strict=True))


def geos(geom: Any) -> Any:
    """A geometry of shapely as Django wants it."""
    return GEOSGeometry(memoryview(shapely.to_wkb(geom)), srid=WGS84)
