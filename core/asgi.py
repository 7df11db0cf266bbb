"""What stands before Django in the web process."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


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


async def no_socket(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """There is no live session at this address: refused, instead of an error in the log for everybody who tries."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})
