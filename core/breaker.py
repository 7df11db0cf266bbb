"""A circuit breaker: who failed some times in a row is left alone for a while, so that nobody waits for what will not come.

Its state is in the cache, so that all processes know it. After the pause one caller tries: the others wait for what that one finds.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

LONG = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Breaker:
    """Counts the failures of one service: closed, open for `pause` seconds after `failures`, then half open for one try."""

    name: str
    failures: int = 3
    pause: int = 60
    trial: int = 10  # seconds that one may take to try

    def may_try(self) -> bool:
        """Whether the service may be asked now."""
        until = cache.get(self._open)
        if until is None:
            return True
        return time.time() >= until and cache.add(self._trial, 1, self.trial)

    def succeeded(self) -> None:
        """It answered: everything is forgotten."""
        cache.delete_many([self._open, self._count, self._trial])

    def failed(self) -> None:
        """It did not; after the last straw, or when a try fails, the pause begins (anew)."""
        cache.add(self._count, 0, LONG)
        try:
            count = cache.incr(self._count)
        except ValueError:  # it was thrown out between the two calls
            count = 1
        if count >= self.failures:
            cache.set(self._open, time.time() + self.pause, LONG)
            cache.delete(self._trial)

    @property
    def _open(self) -> str:
        return f"breaker:{self.name}:open"

    @property
    def _count(self) -> str:
        return f"breaker:{self.name}:count"

    @property
    def _trial(self) -> str:
        return f"breaker:{self.name}:trial"
