"""The web process: bodies are bounded, statements too."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import SyncToAsync
from asgiref.testing import ApplicationCommunicator

from config.asgi import application
from core.asgi import BodyLimit
from tests.core.database import in_database

ROOT = Path(__file__).resolve().parents[2]


async def reader(scope: Any, receive: Any, send: Any) -> None:
    """An application that reads everything and says how much."""
    size = 0
    more = True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def ask(pieces: list[bytes], length: bytes | None = None) -> tuple[int, bytes, int]:
    """Status, body, and how many pieces were read."""
    sent: list[dict[str, Any]] = []
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-length", length)] if length is not None else []
    asyncio.run(BodyLimit(reader, 100)({"type": "http", "headers": headers}, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], sent[1]["body"], len(pieces) - len(left)


def test_small_body_passes() -> None:
    assert ask([b"a" * 60, b"b" * 40], b"100") == (200, b"100", 2)


def test_announced_size_is_refused_unread() -> None:
    status, body, read = ask([b"a"], b"101")
    assert (status, read) == (413, 0)
    assert "te groot" in body.decode()


@pytest.mark.parametrize("length", [b"-1", b"veel"])
def test_nonsense_size_is_refused(length: bytes) -> None:
    assert ask([b"a"], length)[0] == 413


def test_unannounced_size_is_counted() -> None:
    status, _body, read = ask([b"a" * 60] * 50)
    assert (status, read) == (413, 2)
    assert ask([b"a" * 60] * 50, b"10")[0] == 413


def test_sockets_pass_by() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(BodyLimit(app, 1)({"type": "websocket"}, None, None))  # type: ignore[arg-type]
    assert seen == ["websocket"]


SHOW_TIMEOUT = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout'); print(k.fetchone()[0])"


@pytest.mark.parametrize(
    ("start", "limit"),
    [("import config.asgi", "5s"), ("import django; django.setup()", "0")],
)
def test_only_the_web_process_has_a_statement_timeout(start: str, limit: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    environment.pop("STATEMENT_TIMEOUT_MS", None)
    # Any database will do; this one is always there.
    environment["DATABASE_URL"] = in_database("postgres")
    told = subprocess.run(
        [sys.executable, "-c", f"{start}; {SHOW_TIMEOUT}"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert told.stdout.strip() == limit


@pytest.mark.parametrize("origin", [b"http://testserver", b"http://evil.example", b"http://[evil", None])
def test_a_socket_to_nowhere_is_refused(db: None, origin: bytes | None) -> None:
    async def answer() -> str:
        headers = [(b"host", b"testserver"), *([(b"origin", origin)] if origin else [])]
        scope = {"type": "websocket", "path": "/ws/nergens/", "headers": headers, "subprotocols": []}
        communicator: Any = ApplicationCommunicator
        caller = communicator(application, scope)
        await caller.send_input({"type": "websocket.connect"})
        return str((await caller.receive_output())["type"])

    assert asyncio.run(answer()) == "websocket.close"


def test_a_request_goes_to_a_thread_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    ask_thread = SyncToAsync.__call__

    async def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        gone.append(getattr(self.func, "__qualname__", repr(self.func)))
        return await ask_thread(self, *args, **kwargs)

    monkeypatch.setattr(SyncToAsync, "__call__", counted)
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": "/healthz", "raw_path": b"/healthz",
        "query_string": b"", "headers": [(b"host", b"localhost")],
    }  # fmt: skip

    async def answer() -> Any:
        communicator: Any = ApplicationCommunicator
        asked = communicator(application, scope)
        await asked.send_input({"type": "http.request"})
        return await asked.receive_output(timeout=20)

    assert asyncio.run(answer())["status"] == 200
    # Django's signals that a request starts and ends go too, each once.
    assert len(gone) <= 3, gone
