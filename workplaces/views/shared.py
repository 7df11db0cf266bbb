"""What every page of work locations needs."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.current import municipality_or_404
from areas.models import Municipality
from workplaces.models import WorkLocation
from workplaces.rules import is_staff_of, may_import


def editable_or_404(request: HttpRequest, slug: str) -> WorkLocation:
    """A location that the person may change, with its details; for others it is as if the page were not there."""
    found = WorkLocation.objects.of(municipality_or_404(request)).editable_by(request.user)
    return get_object_or_404(found.select_related("municipality").with_details(), slug=slug)


def staff_or_404(request: HttpRequest) -> Municipality:
    """The municipality, for its area workers and its office."""
    municipality = municipality_or_404(request)
    if not is_staff_of(request.user, municipality):
        raise Http404
    return municipality


def importer_or_404(request: HttpRequest) -> Municipality:
    """The municipality, for those who may bring in a table."""
    municipality = municipality_or_404(request)
    if not may_import(request.user, municipality):
        raise Http404
    return municipality


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the list, and what lies between."""
    return [(_("Work locations"), reverse("workplaces:list")), *more]
