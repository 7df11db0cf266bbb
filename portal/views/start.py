"""The start page: find your area; below it what is going on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.current import municipality_of
from areas.map.drawing import draw
from areas.models import AreaKind
from core.access import open_to_all
from core.agenda import agenda
from core.calendar import latest, newest, upcoming
from core.loop import steps_for
from portal.maplayers import thing_layers
from portal.overview import AreaCard, area_cards, fact_words

MOST_AREAS = 12
NEWS = 5


@open_to_all
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Find your area by address or name; what is going on in all of them."""
    municipality = municipality_of(request)
    if municipality is None:
        return render(request, "portal/no_municipality.html")
    kind = AreaKind.objects.filter(municipality=municipality, is_working_level=True).first()
    areas: list[AreaCard] = area_cards(kind, fact_words(request.user), limit=MOST_AREAS + 1) if kind else []
    today = timezone.localdate()
    entries = upcoming(municipality, request.user, first=today)
    context = {
        "kind": kind,
        "areas": areas[:MOST_AREAS],
        "has_more_areas": len(areas) > MOST_AREAS,
        "drawing": draw(municipality, kind=kind) if kind else None,
        "agenda": agenda(entries, today),
        "has_examples": any(entry.is_example for entry in entries),
        "news": newest(latest(municipality, request.user, limit=NEWS * 4), NEWS),
        "steps": steps_for(municipality, request.user),
        "layers": thing_layers(municipality),
    }
    return render(request, "portal/start.html", context)
