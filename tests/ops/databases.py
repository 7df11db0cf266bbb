"""The test's own database as other programs see it."""

from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


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
