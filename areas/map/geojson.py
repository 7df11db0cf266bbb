"""GeoJSON made by PostgreSQL: one statement for a whole layer, nothing of it passes through Python objects.

A layer of points is a queryset of three columns, `id`, `geom` and `properties` (a JSON object), in that order:
`.values_list("uuid", "point", "props")`. The boundaries of areas are written beforehand and only `collected`.
RFC 7946: longitude and latitude, no `crs` member, outer rings counter-clockwise.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from areas.models.edition import DIGITS

CLUSTER_PIXELS = 44  # a finger
CLUSTER_ZOOMS = range(9, 15)
# Metres of EPSG:3857 in one pixel at zoom 0.
WORLD_PIXEL = 156_543.033_928

FEATURE = (
    """concat('{"type":"Feature","id":', to_json(id::text), ',"geometry":', """
    f"ST_AsGeoJSON(geom, {DIGITS})"
    """, ',"properties":', properties, '}')"""
)
COLLECTION = (
    """'{"type":"FeatureCollection","features":[' || coalesce(string_agg(feature, ','), '') || ']}'"""
)


def feature_collection(rows: QuerySet[Any, Any]) -> bytes:
    """The rows as a FeatureCollection, in their order."""
    select, params = rows.query.sql_with_params()
    return _fetch(
        f"SELECT {COLLECTION} FROM (SELECT {FEATURE} AS feature FROM ({_rows(select)}) AS placed) AS features",  # noqa: S608 (no text of people)
        params,
    )


def collected(statement: str, params: Sequence[Any]) -> bytes:
    """The features that a statement writes as text, one a row, as a FeatureCollection.

    Strung together here: in PostgreSQL a text of megabytes is copied once more for each thing that is done with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        features = ",".join([feature for (feature,) in cursor.fetchall()])
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


def clustered_points(rows: QuerySet[Any, Any], zoom: int) -> bytes:
    """A FeatureCollection in which points closer than a finger at this zoom level are one; lines and faces stay on their own.

    A group has the properties `cluster` (true), `count` and `bbox`; points on their own are as in `feature_collection`.
    """
    select, params = rows.query.sql_with_params()
    near = CLUSTER_PIXELS * WORLD_PIXEL / 2**zoom
    return _fetch(
        f"WITH placed AS ({_rows(select)}), "  # noqa: S608 (no text of people)
        "near AS (SELECT *, ST_ClusterDBSCAN(ST_Transform(geom, 3857), %s, 2) "
        "OVER (PARTITION BY ST_Dimension(geom)) AS number FROM placed), "
        "grouped AS (SELECT id, geom, properties, CASE WHEN ST_Dimension(geom) = 0 THEN number END AS number FROM near), "
        "shown AS ("
        "SELECT id::text, geom, properties::text FROM grouped WHERE number IS NULL UNION ALL "
        "SELECT 'group-' || number, ST_Centroid(ST_Collect(geom)), json_build_object("
        "'cluster', true, 'count', count(*), 'bbox', json_build_array("
        "round(ST_XMin(ST_Extent(geom))::numeric, 6), round(ST_YMin(ST_Extent(geom))::numeric, 6), "
        "round(ST_XMax(ST_Extent(geom))::numeric, 6), round(ST_YMax(ST_Extent(geom))::numeric, 6)))::text "
        "FROM grouped WHERE number IS NOT NULL GROUP BY number ORDER BY 1) "
        f"SELECT {COLLECTION} FROM (SELECT {FEATURE} AS feature FROM shown) AS features",
        [*params, near],
    )


def cluster_variants() -> tuple[str, ...]:
    """The variants of a layer of points: `full`, and one a zoom level."""
    return ("full", *(f"z{zoom}" for zoom in CLUSTER_ZOOMS))


def points(rows: QuerySet[Any, Any], variant: str) -> bytes:
    """A layer of points in one of `cluster_variants()`."""
    return feature_collection(rows) if variant == "full" else clustered_points(rows, int(variant[1:]))


def _rows(select: str) -> str:
    # Django selects a geometry as bytes.
    return (
        "SELECT id, ST_ForcePolygonCCW(ST_GeomFromEWKB(geom)) AS geom, properties "  # noqa: S608 (no text of people)
        f"FROM ({select}) AS selected(id, geom, properties)"
    )


def _fetch(statement: str, params: Sequence[Any]) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    text: str = row[0]
    return text.encode()
