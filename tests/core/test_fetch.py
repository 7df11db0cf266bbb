"""What leaves the house goes to a known host, over https, to a public address, for two seconds at most, and comes back small."""

import json
import logging
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from core import fetch
from core.fetch import FetchFailed, fetch_json
from tests.needs import find_program

URL = "https://geo.example/v4/Location"
HOSTS = frozenset({"geo.example"})


def failure(url: str = URL, **options: Any) -> str:
    with pytest.raises(FetchFailed) as failed:
        fetch_json(url, {"q": "Vrijheid 149"}, hosts=HOSTS, **options)
    assert "Vrijheid" not in str(failed.value)
    return failed.value.reason


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def test_an_answer(service: responses.RequestsMock) -> None:
    service.get(URL, json={"a": [1]})
    assert fetch_json(URL, {"q": "Vrijheid 149"}, hosts=HOSTS) == {"a": [1]}
    sent = service.calls[0].request
    assert sent.params == {"q": "Vrijheid 149"}  # type: ignore[attr-defined]
    assert "Cookie" not in sent.headers


@pytest.mark.parametrize(
    "url",
    [
        "http://geo.example/v4/",
        "https://geo.example.evil/",
        "https://geo.example:8443/",
        "https://user@geo.example/",
        "https://evil/geo.example",
        "file:///etc/passwd",
        "//geo.example/",
    ],
)
def test_other_addresses_are_never_asked(url: str, service: responses.RequestsMock) -> None:
    assert failure(url) == "forbidden"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 429, 500, 503])
def test_only_a_plain_answer_counts(service: responses.RequestsMock, status: int) -> None:
    service.get(URL, json={}, status=status, headers={"Location": "https://evil.example/"})
    assert failure() == f"status-{status}"
    assert len(service.calls) == 1  # a redirect is not followed


def test_what_is_no_json(service: responses.RequestsMock) -> None:
    service.get(URL, body="<html>", content_type="text/html")
    assert failure() == "no-json"
    service.replace(responses.GET, URL, body='{"a": ', content_type="application/json")
    assert failure() == "malformed"
    service.replace(responses.GET, URL, body="[" * 100_000, content_type="application/json")
    assert failure() == "malformed"
    service.replace(responses.GET, URL, body=b"\xff\xfe\xfa", content_type="application/json")
    assert failure() == "malformed"
    service.replace(
        responses.GET, URL, body=b"x", content_type="application/json", headers={"Content-Encoding": "br"}
    )
    assert failure() == "packed"


def test_a_huge_body_is_not_read_to_its_end(service: responses.RequestsMock) -> None:
    service.get(URL, body=json.dumps("x" * 1_100_000), content_type="application/json")
    assert failure() == "too-large"


def test_what_does_not_answer(service: responses.RequestsMock) -> None:
    service.get(URL, body=requests.ConnectTimeout())
    assert failure() == "timeout"
    service.replace(responses.GET, URL, body=requests.ConnectionError("refused"))
    assert failure() == "unreachable"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["192.168.0.1"],
        ["172.16.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],  # noqa: S104 (refused, not listened on)
        ["224.0.0.1"],
        ["::1"],
        ["fe80::1"],
        ["fd00::1"],
        ["::ffff:127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["fe80::1%eth0"],
    ],
)
def test_a_name_of_a_private_address_is_not_connected_to(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a: [(2, 1, 6, "", (address, 443)) for address in addresses]
    )
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    assert failure() == "unreachable"


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failure() == "unreachable"


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_args: Any) -> list[Any]:
        time.sleep(4)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    assert failure(seconds=0.2) == "timeout"
    assert time.monotonic() - started < 3


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[ssl.SSLSocket], None]], None]:
    """Serves one connection of geo.example on this machine, which counts as public for once."""
    openssl = find_program("openssl")
    if openssl is None:
        pytest.skip("not installed: openssl")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate,
         "-subj", "/CN=geo.example", "-addext", "subjectAltName=DNS:geo.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))
    connect = socket.create_connection
    monkeypatch.setattr(fetch, "public_addresses", lambda *a: ["127.0.0.1"])
    monkeypatch.setattr(
        socket, "create_connection", lambda at, **k: connect(("127.0.0.1", listener.getsockname()[1]), **k)
    )
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))

    def serve(answer: Callable[[ssl.SSLSocket], None]) -> None:
        def run() -> None:
            with listener, listener.accept()[0] as raw:
                try:
                    with context.wrap_socket(raw, server_side=True) as sock:
                        sock.recv(65536)
                        answer(sock)
                except OSError:
                    return

        threading.Thread(target=run, daemon=True).start()

    return serve


def test_over_a_real_connection(tls: Callable[[Callable[[ssl.SSLSocket], None]], None]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n"
    tls(lambda sock: sock.sendall(head + b'{"a": 1}'))
    assert fetch_json(URL, {}, hosts=HOSTS) == {"a": 1}


def test_the_certificate_must_be_of_that_name(
    tls: Callable[[Callable[[ssl.SSLSocket], None]], None],
) -> None:
    tls(lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n"))
    with pytest.raises(FetchFailed, match="unreachable"):
        fetch_json("https://other.example/", {}, hosts={"other.example"})


@pytest.mark.parametrize("drip", [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[", b"H"])
def test_who_drips_is_cut_off(drip: bytes, tls: Callable[[Callable[[ssl.SSLSocket], None]], None]) -> None:
    def slowly(sock: ssl.SSLSocket) -> None:
        sock.sendall(drip)
        for _time in range(40):
            time.sleep(0.1)
            sock.sendall(b" ")

    tls(slowly)
    started = time.monotonic()
    assert failure(seconds=0.7) == "timeout"
    assert time.monotonic() - started < 3


def test_nothing_is_logged(
    tls: Callable[[Callable[[ssl.SSLSocket], None]], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tls(lambda sock: sock.sendall(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"))
    assert failure() == "status-503"
    assert caplog.text == ""
