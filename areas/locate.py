"""Where am I: from a point to the areas it lies in."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import Model

from areas.models import Area, AreaKind, AreaShape, Municipality
from areas.models.edition import IN_FORCE, INTERIORS_MEET

Record = TypeVar("Record", bound=Model)


def areas_at(point: Point, municipality: Municipality) -> dict[str, Area]:
    """The area of every kind at a point, from large to small kinds; one query.

    A point on a border belongs to the area whose name comes first, so that the same point always gives the same answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [municipality.pk, point.x, point.y])
        rows = cursor.fetchall()
    areas: dict[str, Area] = {}
    for row in rows:
        area, kind = _made(Area, row), _made(AreaKind, row[len(_columns(Area)) :])
        area.kind = kind
        areas.setdefault(kind.slug, area)
    return areas


LYING_IN = """
SELECT given.number
FROM areas_areashape AS shape, unnest(%s::bytea[]) WITH ORDINALITY AS given(wkb, number),
    LATERAL (SELECT ST_GeomFromWKB(given.wkb, 4326) AS geom) AS place
WHERE shape.id = %s AND CASE WHEN ST_Dimension(place.geom) = 0
    THEN ST_Intersects(shape.geom, place.geom) ELSE ST_Relate(shape.geom, place.geom, %s) END
"""


def lying_in(shape: AreaShape, places: Sequence[Any]) -> set[int]:
    """Which of some geometries lie in an area, by their number in the row; as `AreaShape.objects` has it. One query for all."""
    if not places:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(LYING_IN, [[bytes(place.wkb) for place in places], shape.pk, INTERIORS_MEET])
        return {number - 1 for (number,) in cursor.fetchall()}


@cache
def _statement() -> str:
    """Written out: making this query of Django's objects costs more than answering it."""
    shown = ", ".join(
        f'{model._meta.db_table}."{name}"' for model in (Area, AreaKind) for name in _columns(model)
    )
    return (
        f"SELECT {shown} FROM areas_areashape AS shape "  # noqa: S608  (names of our own columns)
        f"JOIN areas_areaedition AS edition ON edition.id = shape.edition_id AND {IN_FORCE} "
        "JOIN areas_area ON areas_area.id = shape.area_id "
        "JOIN areas_areakind ON areas_areakind.id = areas_area.kind_id "
        "WHERE areas_area.municipality_id = %s "
        "AND ST_Intersects(shape.geom, ST_SetSRID(ST_MakePoint(%s, %s), 4326)) "
        "ORDER BY areas_areakind.rank, areas_areakind.slug, areas_area.name, areas_area.slug"
    )


@cache
def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _made(model: type[Record], row: Sequence[Any]) -> Record:
    """An object of the first columns of a row."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, row[: len(names)])


def point_from(latitude: str, longitude: str) -> Point | None:
    """A point from two numbers as text; None when they are no place on earth. A decimal comma is fine."""
    try:
        lat, lon = (float(text.strip().replace(",", ".")) for text in (latitude, longitude))
    except ValueError:
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return Point(lon, lat, srid=4326)
