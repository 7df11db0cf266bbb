"""Reference systems are changed by PostGIS, in one query for many geometries."""

from collections.abc import Sequence
from typing import Any

import shapely
from django.db import connection

WGS84 = 4326


def transformed(geometries: Sequence[Any], *, source: int, target: int) -> list[Any]:
    """The geometries (of shapely) in another reference system."""
    if source == target or not len(geometries):
        return list(geometries)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(wkb, %s), %s)) "
            "FROM unnest(%s::bytea[]) WITH ORDINALITY AS given(wkb, place) ORDER BY place",
            [source, target, list(shapely.to_wkb(list(geometries)))],
        )
        rows = [bytes(wkb) for (wkb,) in cursor.fetchall()]
    return list(shapely.from_wkb(rows))
