"""What every page of data stewards needs."""

import uuid

from django.http import Http404, HttpRequest

from areas.current import municipality_or_404
from areas.models import Municipality


def steward_or_404(request: HttpRequest, permission: str) -> Municipality:
    """The municipality, for who has a permission there; for others it is as if the page were not there."""
    municipality = municipality_or_404(request)
    if not request.user.has_perm(permission, municipality):
        raise Http404
    return municipality


def owner_of(request: HttpRequest) -> uuid.UUID:
    """Who asks, as jobs and files know people; only for pages that nobody sees without signing in."""
    owner: uuid.UUID = request.user.uuid  # type: ignore[union-attr]  # a visitor has no permission
    return owner
