"""`/waar/`: which areas lie at a point or an address. Asked by POST, so that nobody's place is in an address or a log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from areas.current import municipality_of
from areas.geocoding import Answer, find_place, outside_for
from areas.locate import areas_at, point_from
from areas.models import Area, Municipality
from core.access import open_to_all

LONGEST = 200


@open_to_all
@require_POST
@sensitive_post_parameters("adres", "lat", "lon")
@sensitive_variables("point", "text")
def where(request: HttpRequest) -> HttpResponse:
    """The areas at `lat` and `lon`: as JSON for the map, else on to the page of the smallest area to work with.

    With `adres` instead, the areas of an address: on to the page, or the choice of what may be meant.
    """
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    municipality = municipality_of(request)
    if municipality is not None and "adres" in request.POST:
        text = " ".join(request.POST["adres"].replace("\x00", "").split())[:LONGEST]
        return _of_address(request, municipality, text)
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


@sensitive_variables("text", "answer")
def _of_address(request: HttpRequest, municipality: Municipality, text: str) -> HttpResponse:
    answer = find_place(text, municipality)
    if answer.place is None:
        return _choice(request, municipality, text, answer)
    best = _best(answer.areas)
    if answer.place.address is not None:
        return redirect(f"{best.get_absolute_url()}?adres={answer.place.address}")
    said = {"address": answer.place.label, "area": best.name, "source": answer.place.source}
    messages.success(request, _("%(address)s lies in %(area)s (%(source)s).") % said)
    return redirect(best)


def _choice(request: HttpRequest, municipality: Municipality, text: str, answer: Answer) -> HttpResponse:
    outside = outside_for(municipality)
    context = {
        "text": text,
        "answer": answer,
        "register": outside.title if outside else "",
        "crumbs": [(_("Areas"), reverse("areas:list")), (_("Find an address"), "")],
    }
    return render(request, "areas/where.html", context)
