"""Private unless marked; the language of the administration unless chosen."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.generic import View

from core.access import is_open, open_to_all
from core.middleware import PrivateByDefaultMiddleware


def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


class Somebody:
    def __init__(self, is_authenticated: bool) -> None:
        self.is_authenticated = is_authenticated


def gate(view: Callable[..., Any], *, signed_in: bool = False) -> HttpResponse | None:
    request = RequestFactory().get("/geheim/?a=b")
    request.user = Somebody(signed_in)  # type: ignore[assignment]
    return PrivateByDefaultMiddleware(closed).process_view(request, view, (), {})


def test_unmarked_view_sends_visitors_to_sign_in() -> None:
    answer = gate(closed)
    assert answer is not None
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/geheim/")


def test_unmarked_view_lets_people_in() -> None:
    assert gate(closed, signed_in=True) is None


def test_marked_view_lets_visitors_in() -> None:
    view = open_to_all(lambda request: HttpResponse(""))
    assert gate(view) is None


def test_mark_is_seen_through_wrappers_and_classes() -> None:
    @open_to_all
    def inner(request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    @wraps(inner)
    def outer(request: HttpRequest) -> HttpResponse:
        return inner(request)

    class Open(View):
        open_to_all = True

    assert is_open(outer)
    assert is_open(Open.as_view())
    assert not is_open(View.as_view())
    assert not is_open(closed)


@pytest.mark.parametrize(("cookie", "language"), [("", "nl"), ("en", "en"), ("nl", "nl"), ("xx", "nl")])
def test_language_is_chosen_never_guessed(land: object, client: Client, cookie: str, language: str) -> None:
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = client.get("/healthz", headers={"Accept-Language": "en, fr;q=0.8"})
    assert answer["Content-Language"] == language


def test_switch_remembers_and_goes_back(land: object, client: Client) -> None:
    answer = client.post("/taal/", {"language": "en", "next": "/kaart/?laag=wijk"})
    assert answer.status_code == 302
    assert answer["Location"] == "/kaart/?laag=wijk"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get("/healthz")["Content-Language"] == "en"


@pytest.mark.parametrize("address", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", ""])
def test_switch_leads_nowhere_else(land: object, client: Client, address: str) -> None:
    assert client.post("/taal/", {"language": "nl", "next": address})["Location"] == "/"


def test_switch_knows_only_our_languages(land: object, client: Client) -> None:
    answer = client.post("/taal/", {"language": "fr", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert client.get("/taal/").status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/gebieden/?kind=%00",
        "/api/v1/werklocaties/?dienst=%00",
        "/api/v1/werklocaties/?gebied=a%00",
        "/beheer/%00/",
    ],
)
def test_nul_is_refused_before_the_database(land: object, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_nul_in_a_cookie_is_refused(land: object, client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "\x00abcdefghijklmnop"
    assert client.get("/mijn/").status_code == 400


def test_another_host_is_refused_in_words(land: object, client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize(
    ("part", "address"),
    [
        ("administrator", "/account/rollen/"),
        ("steward", "/gebieden/grenzen/"),
        ("steward", "/werklocaties/kwaliteit/"),
        ("resident", "/account/email/"),
        ("visitor", "/beheer/"),
    ],
)
def test_no_cache_keeps_a_private_page(as_part: Callable[[str], Client], part: str, address: str) -> None:
    kept = as_part(part).get(address)["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_no_shared_cache_keeps_a_page_that_names_a_person(as_part: Callable[[str], Client]) -> None:
    assert "private" in as_part("administrator").get("/")["Cache-Control"]
