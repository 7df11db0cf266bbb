"""Search that minds no accents and forgives a typo."""

from django.db import migrations

FOLD = """
CREATE FUNCTION search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;
CREATE INDEX area_name_search ON areas_area USING gin (search_fold(name) gin_trgm_ops);
CREATE INDEX areaname_name_search ON areas_areaname USING gin (search_fold(name) gin_trgm_ops);
"""
UNFOLD = """
DROP INDEX areaname_name_search;
DROP INDEX area_name_search;
DROP FUNCTION search_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial"), ("core", "0001_database")]
    operations = [migrations.RunSQL(FOLD, UNFOLD)]
