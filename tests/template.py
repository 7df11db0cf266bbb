"""One migrated database a run, or a hundred runs, that every worker copies: migrating costs ten seconds of CPU, copying a tenth.

The copy is named by what it is made of; with other migrations or models it is made anew. Django still runs `migrate` on each copy,
which finds nothing left to do.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

PREFIX = "template_of_tests_"
# Keys begin above a thousand, as in a house that is lived in: one that is written as a number for people, "1.001", is found.
FIRST_KEY = 1001
BEGINS_WITH = "TEST_TEMPLATE"  # in the environment: a migrated database to begin with


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any, pytestconfig: pytest.Config
) -> None:
    """Have the database of tests copied from a migrated one; takes the place of a fixture of pytest-django."""
    with django_db_blocker.unblock(), _alone():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


def migrated_template() -> str:
    """The name of the migrated database of this code; made when it is not there."""
    name = PREFIX + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_mine()])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
    if name not in there:
        _make(name)
    return name


def fingerprint() -> str:
    """Changes with the database that is configured, and with the migrations and models of any app."""
    found = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        files = [*folder.glob("migrations/*.py")]
        if folder.is_relative_to(settings.BASE_DIR):
            files += [*folder.glob("models/*.py"), *folder.glob("models.py")]
        for file in sorted(files):
            found.update(file.name.encode() + file.read_bytes())
    return f"{_mine().removeprefix(PREFIX)}{found.hexdigest()[:16]}"


def _mine() -> str:
    """How the names begin of templates that belong to this database: other clones on this server have their own."""
    return f"{PREFIX}{hashlib.sha256(str(connection.settings_dict['NAME']).encode()).hexdigest()[:8]}_"


def _make(name: str) -> None:
    """Migrate under another name first: a template that an interruption left half is never found."""
    test, own = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    wanted, half = test["NAME"], f"{name}_half"
    test["NAME"] = half
    # Of a house with one more app only that app is still to be migrated (tests/ops/test_skeleton.py).
    test["TEMPLATE"] = os.environ.get(BEGINS_WITH)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _begin_keys()
    connection.close()
    test["NAME"], test["TEMPLATE"], connection.settings_dict["NAME"] = wanted, None, own
    settings.DATABASES["default"]["NAME"] = own
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')


def _begin_keys() -> None:
    """Let every table give its next row a key of four figures."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(format('%%I.%%I', table_schema, table_name), column_name), %s, false)"
            " FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = 'public'",
            [FIRST_KEY],
        )


@contextmanager
def _alone() -> Iterator[None]:
    """One worker at a time; the second finds what the first made. Who tests on another server waits for nobody."""
    server = hashlib.sha256("{HOST}:{PORT}".format_map(connection.settings_dict).encode()).hexdigest()[:8]
    with (Path(tempfile.gettempdir()) / f"gebiedsplein-{_mine()}{server}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
