"""The municipality that a request is for."""

from typing import cast

from django.http import Http404, HttpRequest

from areas.models import Municipality


def municipality_of(request: HttpRequest) -> Municipality | None:
    """The municipality in charge; None in a database without any."""
    found = getattr(request, "municipality", None)
    return cast(Municipality, found) if found else None


def municipality_or_404(request: HttpRequest) -> Municipality:
    """The municipality in charge; pages that say nothing without one do not exist."""
    found = municipality_of(request)
    if found is None:
        raise Http404("no municipality yet")
    return found
