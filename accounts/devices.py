"""Devices that somebody signed in on before: a signed cookie says so, and strangers cannot shut them out (accounts.guessing)."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "accounts.devices"
DAYS = 180
KEPT = 5  # accounts that one device is known for, the last ones


def known_device(request: HttpRequest, email: str) -> str:
    """The number of this device, when the account of an address was entered on it before; else empty."""
    device, prints = _read(request)
    return device if _print_of(device, email) in prints else ""


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser keep that the account of an address was entered on it; the cookie names nobody."""
    device, prints = _read(request)
    device = device or secrets.token_hex(16)
    this = _print_of(device, email)
    kept = [this, *(one for one in prints if one != this)][:KEPT]
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join([device, *kept]),
        salt=SALT,
        max_age=DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=SALT, max_age=DAYS * 86400)
    device, *prints = str(value).split(".")
    return device, prints


def _print_of(device: str, email: str) -> str:
    return salted_hmac(SALT, f"{device}|{email}", algorithm="sha256").hexdigest()[:32]
