"""A request whose head never ends is closed early; everybody else is served as before."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from core.webserver import MAX_HEAD_BYTES, BoundedHead

A_MEGABYTE = 1_000_000
PIECE = 32 * 1024


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Reads everything, and says how long the address and the body were."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = f"{len(scope['raw_path'])} {size}".encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    )
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of ours on a free port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    settings = uvicorn.Config(application, http=BoundedHead, lifespan="off", log_level="critical")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def pour(port: int, begin: bytes, piece: bytes) -> tuple[bytes, int]:
    """Send without end; what was answered, and how many bytes were taken in."""
    taken = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        # What the system holds for a reader who stopped reading is not taken in: it is kept small here.
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)
        caller.sendall(begin)
        try:
            while taken < 20 * A_MEGABYTE:
                taken += caller.send(piece)
        except OSError:
            pass
        try:
            return caller.recv(1000), taken
        except OSError:
            return b"", taken


CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhallo\r\n"


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"GET /", b"a" * PIECE),
        (b"GET / HTTP/1.1\r\nX-Lang: ", b"a" * PIECE),
        (b"GET / HTTP/1.1\r\n", b"X-Veel: a\r\n" * 3000),
        (CHUNKED + b"0\r\nX-Lang: ", b"a" * PIECE),
        (CHUNKED + b"5;x=", b"a" * PIECE),
    ],
    ids=["address", "header", "headers", "trailer", "chunk"],
)
def test_what_never_ends_is_closed(port: int, begin: bytes, piece: bytes) -> None:
    answer, taken = pour(port, begin, piece)
    # A connection that is reset loses what was still on its way.
    assert answer.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400")) or answer == b""
    assert taken < 6 * A_MEGABYTE  # buffers of the system on both sides, above what the server took in


def test_the_server_stops_taking_in(port: int) -> None:
    protocol = BoundedHead.__new__(BoundedHead)
    written: list[bytes] = []

    class Transport:
        def write(self, data: bytes) -> None:
            written.append(data)

        def close(self) -> None:
            written.append(b"closed")

    protocol.transport = Transport()  # type: ignore[assignment]
    protocol.pending = MAX_HEAD_BYTES + 1
    protocol.data_received(b"a")
    assert written[0].startswith(b"HTTP/1.1 431")
    assert written[1] == b"closed"


def ask(port: int, request: bytes, answers: int = 1) -> bytes:
    """What is answered on a connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(request)
        told = b""
        while told.count(b"HTTP/1.1 ") < answers or not told.rpartition(b"\r\n\r\n")[2]:
            told += caller.recv(10_000)
        return told


def test_long_heads_and_large_bodies_pass(port: int) -> None:
    path = b"/" + b"a" * 9_999
    assert ask(
        port, b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nCookie: " + b"c" * 20_000 + b"\r\n\r\n"
    ).endswith(b"10000 0")
    body = b"b" * 3 * A_MEGABYTE
    assert ask(port, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + body).endswith(
        b"1 3000000"
    )


def test_many_requests_on_one_connection(port: int) -> None:
    one = b"GET / HTTP/1.1\r\nHost: a\r\nX-Lang: " + b"a" * 5_000 + b"\r\n\r\n"
    assert ask(port, one * 20, 20).count(b"200 OK") == 20
