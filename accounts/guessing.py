"""How often a password may be tried and a mail be asked for, so that guessing stops and nobody shuts out somebody else.

Three things are counted, for an address with an account and for one without alike: one account from one place, one place over all
accounts, and one account from everywhere, which only becomes slower. A device that the account was entered on before has a count of
its own, so that strangers do not touch it. Places and accounts are kept as prints that change every day (core.limits).
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext_lazy

from accounts.devices import known_device
from core.limits import client_address, count, print_of, seconds_left, take_back
from core.verbs import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

DAY = 86400  # seconds


@dataclass(frozen=True)
class Bounds:
    """How often something may be tried; a pair is a number of times and a window in seconds."""

    here: tuple[tuple[int, int], ...]  # one account from one place
    place: tuple[tuple[int, int], ...]  # one place, over all accounts
    free: int  # one account in a day, from everywhere or on one device; then each try waits twice as long as the one before
    longest: int  # seconds that a try waits at most
    refusal: "_StrOrPromise"


BOUNDS = {
    "password": Bounds(
        here=((5, 300), (15, 3600)),
        place=((10, 60), (60, 3600)),
        free=20,
        longest=900,
        refusal=ngettext_lazy(
            "Too many wrong tries. Wait %(minutes)d minute, ask for a code by mail, or use a device where you signed in before.",
            "Too many wrong tries. Wait %(minutes)d minutes, ask for a code by mail, or use a device where you signed in before.",
            "minutes",
        ),
    ),
    "mail": Bounds(
        here=((4, 3600),),
        place=((10, 60), (60, 3600)),
        free=30,
        longest=900,
        refusal=ngettext_lazy(
            "Mails were asked for too often. Look in your mailbox, or wait %(minutes)d minute.",
            "Mails were asked for too often. Look in your mailbox, or wait %(minutes)d minutes.",
            "minutes",
        ),
    ),
}


def take_turn(request: HttpRequest, email: str, what: str) -> Callable[[], None]:
    """Count one try before it is made, and return what takes it back; raises Refused, in the same words whoever has the address."""
    bounds, place = BOUNDS[what], client_address(request)
    device = _own_device(request, email)
    counted: list[Callable[[], None]] = []
    if not device:
        for most, seconds in bounds.here:
            counted.append(_counted(f"{what}-here", print_of(email, place), most, seconds, bounds))
        for most, seconds in bounds.place:
            counted.append(_counted(f"{what}-place", print_of(place), most, seconds, bounds))
    counted.append(_slowed_down(what, print_of(email, device or "elsewhere"), bounds))

    def undo() -> None:
        for one in counted:
            one()

    return undo


def _own_device(request: HttpRequest, email: str) -> str:
    """What counts for itself: a session of this person (asked for the password again), or a device that they signed in on."""
    user = request.user
    if user.is_authenticated and getattr(user, "email", "") == email:
        return f"session of {user.pk}"
    return known_device(request, email)


def _counted(name: str, key: str, most: int, seconds: int, bounds: Bounds) -> Callable[[], None]:
    if count(name, key, seconds=seconds) > most:
        raise _refused(bounds, seconds_left(seconds))
    return lambda: take_back(name, key, seconds=seconds)


def _slowed_down(what: str, key: str, bounds: Bounds) -> Callable[[], None]:
    """After the free tries each waits longer; a try that comes too early is refused and does not count."""
    name, until = f"{what}-account", f"limit:{what}-until:{key}"
    wait = cache.get(until, 0) - time.time()
    if wait > 0:
        raise _refused(bounds, wait)
    over = count(name, key, seconds=DAY) - bounds.free
    if over > 0:
        wait = min(2 ** min(over, 20), bounds.longest)
        cache.set(until, time.time() + wait, wait)
    return lambda: take_back(name, key, seconds=DAY)


def _refused(bounds: Bounds, seconds: float) -> Refused:
    return Refused(bounds.refusal, "too_often", {"minutes": math.ceil(seconds / 60)})
