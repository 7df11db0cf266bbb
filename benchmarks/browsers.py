"""Ask the application itself, through all its middleware, without a network: over WSGI and over ASGI."""

import asyncio
import io
import itertools
from collections.abc import MutableMapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from config.asgi import application

VISITORS = itertools.count()


class WsgiBrowser:
    """Asks one path over WSGI, each time as another visitor: what one may ask in a minute is limited."""

    def __init__(self, path: str, **headers: str) -> None:
        self.handler = WSGIHandler()
        self.status, self.headers = 0, dict[str, str]()
        path, _mark, question = path.partition("?")
        self.environment: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": question, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip", "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }  # fmt: skip

    def ask(self) -> bytes:
        """The body of the answer."""
        number = next(VISITORS)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        environment = {**self.environment, "REMOTE_ADDR": address, "wsgi.input": io.BytesIO()}
        response = self.handler(environment, self._start)
        body = b"".join(response)
        response.close()
        return body

    def _start(self, status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        self.status, self.headers = int(status[:3]), dict(headers)


class AsgiBrowser:
    """Asks one path over ASGI, as the server of the demo does."""

    def __init__(self, path: str, **headers: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.status = 0
        named = {"host": "localhost", "accept-encoding": "gzip", **headers}
        self.scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip

    def ask(self) -> bytes:
        """The body of the answer."""
        return self.loop.run_until_complete(self._ask())

    async def _ask(self) -> bytes:
        body: list[bytes] = []
        asked = False

        async def receive() -> MutableMapping[str, Any]:
            nonlocal asked
            if asked:  # Django waits for who goes away; nobody does
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            self.status = message.get("status", self.status)
            body.append(message.get("body", b""))

        await application(dict(self.scope), receive, send)
        return b"".join(body)
