"""The start page: find your area; below it what is going on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from areas import drawing
from areas.models import AreaKind, Municipality
from core.access import open_to_all
from core.calendar import latest, upcoming
from core.loop import steps_for
from portal.agenda import agenda
from portal.current import municipality_of
from portal.overview import AreaRow, area_rows

MOST_AREAS = 12


@open_to_all
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Find your area by address or name; what is going on in all of them."""
    municipality = municipality_of(request)
    if municipality is None:
        return render(request, "portal/no_municipality.html")
    kind = AreaKind.objects.filter(municipality=municipality, is_working_level=True).first()
    areas: list[AreaRow] = area_rows(kind, limit=MOST_AREAS + 1) if kind else []
    today = timezone.localdate()
    entries = upcoming(municipality, request.user, first=today)
    context = {
        "kind": kind,
        "areas": areas[:MOST_AREAS],
        "has_more_areas": len(areas) > MOST_AREAS,
        "drawing": _drawing(municipality, kind),
        "agenda": agenda(entries, today),
        "has_examples": any(entry.is_example for entry in entries),
        "news": latest(municipality, request.user),
        "steps": steps_for(municipality, request.user),
    }
    return render(request, "portal/start.html", context)


def _drawing(municipality: Municipality, kind: AreaKind | None) -> "drawing.Drawing | None":
    return drawing.draw(municipality, kind=kind) if kind else None
