"""The addresses of the site, and three that go wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site
from core.access import open_to_all


@open_to_all
def refuses(request: HttpRequest) -> HttpResponse:
    """Answers 403."""
    raise PermissionDenied


@open_to_all
def fails(request: HttpRequest) -> HttpResponse:
    """Answers 500."""
    raise ZeroDivisionError


@open_to_all
def misreads(request: HttpRequest) -> HttpResponse:
    """Answers 400."""
    raise SuspiciousOperation


urlpatterns = [*site, path("verboden/", refuses), path("stuk/", fails), path("vreemd/", misreads)]
