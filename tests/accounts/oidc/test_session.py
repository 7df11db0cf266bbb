"""A provider that is slow, big or sends us elsewhere does not hold up a worker."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import requests
import responses

from accounts.oidc import session
from accounts.oidc.session import ProviderSession

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers one request in its own way."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):  # the other side hangs up
                connection.recv(4096)
                answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_a_provider_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "READ", 0.2)
    with serving(lambda _connection: time.sleep(3)) as address, pytest.raises(requests.RequestException):
        ProviderSession().get(address)


def test_a_provider_that_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, the whole never does."""
    monkeypatch.setattr(session, "DEADLINE", 0.5)

    def drip(connection: socket.socket) -> None:
        connection.sendall(HEAD)
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.05)

    started = time.monotonic()
    with serving(drip) as address, pytest.raises(requests.RequestException):
        ProviderSession().get(address)
    assert time.monotonic() - started < 6


def test_an_answer_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MOST_BYTES", 10_000)
    with serving(lambda connection: connection.sendall(HEAD + b"x" * 50_000)) as address:  # noqa: SIM117
        with pytest.raises(requests.RequestException):
            ProviderSession().get(address)


@responses.activate
def test_a_redirect_is_not_followed() -> None:
    responses.get("https://aanmelden.example/", status=302, headers={"Location": "http://169.254.169.254/"})
    assert ProviderSession().get("https://aanmelden.example/").status_code == 302
    assert len(responses.calls) == 1


@responses.activate
def test_an_answer_is_read_as_usual() -> None:
    responses.get("https://aanmelden.example/", json={"issuer": "x"})
    assert ProviderSession().get("https://aanmelden.example/").json() == {"issuer": "x"}


def test_plain_http_to_elsewhere_is_not_asked() -> None:
    with pytest.raises(requests.RequestException):
        ProviderSession().get("http://aanmelden.example/")
