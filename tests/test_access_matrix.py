"""Who may enter where: every address of the site × the whole cast. A new address that no `doors.py` lists fails.

An outsider who is signed in gets 404, never 403, so that nobody learns what exists; a visitor is led to the sign-in page. The API
says 401 or 403 on writing what everybody may read. Who has the most to see gets each page whole; for the others it is asked whether
they may enter, without writing the page (visitors get theirs whole in tests/test_query_counts.py).
"""

from contextlib import nullcontext

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.accounts.doors import ALLAUTH_OPEN, ALLAUTH_SIGNED_IN
from tests.conftest import CAST, browser_of
from tests.doors import APPS, Door, World, all_doors, doors_of
from tests.routes import routes
from tests.stage import nothing_kept, unrendered
from tests.stage import world as world

ENTERED = {200, 204, 302, 303, 400, 409, 422}


def test_every_address_is_listed() -> None:
    known = {route for route, _door in all_doors()} | ALLAUTH_OPEN | ALLAUTH_SIGNED_IN
    found = {route for route, _name in routes() if not route.startswith("beheer/")}
    assert found - known == set(), "addresses that no tests/<app>/doors.py knows"
    assert known - found == set(), "addresses that no longer exist"


def passes(door: Door, part: str, response: HttpResponse) -> bool:
    """Whether a member of the cast got what the matrix says."""
    to_sign_in = (
        response.status_code == 302
        and "next=" in response["Location"]
        and "/account/" in response["Location"]
    )
    if part in door.who:
        return response.status_code in ENTERED and not to_sign_in
    if part == "visitor":
        return response.status_code in door.visitor and (response.status_code != 302 or to_sign_in)
    return response.status_code in door.refused


@pytest.mark.parametrize("part", CAST)
@pytest.mark.parametrize("app", APPS)
def test_every_door(world: World, db: None, app: str, part: str) -> None:
    client = browser_of(world.cast.get(part))
    wrong = []
    for door in doors_of(app):
        path = world.path(door.path)
        with nothing_kept(), nullcontext() if part == door.insider else unrendered():
            response = getattr(client, door.method)(path, **door.sent)
        if not passes(door, part, response):
            wrong.append(f"{door.method} {path} as {part}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", APPS)
def test_an_open_address_answers_head_as_it_answers_get(world: World, db: None, app: str) -> None:
    client = Client()
    wrong = []
    for door in doors_of(app):
        if door.method != "get" or "visitor" not in door.who:
            continue
        path = world.path(door.path)
        with nothing_kept(), unrendered():
            got, head = client.get(path), client.head(path)
        if head.status_code != got.status_code or head.getvalue():
            wrong.append(f"{path}: {got.status_code} and {head.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", sorted(ALLAUTH_OPEN - {route for route in ALLAUTH_OPEN if "(" in route}))
def test_an_open_page_of_the_account_answers_head(route: str, db: None, client: Client) -> None:
    assert client.head(f"/{route}").status_code == client.get(f"/{route}").status_code < 400


@pytest.mark.parametrize("route", sorted(ALLAUTH_SIGNED_IN))
def test_pages_of_the_account_are_for_those_who_signed_in(route: str, db: None, client: Client) -> None:
    response = client.get(f"/{route}")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("part", CAST)
def test_the_administration_is_for_operators_only(world: World, db: None, part: str) -> None:
    client = browser_of(world.cast.get(part))
    for route, _name in routes():
        if route.startswith("beheer/") and not set("<(") & set(route):
            with unrendered():
                response = client.get(f"/{route}")
            assert response.status_code in {302, 403, 404}, f"{part} enters /{route}"
            if response.status_code == 302:
                assert response["Location"].startswith(("/account/", "/beheer/"))
