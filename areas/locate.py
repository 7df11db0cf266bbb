"""Where am I: from a point to the areas it lies in."""

import math

from django.contrib.gis.geos import Point

from areas.models import Area, Municipality


def areas_at(point: Point, municipality: Municipality) -> dict[str, Area]:
    """The area of every kind at a point, from large to small kinds; one query.

    A point on a border belongs to the area whose name comes first, so that the same point always gives the same answer.
    """
    found = (
        Area.objects.of(municipality)
        .filter(shapes__edition__status="active", shapes__geom__intersects=point)
        .select_related("kind")
        .order_by("kind__rank", "kind__slug", "name", "slug")
    )
    areas: dict[str, Area] = {}
    for area in found:
        areas.setdefault(area.kind.slug, area)
    return areas


def point_from(latitude: str, longitude: str) -> Point | None:
    """A point from two numbers as text; None when they are no place on earth. A decimal comma is fine."""
    try:
        lat, lon = (float(text.strip().replace(",", ".")) for text in (latitude, longitude))
    except ValueError:
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return Point(lon, lat, srid=4326)
