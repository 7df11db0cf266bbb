"""The municipality in charge at a host name, remembered for a moment; what every page asks.

Remembering is per process; the moment is short, so that another process's change shows soon without a query on every request.
"""

from typing import cast

from django.core.cache import cache
from django.http import Http404, HttpRequest

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
    """The municipality that a request is for, looked up once; None in a database without any."""
    if not hasattr(request, "municipality"):
        found = municipality_for_host(request.get_host().rsplit(":", 1)[0])
        request.municipality = found  # type: ignore[attr-defined]  # a request is not typed for it
    return cast(Municipality | None, request.municipality)  # type: ignore[attr-defined]


def municipality_or_404(request: HttpRequest, permission: str = "") -> Municipality:
    """The municipality that a request is for; without one the page is not there, nor for who lacks the permission in it."""
    found = municipality_of(request)
    if found is None:
        raise Http404("no municipality yet")
    if permission and not request.user.has_perm(permission, found):
        raise Http404
    return found
