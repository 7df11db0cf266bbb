"""So many times a minute, by person and address, without keeping the address."""

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core import limits
from core.access import is_open, open_to_all
from core.limits import client_address, limited, visitor_key

NOON = "2026-03-04T12:00:10Z"


@pytest.fixture(autouse=True)
def _plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limits, "render", lambda request, template, context, status: HttpResponse(template, status=status)
    )


@open_to_all
@limited("tests", per_minute=2)
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ja")


def ask(address: str = "192.0.2.1", user: object = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=address, **headers)  # type: ignore[arg-type]
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    return request


def test_third_time_in_a_minute_is_refused() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [view(ask()).status_code for _ in range(3)] == [200, 200, 429]
        refusal = view(ask())
        assert refusal["Retry-After"] == "50"
        assert refusal.content == b"429.html"


def test_next_minute_begins_anew() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(3):
            view(ask())
        clock.shift(50)
        assert view(ask()).status_code == 200


def test_others_are_not_held_up() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            view(ask())
        assert view(ask("192.0.2.2")).status_code == 200


@limited("tests_other", per_minute=1)
def other(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def test_names_count_apart() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            view(ask())
        assert other(ask()).status_code == 200


def test_key_holds_no_address_and_changes_daily() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        key = visitor_key(ask())
        assert "192" not in key
        assert key == visitor_key(ask())
        clock.shift(24 * 3600)
        assert key != visitor_key(ask())


def test_household_with_many_addresses_is_one() -> None:
    assert client_address(ask("2001:db8:1:2:aaaa::1")) == client_address(ask("2001:db8:1:2::5"))
    assert client_address(ask("2001:db8:1:2::1")) != client_address(ask("2001:db8:1:3::1"))


def test_an_ipv4_address_is_one_however_it_is_written(settings: LazySettings) -> None:
    assert client_address(ask("::ffff:192.0.2.1")) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert client_address(ask(HTTP_X_FORWARDED_FOR="::ffff:192.0.2.1")) == "192.0.2.1"
    assert client_address(ask(HTTP_X_FORWARDED_FOR="::ffff:192.0.2.2")) == "192.0.2.2"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("192.0.2.1:5678", "192.0.2.1"),
        ("[2001:db8:1:2::5]:5678", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::5]", "2001:db8:1:2::/64"),
        ("192.0.2.1:x", ""),
    ],
)
def test_an_address_may_come_with_a_port(settings: LazySettings, written: str, meant: str) -> None:
    settings.BEHIND_PROXY = True
    assert client_address(ask(HTTP_X_FORWARDED_FOR=written)) == meant


def test_forwarded_address_counts_only_behind_our_proxy(settings: LazySettings) -> None:
    request = ask("192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    settings.BEHIND_PROXY = False
    assert client_address(request) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "198.51.100.7"  # what the proxy added, not what the client claimed


def test_nonsense_is_no_address(settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True
    assert client_address(ask("192.0.2.1", HTTP_X_FORWARDED_FOR="<script>")) == ""


def test_limit_keeps_the_marks_of_the_view() -> None:
    assert is_open(limited("tests", per_minute=1)(open_to_all(lambda request: HttpResponse(""))))
    assert is_open(view)


def test_lost_counter_lets_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *given: True)
    assert view(ask("192.0.2.77")).status_code == 200
