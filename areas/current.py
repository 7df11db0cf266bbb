"""The municipality in charge at a host name, remembered for a moment.

Remembering is per process; the moment is short, so that another process's change shows soon without a query on every request.
"""

from django.core.cache import cache
from django.http import HttpRequest

from areas.models import Municipality

SECONDS = 5
NOBODY = "nobody"


def municipality_for_host(host: str) -> Municipality | None:
    """The municipality of a host; None in a database without any."""
    key = f"municipality:{host.lower()}"
    found = cache.get(key)
    if found is None:
        found = Municipality.objects.for_host(host) or NOBODY
        cache.set(key, found, SECONDS)
    return found if isinstance(found, Municipality) else None


def municipality_of(request: HttpRequest) -> Municipality | None:
    """The municipality that a request is for, as itself and not as a promise."""
    return municipality_for_host(request.get_host().rsplit(":", 1)[0])
