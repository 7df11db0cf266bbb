"""Asking a service outside for JSON: one of a fixed list of hosts, over https, within a time and a size.

answer = fetch_json("https://geo.example.org/v4/Location", {"q": "…"}, hosts={"geo.example.org"})

A name that leads to a private address is refused, at the moment of connecting and not before it, so that it cannot lead
elsewhere in between. Redirects are not followed; cookies, proxies and passwords of the machine are not used. Nothing of what
is asked is logged or said in an error.
"""

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

SECONDS = 2.0  # for everything together: name, connection, answer
MAX_BYTES = 1_000_000
CHUNK = 16 * 1024
AGENT = "Gebiedsplein"


class FetchFailed(Exception):
    """No usable answer came; `reason` is one word for people who keep the site running, and says nothing of what was asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def fetch_json(
    url: str,
    params: Mapping[str, str],
    *,
    hosts: Collection[str],
    seconds: float = SECONDS,
    max_bytes: int = MAX_BYTES,
) -> Any:
    """The JSON that a service answers; raises FetchFailed, whatever goes wrong."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.netloc not in hosts:
        raise FetchFailed("forbidden")
    with Deadline(seconds).in_force() as deadline:
        try:
            body = _body(url, params, deadline, max_bytes)
        except (requests.RequestException, HTTPError, OSError) as error:
            # `from None`: the errors of the library carry the address that was asked.
            reason = "timeout" if deadline.is_over or isinstance(error, requests.Timeout) else "unreachable"
            raise FetchFailed(reason) from None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise FetchFailed("malformed") from None


def _body(url: str, params: Mapping[str, str], deadline: "Deadline", max_bytes: int) -> bytes:
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", PublicAdapter())
        # Unpacking an answer is how a small one becomes a large one.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": AGENT}
        with session.get(
            url, params=params, headers=headers, timeout=deadline.left(), allow_redirects=False, stream=True
        ) as response:
            if response.status_code != requests.codes.ok:
                raise FetchFailed(f"status-{response.status_code}")
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise FetchFailed("packed")
            if "json" not in response.headers.get("Content-Type", ""):
                raise FetchFailed("no-json")
            body = b""
            for chunk in response.iter_content(CHUNK):
                body += chunk
                if len(body) > max_bytes:
                    raise FetchFailed("too-large")
            if deadline.is_over:  # what was cut off may look whole
                raise FetchFailed("timeout")
            return body


class Deadline:
    """A moment after which the connections made under it are cut, however slowly the other side drips."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def left(self) -> float:
        """How many seconds are left; raises requests.Timeout when there are none."""
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            raise requests.Timeout
        return seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.ends

    @contextmanager
    def in_force(self) -> Iterator["Deadline"]:
        """For all connections that are made inside."""
        token = current.set(self)
        timer = threading.Timer(self.left(), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield self
        finally:
            timer.cancel()
            current.reset(token)
            with self._lock:
                for sock in self._sockets:
                    sock.close()

    def watch(self, sock: socket.socket) -> None:
        """Cut this connection when the time is up; TLS takes the socket over, so a copy is kept."""
        with self._lock:
            self._sockets.append(sock.dup())

    def _cut(self) -> None:
        with self._lock:
            for sock in self._sockets:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:  # it has ended by itself
                    continue


current: ContextVar[Deadline] = ContextVar("current")
resolvers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="resolver")


def public_addresses(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host; none when one of them is private. Resolving knows no time-out, so it happens aside."""
    asked: Future[list[Any]] = resolvers.submit(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    try:
        found = [str(row[4][0]) for row in asked.result(timeout=seconds)]
    except TookTooLong:
        asked.cancel()
        raise requests.Timeout from None
    return found if all(_is_public(address) for address in found) else []


def _is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # with a zone: link-local
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global and not ip.is_multicast)


class PublicConnection(HTTPSConnection):
    """A connection to a public address; the certificate is checked against the name, as always."""

    def _new_conn(self) -> socket.socket:
        deadline = current.get()
        for address in public_addresses(self._dns_host, self.port or 443, deadline.left()):
            try:
                sock = socket.create_connection((address, self.port or 443), timeout=deadline.left())
            except OSError:
                continue
            deadline.watch(sock)
            return sock
        raise NewConnectionError(self, "no public address answers")


class PublicPool(HTTPSConnectionPool):
    """Connections to public addresses only."""

    ConnectionCls = PublicConnection


class PublicAdapter(HTTPAdapter):
    """What `requests` sends through; it never tries twice."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Have the pools make connections of our own kind; plain http has none."""
        super().init_poolmanager(*args, **kwargs)
        pools: dict[str, type[HTTPConnectionPool]] = {"https": PublicPool}
        self.poolmanager.pool_classes_by_scheme = pools
