"""What every page of councils needs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.current import municipality_or_404
from core.access import permitted_or_404
from councils.models import Council, CouncilQuerySet


def seen(request: HttpRequest) -> CouncilQuerySet:
    """The councils of the municipality that a person may read."""
    return Council.objects.of(municipality_or_404(request)).visible_to(request.user)


def kept_or_404(
    request: HttpRequest,
    slug: str,
    permission: str = "councils.keep_council",
    rows: "QuerySet[Any, Any] | None" = None,
) -> Council:
    """A council that the person keeps; for others it is as if the page were not there."""
    found: QuerySet[Council, Council] = seen(request) if rows is None else rows
    return permitted_or_404(found.select_related("municipality"), request.user, permission, slug=slug)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the list, and what lies between."""
    return [(_("Advisory and village councils"), reverse("councils:list")), *more]
