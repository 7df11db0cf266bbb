"""The application with one more socket, to see whether messages pass the proxy and reach the other web process.

What arrives on /ws/echo/ goes to everybody who is connected there, through the channel layer.
"""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from config.asgi import application as site


class EchoConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Says everything to everybody."""

    async def connect(self) -> None:
        await self.channel_layer.group_add("echo", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("echo", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("echo", {"type": "said", "text": text_data or ""})

    async def said(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


application = ProtocolTypeRouter(
    {
        "http": site,
        "websocket": AllowedHostsOriginValidator(URLRouter([path("ws/echo/", EchoConsumer.as_asgi())])),
    }
)
