"""Work locations as GeoJSON, built inside PostgreSQL: all of them, or taken together by zoom level."""

from django.db import connection

# Metres a pixel at zoom 0 in EPSG:3857; pins closer than this many pixels are one.
METRES_A_PIXEL = 156_543.033_928_04
PIXELS = 44

# Without a reach every location is a group of its own.
FEATURES = """
WITH placed AS (
    SELECT l.id, l.name, l.point,
           CASE WHEN %(reach)s::float IS NULL THEN l.id
                ELSE ST_ClusterDBSCAN(ST_Transform(l.point, 3857), coalesce(%(reach)s::float, 0), 1) OVER () END AS heap,
           json_build_object(
               'type', 'Feature', 'id', l.uuid, 'geometry', ST_AsGeoJSON(l.point, 6)::json,
               'properties', json_build_object(
                   'slug', l.slug, 'name', l.name, 'address', trim(l.street || ' ' || l.house_number),
                   'precision', l.precision, 'approximate', l.precision IN ('street', 'village'),
                   'services', ARRAY(
                       SELECT s.slug FROM workplaces_serviceoffer o JOIN workplaces_service s ON s.id = o.service_id
                       WHERE o.location_id = l.id ORDER BY s.slug
                   ),
                   'url', %(base)s || l.slug || '/'
               )
           )::text AS feature
    FROM workplaces_worklocation l
    WHERE l.municipality_id = %(municipality)s AND l.point IS NOT NULL
      AND (l.closed_on IS NULL OR l.closed_on > %(today)s::date)
), heaps AS (
    SELECT min(name) AS name, min(id) AS id,
           CASE WHEN count(*) = 1 THEN min(feature) ELSE json_build_object(
               'type', 'Feature', 'geometry', ST_AsGeoJSON(ST_Centroid(ST_Collect(point)), 6)::json,
               'properties', json_build_object('cluster', true, 'count', count(*))
           )::text END AS feature
    FROM placed GROUP BY heap
)
SELECT coalesce(string_agg(feature, ',' ORDER BY name, id), '') FROM heaps
"""


def collection(municipality_id: int, *, today: str, base: str, zoom: int | None = None) -> bytes:
    """A FeatureCollection of the locations in use; with a zoom level, those that would overlap are one feature with a `count`."""
    reach = None if zoom is None else PIXELS * METRES_A_PIXEL / 2**zoom
    values = {"municipality": municipality_id, "today": today, "base": base, "reach": reach}
    with connection.cursor() as cursor:
        cursor.execute(FEATURES, values)
        (features,) = cursor.fetchone() or ("",)
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()
