"""What the municipality states: how it handles personal data, how accessible the site is, which data is open."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from areas.current import municipality_of
from areas.models import AreaEdition, Municipality
from core.access import open_to_all
from core.layers import layers_of
from portal.privacy import held

# The day on which the statement was last checked against the site, by the tests of tests/browser and by hand.
CHECKED_ON = dt.date(2026, 11, 21)


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data the site holds, why and for how long; made from the declarations on the models."""
    return render(request, "portal/privacy.html", {"held": held(), **_country(request)})


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement of EU Directive 2016/2102."""
    context = {"checked_on": CHECKED_ON, "host": request.get_host(), **_country(request)}
    return render(request, "portal/accessibility.html", context)


@open_to_all
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Which data is open: map layers and the interface for machines, with source and licence."""
    municipality = municipality_of(request)
    editions = AreaEdition.objects.in_force().filter(kind__municipality=municipality).select_related("kind")
    context = {
        "layers": list(layers_of(municipality)) if municipality else [],
        "ogc_address": request.build_absolute_uri(reverse("areas:ogc:landing")),
        "editions": list(editions.defer("outline_path").order_by("kind__rank")) if municipality else [],
    }
    return render(request, "portal/open_data.html", context)


def _country(request: HttpRequest) -> dict[str, Any]:
    municipality = municipality_of(request)
    country = municipality.country if municipality else ""
    return {
        "is_belgian": country == Municipality.Country.BELGIUM,
        "is_dutch": country == Municipality.Country.NETHERLANDS,
    }
