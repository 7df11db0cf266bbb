"""Logs: an object a line, the number of the request, no addresses."""

import json
import logging
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from core.access import open_to_all
from core.logs import JsonFormatter, LineFormatter, request_id
from core.middleware import RequestIdMiddleware


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("jan@proefdorp.example already exists")


handler500 = "core.views.server_error"
urlpatterns = [path("stuk/", broken)]


@pytest.fixture
def numbered() -> Iterator[None]:
    token = request_id.set("abc123")
    yield
    request_id.reset(token)


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("core.test", logging.ERROR, __file__, 1, message, args, None)


def test_json_line(numbered: None) -> None:
    entry = json.loads(JsonFormatter().format(record("kan %s niet lezen", "dat")))
    assert entry["message"] == "kan dat niet lezen"
    assert entry["level"] == "ERROR"
    assert entry["request"] == "abc123"
    assert entry["time"].endswith("+00:00")


def test_json_line_leaves_the_request_out() -> None:
    line = record("fout")
    line.request = RequestFactory().get("/?q=geheim")
    assert "geheim" not in JsonFormatter().format(line)


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter("%(message)s")])
def test_addresses_are_taken_out(formatter: logging.Formatter) -> None:
    try:
        raise ValueError("Key (email)=(jan.peeters+x@proefdorp.example) already exists.")
    except ValueError:
        line = record("mail naar piet@proefdorp.example mislukt")
        line.exc_info = sys.exc_info()
    text = formatter.format(line)
    assert "proefdorp.example" not in text
    assert "[e-mail]" in text
    assert "ValueError" in text


def answer(given: str) -> str:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request_id.get())
        return HttpResponse("")

    request = RequestFactory().get("/", headers={"X-Request-ID": given} if given else {})
    number = str(RequestIdMiddleware(view)(request)["X-Request-ID"])
    assert seen == [number]
    return number


def test_each_request_has_a_number() -> None:
    assert answer("") != answer("")
    assert request_id.get() == ""


def test_number_of_the_proxy_is_taken_over_when_there_is_one(settings: LazySettings) -> None:
    settings.BEHIND_PROXY = False
    assert answer("from-outside-1") != "from-outside-1"
    settings.BEHIND_PROXY = True
    assert answer("from-the-proxy-1") == "from-the-proxy-1"
    assert answer("two\\nlines two") != "two\\nlines two"


@pytest.mark.urls("tests.core.test_logs")
def test_fault_shows_its_number_and_nothing_else(land: object, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    result = client.get("/stuk/")
    assert result.status_code == 500
    page = result.content.decode()
    assert result["X-Request-ID"] in page
    assert "ValueError" not in page
    assert "proefdorp.example" not in page


@pytest.mark.parametrize(
    "start", ["/account/uitnodiging/", "/account/confirm-email/", "/account/password/reset/key/"]
)
def test_keys_of_links_are_taken_out(start: str) -> None:
    for formatter in (JsonFormatter(), LineFormatter("%(message)s")):
        text = formatter.format(record("Conflict: %s", f"{start}MTA-geheime_sleutel.x:y/"))
        assert "geheime" not in text
        assert f"{start}[key]/" in text


def test_an_endless_address_costs_nothing() -> None:
    started = time.process_time()
    for address in ("a" * 60_000, "a@" * 30_000, "a" * 30_000 + "@" + "a." * 15_000, "/uitnodiging" * 5_000):
        JsonFormatter().format(record("Not Found: /%s", address))
    assert time.process_time() - started < 2
