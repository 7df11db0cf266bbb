"""Every page and every address of the API asks the database as often at many rows as at ten, and not often.

MANY is 120, more than any page of a list shows. `QUERY_ROWS=10000` asks everything at 10,000, in some minutes: each night, and when
somebody wants to know (docs/testing.md).
"""

import os
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import browser_of
from tests.doors import APPS, Door, World, add_rows, doors_of
from tests.stage import world as world

FEW, MANY = 10, int(os.environ.get("QUERY_ROWS", "120"))
MOST = 12
WHO = 3  # session, account and roles of a person who signed in
PIECE, A_PIECE = 1_000, 5
# What a test adds to a request, and who it is: the same on every page, once a minute.
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", 'UPDATE "django_session"')


def asked_of(app: str) -> list[tuple[Door, str]]:
    """(door, who) of everything that can be read: by who sees most of it, and by a visitor who may."""
    doors = [door for door in doors_of(app) if door.method == "get" and door.insider]
    return [
        (door, part)
        for door in doors
        for part in dict.fromkeys((door.insider, "visitor"))
        if part in door.who
    ]


def growth(door: Door) -> int:
    """How many queries more are right at many rows."""
    return door.more_when_full + (A_PIECE * (MANY // PIECE) if door.in_pieces else 0)


def bound(door: Door, who: str) -> int:
    """How often an address may ask."""
    most = MOST + door.more_queries + (growth(door) if door.in_pieces else 0)
    return most if who == "visitor" else most + WHO + door.more_for_staff


def counts(
    world: World, asked: Iterable[tuple[Door, str]], clients: dict[str, Client]
) -> dict[tuple[Door, str], list[str]]:
    """The queries of every address, each by a process that remembers the frame of a page and nothing else."""
    found = {}
    frames = {who: frame_of(client) for who, client in clients.items()}
    for door, who in asked:
        cache.clear()
        cache.set_many(frames[who])
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            response = clients[who].get(world.path(door.path))
            b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
            assert response.status_code < 500, door.path
        sent = [query["sql"] for query in queries.captured_queries]
        found[door, who] = [sql for sql in sent if not sql.startswith(NOT_COUNTED)]
    return found


def frame_of(client: Client) -> dict[str, Any]:
    """What the cache holds once somebody has seen a page."""
    cache.clear()
    client.get("/privacy/")
    kept: dict[str, Any] = cache._cache  # type: ignore[attr-defined]
    return cache.get_many([key.split(":", 2)[2] for key in kept])


@pytest.mark.parametrize("app", APPS)
def test_queries_do_not_grow(world: World, db: None, app: str, long_memory: None) -> None:
    asked = asked_of(app)
    clients = {part: browser_of(world.cast.get(part)) for _door, part in asked}
    add_rows(world.land, 0, FEW)
    few = counts(world, asked, clients)
    add_rows(world.land, FEW, MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = counts(world, asked, clients)
    wrong = []
    for (door, who), queries in many.items():
        before = few[door, who]
        if len(queries) > len(before) + growth(door) or len(queries) > bound(door, who):
            wrong.append(
                f"{door.path} as {who}: {len(before)} at {FEW} rows, {len(queries)} at {MANY}, most {bound(door, who)}:"
            )
            wrong += [f"    {sql[:200]}" for sql in queries]
    assert not wrong, "\n".join(wrong)
