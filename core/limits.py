"""How often somebody may do something, counted in the cache; an address is never stored, only its print with the key of the day."""

import hashlib
import hmac
import ipaddress
import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

View = TypeVar("View", bound=Callable[..., Any])
WINDOW = 60  # seconds
# As some gateways write an address: 192.0.2.1:5678, [2001:db8::1]:5678.
WITH_PORT = re.compile(r"(?:(?P<bare>[0-9.]+):[0-9]+|\[(?P<bracketed>[0-9a-fA-F:.]+)\](?::[0-9]+)?)")


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; what a client says of itself counts only when our own proxy added to it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        address = forwarded.rsplit(",", 1)[-1].strip() or address
    if with_port := WITH_PORT.fullmatch(address):
        address = with_port["bare"] or with_port["bracketed"]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    # How a socket for both writes an IPv4 address; all of them are in one /64.
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.version == 6:  # a household has a whole /64
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def visitor_key(request: HttpRequest) -> str:
    """A print of the person and the address they come from; another one tomorrow."""
    user = getattr(request, "user", None)
    person = str(user.pk) if user is not None and user.is_authenticated else ""
    return print_of(client_address(request), person)


def address_key(request: HttpRequest) -> str:
    """A print of the address alone, for what never asks who somebody is; another one tomorrow."""
    return print_of(client_address(request))


def print_of(*parts: str) -> str:
    """What the cache knows of an address or a person: nothing that leads back to them; another one tomorrow."""
    text = "|".join(parts)
    day_key = hmac.digest(settings.SECRET_KEY.encode(), timezone.localdate().isoformat().encode(), "sha256")
    return hmac.new(day_key, text.encode(), hashlib.sha256).hexdigest()[:32]


def seconds_to_wait(name: str, key: str, *, per_minute: int) -> int:
    """Count one time; 0 when it may go on, else how long to wait."""
    return 0 if count(name, key) <= per_minute else seconds_left()


def count(name: str, key: str, *, seconds: int = WINDOW) -> int:
    """Count one time in the window that runs now; how many it makes (0 when the cache lost count)."""
    return _add(_counter(name, key, seconds), 1, seconds)


def take_back(name: str, key: str, *, seconds: int = WINDOW) -> None:
    """Let one time not have counted after all."""
    _add(_counter(name, key, seconds), -1, seconds)


def seconds_left(seconds: int = WINDOW) -> int:
    """How long the window that runs now still lasts."""
    return seconds - int(time.time()) % seconds


def _counter(name: str, key: str, seconds: int) -> str:
    return f"limit:{name}:{key}:{seconds}:{int(time.time()) // seconds}"


def _add(counter: str, step: int, seconds: int) -> int:
    cache.add(counter, 0, seconds * 2)
    try:
        return cache.incr(counter, step)
    except ValueError:  # it was thrown out between the two calls
        return 0


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that says so."""
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def limited(name: str, *, per_minute: int) -> Callable[[View], View]:
    """Let a person do this so many times a minute; after that a page says how long to wait."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            wait = seconds_to_wait(name, visitor_key(request), per_minute=per_minute)
            return too_often(request, wait) if wait else view(request, *args, **kwargs)

        return cast(View, guarded)

    return decorate
