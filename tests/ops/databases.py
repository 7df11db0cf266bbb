"""The test's own database as other programs see it."""

import re
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SHAPE = """
    SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
    UNION SELECT 'column ' || attrelid::regclass || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
    WHERE c.relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
    UNION SELECT 'function ' || proname || ' ' || md5(prosrc) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
    UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT 'right ' || c.oid::regclass || ' ' || a.grantee::regrole || ' ' || a.privilege_type
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.relkind = 'r' AND a.grantee <> 0 AND a.grantee <> c.relowner
    UNION SELECT 'sequence ' || sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences
    ORDER BY 1
"""


def database_url(name: str | None = None) -> str:
    """The DATABASE_URL of the test's database, or of another on the same server."""
    given = connection.settings_dict
    assert given["NAME"].startswith("test_"), "not the database of the tests"
    account = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    place = (
        f"//{given['HOST'].lstrip('/')}"
        if given["HOST"].startswith("/")
        else f"{given['HOST']}:{given['PORT'] or 5432}"
    )
    return f"postgis://{account}@{place}/{name or given['NAME']}"


def connect(name: str) -> "psycopg.Connection[Any]":
    """A connection of its own, outside Django."""
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )


def shape(name: str) -> list[str]:
    """The columns, triggers, functions, constraints, indexes, rights and sequences of a database."""
    with connect(name) as made:
        # PostgreSQL writes the casts of a condition in another way once it has read them back.
        return sorted(re.sub(r"::[a-z ]+(\[\])?|[()]", "", line) for (line,) in made.execute(SHAPE))
