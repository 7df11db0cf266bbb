"""A database that is away is told at once, with a way back; an error of our own stays an error of our own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg import errors
from psycopg_pool import PoolTimeout

from core import away
from tests.conftest import Land

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _here_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_away_until", 0.0)


def refused() -> OperationalError:
    error = OperationalError("connection to server at 10.0.0.5, user geheim, failed")
    error.__cause__ = psycopg.OperationalError("connection refused")
    return error


@pytest.fixture
def gone(land: Land) -> Iterator[list[int]]:
    """A database that refuses; how often it was asked."""
    asked: list[int] = []

    def cursor(*given: object) -> None:
        asked.append(1)
        raise refused()

    with pytest.MonkeyPatch.context() as meanwhile:  # over before the database of the test is cleared up
        meanwhile.setattr(connection, "cursor", cursor)
        yield asked


def by_browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/", "/werklocaties/?dienst=a", "/account/login/"])
def test_a_page_says_so(gone: list[int], path: str) -> None:
    answer = by_browser().get(path)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    words = answer.content.decode()
    assert "Even niet bereikbaar" in words
    assert f'href="{path}"' in words
    assert "geheim" not in words


def test_what_was_sent_is_not_lost(gone: list[int]) -> None:
    answer = by_browser().post("/account/login/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 503
    assert "één stap terug" in answer.content.decode()


@pytest.mark.parametrize("path", ["/api/v1/gebieden/", "/ogc/collections", "/kaartlagen/wijk.geojson"])
def test_a_program_is_told_too(gone: list[int], path: str) -> None:
    answer = by_browser().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "detail" in answer.json()


def test_only_the_first_one_waits(gone: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    browser = by_browser()
    assert browser.get("/werklocaties/").status_code == 503
    asked = len(gone)
    assert [browser.get("/werklocaties/").status_code for _ in range(5)] == [503] * 5
    assert len(gone) == asked
    assert browser.get("/healthz").status_code == 200
    monkeypatch.setattr(away, "_away_until", 0.0)  # the second is over
    assert browser.get("/werklocaties/").status_code == 503
    assert len(gone) > asked


def test_it_comes_back_by_itself(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as while_away:
        while_away.setattr(connection, "cursor", lambda *given: (_ for _ in ()).throw(refused()))
        assert by_browser().get("/werklocaties/").status_code == 503
    monkeypatch.setattr("core.away.time.monotonic", lambda: away._away_until + 0.01)
    assert by_browser().get("/werklocaties/").status_code == 200


@pytest.mark.parametrize(
    ("cause", "is_away"),
    [
        (PoolTimeout("no connection after 1 sec"), True),
        (errors.AdminShutdown("terminating connection"), True),
        (errors.CannotConnectNow("the database system is starting up"), True),
        (errors.TooManyConnections("too many clients already"), True),
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (errors.QueryCanceled("canceling statement due to statement timeout"), False),
        (errors.DiskFull("no space left"), False),
        (errors.LockNotAvailable("could not obtain lock"), False),
    ],
)
def test_which_errors_are_meant(cause: Exception, is_away: bool) -> None:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    assert away.is_away(error) is is_away


def test_others_are_not() -> None:
    assert not away.is_away(ValueError("x"))
    assert not away.is_away(None)
    assert away.is_away(PoolTimeout("x"))


SHOW = (
    "from django.conf import settings; o = settings.DATABASES['default']['OPTIONS'];"
    "print(o['pool']['timeout'], o['connect_timeout'])"
)


@pytest.mark.parametrize(
    ("start", "patience"), [("import config.asgi", "1 2"), ("import django; django.setup()", "10 2")]
)
def test_a_page_waits_a_second_for_a_connection(start: str, patience: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    environment.pop("CONNECT_WITHIN", None)
    told = subprocess.run(
        [sys.executable, "-c", f"{start}; {SHOW}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == patience
