"""The functions that read a date as people know it (EDTF text, `core/dates.py`) in the database: its days, its first, its last.

`when_span` stands alone and the others name it by identity, so that a restore, which has no search path, finds them.
"""

from django.db import migrations

SPAN = r"""
CREATE FUNCTION when_span(value text) RETURNS daterange LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    point text; first date; last date; began date; part int; place int;
    slash int := position('/' in value);
BEGIN
    FOR place IN 0..1 LOOP
        IF place = 0 THEN
            point := CASE WHEN slash > 0 THEN left(value, slash - 1) ELSE value END;
        ELSIF slash = 0 THEN
            EXIT;
        ELSE
            point := substr(value, slash + 1);
            IF point IN ('', '..') THEN
                RETURN daterange(began, NULL);
            END IF;
        END IF;
        IF point !~ '^(1[89]|2[01])[0-9]{2}(-(0[1-9]|1[0-2]|2[1-4])|-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$' THEN
            RETURN NULL;
        END IF;
        part := coalesce(nullif(substr(point, 6, 2), ''), '0')::int;
        IF part = 0 THEN
            first := make_date(left(point, 4)::int, 1, 1);
            last := first + interval '1 year' - interval '1 day';
        ELSIF part > 12 THEN
            first := make_date(left(point, 4)::int, (part - 20) * 3, 1);
            last := first + interval '3 months' - interval '1 day';
        ELSE
            first := make_date(left(point, 4)::int, part, 1);
            last := first + interval '1 month' - interval '1 day';
            IF length(point) = 10 THEN
                first := first + (substr(point, 9, 2)::int - 1);
                IF first > last THEN
                    RETURN NULL;
                END IF;
                last := first;
            END IF;
        END IF;
        IF place = 0 THEN
            began := first;
        END IF;
    END LOOP;
    IF last < began THEN
        RETURN NULL;
    END IF;
    RETURN daterange(began, last, '[]');
END $$
"""
FIRST = """
CREATE FUNCTION when_first(value text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(when_span(value))
"""
LAST = """
CREATE FUNCTION when_last(value text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN upper(when_span(value)) - 1
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_intake"),
    ]
    operations = [
        migrations.RunSQL(SPAN, "DROP FUNCTION when_span(text)"),
        migrations.RunSQL(FIRST, "DROP FUNCTION when_first(text)"),
        migrations.RunSQL(LAST, "DROP FUNCTION when_last(text)"),
    ]
