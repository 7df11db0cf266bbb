"""The site as it is served for real, for a browser: the ASGI application under uvicorn, on the database of the tests."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from core.webserver import MAX_MESSAGE_BYTES, BoundedHead

PATIENCE = 20  # seconds


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server in a thread of this process, so that it sees the settings and the cache of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        # What a web process says to the settings; these are made already, and no command of another test shall hear it.
        patch.setenv("STATEMENT_TIMEOUT_MS", "5000")
        patch.setenv("CONNECT_WITHIN", "1")
        from config.asgi import application
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(
                application,
                http=BoundedHead,
                ws_max_size=MAX_MESSAGE_BYTES,
                server_header=False,
                access_log=False,
                log_level="warning",
                timeout_graceful_shutdown=1,
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the server does not end"
