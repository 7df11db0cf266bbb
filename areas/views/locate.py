"""`/waar/`: which areas lie at a point. Asked by POST, so that nobody's place is in an address or a log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from areas.current import municipality_of
from areas.locate import areas_at, point_from
from areas.models import Area
from core.access import open_to_all


@open_to_all
@require_POST
def where(request: HttpRequest) -> HttpResponse:
    """The areas at `lat` and `lon`: as JSON for the map, else on to the page of the smallest area to work with."""
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    municipality = municipality_of(request)
    point = point_from(request.POST.get("lat", ""), request.POST.get("lon", ""))
    if point is None or municipality is None:
        return _answer(request, wants_json, 400, _("This is no place: give a latitude and a longitude."))
    areas = areas_at(point, municipality)
    if not areas:
        reason = _("This place does not lie in %(name)s.") % {"name": municipality.name}
        # Not a fault: somebody stands elsewhere.
        return _answer(request, wants_json, 200, reason)
    best = _best(areas)
    if wants_json:
        found = [
            {"kind": kind, "name": area.name, "slug": area.slug, "url": area.get_absolute_url()}
            for kind, area in areas.items()
        ]
        return JsonResponse({"area": best.slug, "url": best.get_absolute_url(), "areas": found})
    return redirect(best)


def _best(areas: dict[str, Area]) -> Area:
    """The area at the level of area-based work, else the smallest."""
    working = [area for area in areas.values() if area.kind.is_working_level]
    return (working or list(areas.values()))[-1]


def _answer(request: HttpRequest, wants_json: bool, status: int, reason: str) -> HttpResponse:
    if wants_json:
        return JsonResponse({"detail": reason, "url": "", "areas": []}, status=status)
    messages.error(request, reason)
    return redirect("areas:list")
