"""The web server of a web process: uvicorn, with a bound to the head of a request, which it does not set itself.

`python -m core.webserver`, as deploy/web starts it. From the environment: HOST, PORT, LOG_LEVEL, APPLICATION, BEHIND_PROXY,
FORWARDED_ALLOW_IPS.
"""

import os

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 64 * 1024  # address and headers; browsers and proxies send less than 16 kB
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)
MAX_MESSAGE_BYTES = 8192  # no message of ours over a socket is longer
PATIENCE = 8  # seconds that requests get to finish when the process ends
TRUE = {"1", "true", "True", "yes", "on"}


class BoundedHead(HttpToolsProtocol):
    """HTTP/1.1 that ends a connection with 431 after MAX_HEAD_BYTES and a piece that were neither a whole head nor a body.

    Counted as the pieces arrive, before they are parsed: an address, a header, a trailer or the size of a chunk that never ends
    costs nobody else time. A body has its own bound (core.asgi.BodyLimit).
    """

    pending = 0

    def data_received(self, data: bytes) -> None:
        """A piece of what the client sends, at most 256 kB."""
        if self.pending > MAX_HEAD_BYTES:
            self.refuse()
            return
        self.pending += len(data)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self.pending = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self.pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole; on this connection another may follow."""
        self.pending = 0
        super().on_message_complete()

    def refuse(self) -> None:
        """431, and no further word."""
        self.transport.write(TOO_LARGE)
        self.transport.close()


def main() -> None:
    """Serve until a signal comes."""
    behind_proxy = os.environ.get("BEHIND_PROXY", "") in TRUE
    uvicorn.run(
        os.environ.get("APPLICATION") or "config.asgi:application",
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        http=BoundedHead,
        # Who asks, and over https or not, may be told by a proxy; without one it would be told by anybody.
        proxy_headers=behind_proxy,
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1") if behind_proxy else None,
        server_header=False,
        access_log=False,
        log_level=os.environ.get("LOG_LEVEL", "info"),
        ws_max_size=MAX_MESSAGE_BYTES,
        timeout_graceful_shutdown=PATIENCE,
    )


if __name__ == "__main__":
    main()
