"""A site of before each issue becomes one of today: restored, migrated, and asked what people had in their bookmarks."""

import datetime as dt
import html
import json
import lzma
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg import sql
from pytest_django import Settings

from areas.ogc.cutting import SHELF_BYTES, Shelf
from core.backup import Manifest, restore_backup
from portal.demo.people import PEOPLE, DemoPerson
from tests.ops.databases import connect, shape
from workplaces.models import WorkLocation

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob("*.tar.xz"))
SECRET_KEY = "only-for-the-demo-and-tests-never-in-production-0123456789"
LIBRARY = "ldc-en-bibliotheek-meerle"


# The older ones go the same way from further back, which takes half a minute each: at night.
ASKED = KEPT if os.environ.get("EVERY_UPGRADE") else KEPT[-2:]


@pytest.mark.parametrize("kept", ASKED, ids=lambda path: path.name.partition(".")[0])
def test_a_site_of_before_becomes_one_of_today(
    kept: Path, transactional_db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another site has the same keys: nothing of one may be handed out for the other.
    monkeypatch.setattr("areas.ogc.views.shelf", Shelf(SHELF_BYTES))
    settings.SECRET_KEY, settings.DEMO, settings.MEDIA_ROOT = SECRET_KEY, True, tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    backup = tmp_path / "backup.tar"
    backup.write_bytes(lzma.decompress(kept.read_bytes()))
    new = structure(connection.settings_dict["NAME"])
    with other_database() as name, time_machine.travel(made(backup) + dt.timedelta(hours=1)):
        restore_backup(backup)
        before, then = history(name), accounts(name)
        call_command("migrate", verbosity=0)
        assert structure(name) == new, "it is not the database that a new site gets"
        assert history(name) >= before > 100, "history was lost"
        people = {person.mailbox: sign_in(person) for person in PEOPLE if person.email in then}
        wrong = [
            f"{who} {address}: {found}"
            for who, address, wanted in addresses(kept)
            if (found := answer(people.get(who, Client()), address, wanted))
        ]
        assert wrong == []
        change_something(people["gebiedswerker.meerle"])
        assert history(name) > before


def made(backup: Path) -> dt.datetime:
    """When it was kept; files of people last a week, and the test asks for them an hour later."""
    with tarfile.open(backup) as tar:
        member = tar.extractfile("manifest.json")
        assert member is not None
        return dt.datetime.fromisoformat(Manifest(**json.load(member)).made)


@contextmanager
def other_database() -> Iterator[str]:
    """An empty database that Django uses instead, as long as it is wanted."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_upgraded"
    with connect("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            cache.clear()
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def structure(name: str) -> list[str]:
    """What a database is made of, without how far its sequences are."""
    return [line for line in shape(name) if not line.startswith("sequence ")]


def history(name: str) -> int:
    """How many rows the database keeps of what happened."""
    with connect(name) as made:
        tables = made.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_id'"
        )
        count = sql.SQL("SELECT count(*) FROM {}")
        return sum(_one(made, count.format(sql.Identifier(table))) for (table,) in tables.fetchall())


def _one(made: "psycopg.Connection[Any]", query: sql.Composed) -> int:
    (number,) = made.execute(query).fetchone() or (0,)
    return int(number)


def addresses(kept: Path) -> Iterator[tuple[str, str, str]]:
    """(who, address, what it must answer) of the list beside what was kept."""
    listed = kept.with_name(kept.name.replace(".tar.xz", ".txt")).read_text().splitlines()
    for line in listed:
        if line and not line.startswith("#"):
            who, address, *wanted = line.split("  ", 2)
            yield who, address, wanted[0] if wanted else ""


def accounts(name: str) -> set[str]:
    """Who had an account then."""
    with connect(name) as server:
        return {email for (email,) in server.execute("SELECT email FROM accounts_user").fetchall()}


def sign_in(person: DemoPerson) -> Client:
    """With the password and the code that the demo had then."""
    client = Client()
    found = client.post("/account/login/", {"login": person.email, "password": person.password})
    assert found.status_code == 302, person.email
    # A code counts for half a minute, and checking a password takes its time: the clock stands still while it is read and sent.
    with time_machine.travel(timezone.now(), tick=False):
        if code := person.code:
            found = client.post("/account/2fa/authenticate/", {"code": code})
            assert found.status_code == 302, person.email
    cache.clear()  # nobody signs in ten times a minute
    return client


def answer(client: Client, address: str, wanted: str) -> str:
    """What is wrong with the answer, or nothing."""
    response = client.get(address, follow=True)
    if response.redirect_chain and response.redirect_chain[-1][0].startswith("/account/"):
        return f"leads to {response.redirect_chain[-1][0]}"
    status = int(wanted) if wanted.isdecimal() else 200
    if response.status_code != status:
        return str(response.status_code)
    text = html.unescape(response.getvalue().decode(errors="replace"))
    return "" if wanted.isdecimal() or wanted in text else f"“{wanted}” is not there"


def change_something(client: Client) -> None:
    """What was brought along can be worked on."""
    address = f"/api/v1/werklocaties/{WorkLocation.objects.get(slug=LIBRARY).uuid}/"
    version = client.get(address).json()["properties"]["version"]
    change = {"phone": "03 222 22 22", "version": version}
    assert client.patch(address, change, content_type="application/json").status_code == 200


def test_what_is_kept_is_small_and_listed() -> None:
    assert KEPT
    for kept in KEPT:
        assert kept.stat().st_size < 300_000
        assert len([*addresses(kept)]) > 50
    assert {path.name.partition(".")[0] for path in HERE.glob("*.txt")} == {
        path.name.partition(".")[0] for path in KEPT
    }
