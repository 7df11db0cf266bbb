"""What every page of data stewards needs."""

import uuid

from django.http import HttpRequest


def owner_of(request: HttpRequest) -> uuid.UUID:
    """Who asks, as jobs and files know people; only for pages that nobody sees without signing in."""
    owner: uuid.UUID = request.user.uuid  # type: ignore[union-attr]  # a visitor has no permission
    return owner
