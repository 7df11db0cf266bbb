"""What every page of work locations needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.current import municipality_or_404
from core.access import permitted_or_404
from workplaces.models import WorkLocation


def editable_or_404(request: HttpRequest, slug: str) -> WorkLocation:
    """A location that the person may change, with its details; for others it is as if the page were not there."""
    found = (
        WorkLocation.objects.of(municipality_or_404(request)).select_related("municipality").with_details()
    )
    return permitted_or_404(found, request.user, "workplaces.change_location", slug=slug)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the list, and what lies between."""
    return [(_("Work locations"), reverse("workplaces:list")), *more]
