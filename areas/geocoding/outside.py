"""What the services outside share: asked within two seconds, left alone when they fail, and what they said is remembered."""

import hashlib
import hmac
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.core.cache import cache

from areas.addresses.words import TypedAddress
from areas.geocoding.base import Place, Suggestion
from core.breaker import Breaker
from core.fetch import SECONDS, FetchFailed, fetch_json

HITS, MISSES = 7 * 24 * 3600, 6 * 3600  # seconds that an answer is remembered
FORM = "1"  # of what is remembered; counts on when Place or Suggestion change
UNREADABLE = ("status-400", "status-414", "status-422")  # the service is well: it cannot read this question
METRES_NEAR = 50
METRES_A_DEGREE = 111_320

Answered = TypeVar("Answered")


class NotAnswering(Exception):
    """The service gives no usable answer now; nothing is known about the address."""


class OutsideGeocoder(ABC):
    """A service of the government that knows addresses; made anew for each question, for which it has two seconds in all."""

    name: ClassVar[str]
    title: ClassVar[str]
    host: ClassVar[str]

    def __init__(self) -> None:
        self.ends = time.monotonic() + SECONDS
        self.breaker = Breaker(name=f"geocoder-{self.name}")

    @abstractmethod
    def suggest(self, typed: TypedAddress) -> list[Suggestion]:
        """What may be meant, the best first."""

    @abstractmethod
    def resolve(self, typed: TypedAddress) -> list[Place]:
        """The places that fit, the best first."""

    @abstractmethod
    def reverse(self, lon: float, lat: float) -> Place | None:
        """The address nearest to a point, when there is one close by."""

    def ask(
        self,
        path: str,
        params: Mapping[str, str],
        *,
        key: str,
        read: Callable[[Any], list[Answered]],
    ) -> list[Answered]:
        """Ask, unless the answer is remembered under `key`; raises NotAnswering."""
        remembered_as = _print(FORM, self.name, path, key)
        remembered: list[Answered] | None = cache.get(remembered_as)
        if remembered is not None:
            return remembered
        seconds = self.ends - time.monotonic()
        if seconds <= 0 or not self.breaker.may_try():
            raise NotAnswering
        try:
            answer = fetch_json(f"https://{self.host}{path}", params, hosts={self.host}, seconds=seconds)
            found = read(answer)
        except (FetchFailed, LookupError, TypeError, ValueError, AttributeError) as error:
            # Else whoever types what a service cannot read would keep everybody from it.
            if not (isinstance(error, FetchFailed) and error.reason in UNREADABLE):
                self.breaker.failed()
            raise NotAnswering from None
        self.breaker.succeeded()
        cache.set(remembered_as, found, HITS if found else MISSES)
        return found


def _print(*parts: str) -> str:
    """A key that tells nobody which address was asked about."""
    told = "|".join(parts).encode()
    return f"geocoded:{hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()}"


def asked_about(typed: TypedAddress) -> str:
    """The question as one line, as these services like it."""
    return f"{typed.street} {typed.number}, {typed.postcode} {typed.locality}".replace(",  ", ", ").strip(
        " ,"
    )


def folded(typed: TypedAddress) -> str:
    """The question as it is asked, but for capitals: the answer to one question may not pass for that to another."""
    return asked_about(typed).casefold()


def rounded(lon: float, lat: float) -> str:
    """A point to a metre: who points twice at the same house asks once."""
    return f"{lat:.5f},{lon:.5f}"


def nearest(places: list[Place], lon: float, lat: float) -> Place | None:
    """The first place, when it is close by."""
    for place in places[:1]:
        east = (place.lon - lon) * math.cos(math.radians(lat))
        if math.hypot(east, place.lat - lat) * METRES_A_DEGREE <= METRES_NEAR:
            return place
    return None


def number_of_degrees(value: Any, *, most: int) -> float:
    """A coordinate; raises ValueError when it is none."""
    number = float(value)
    if not math.isfinite(number) or abs(number) > most:
        raise ValueError(value)
    return number
