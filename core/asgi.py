"""What stands before Django in the web process."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class OneThreadHandler(ASGIHandler):
    """Answers a request in one thread, from the first middleware to the view and back.

    Django goes to a thread and back wherever a middleware that knows no asyncio follows one that does.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """All of it without asyncio, entered once."""
        super().load_middleware(is_async=False)
        chain: Callable[[HttpRequest], HttpResponseBase] = self._middleware_chain  # type: ignore[has-type]
        self._middleware_chain = sync_to_async(chain, thread_sensitive=True)


class TooLarge(Exception):
    """The body has become larger than allowed."""


class BodyLimit:
    """Refuses a request whose body is too large, before it fills the disk: Django itself sets no bound to a file."""

    def __init__(self, app: Any, max_bytes: int) -> None:
        self.app: App = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self.max_bytes:
            await refuse(send)
            return
        count = 0
        answered = False

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > self.max_bytes:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLarge:
            if not answered:
                await refuse(send)


async def refuse(send: Send) -> None:
    """413, in two languages, without any template."""
    body = b"Dit bestand is te groot. / This file is too large.\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class ReadableOrigin:
    """Refuses a socket whose Origin is no address at all like one from elsewhere; channels fails over it."""

    def __init__(self, app: Any) -> None:
        self.app: App = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            for name, value in scope["headers"]:
                if name == b"origin":
                    urlsplit(value.decode("latin1"))
        except ValueError:
            await no_socket(scope, receive, send)
            return
        await self.app(scope, receive, send)


async def no_socket(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """There is no live session at this address: refused, instead of an error in the log for everybody who tries."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})
