"""Search over everything that apps know; the page and the suggestions while typing.

What people type is neither stored nor logged.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from areas.current import municipality_of
from areas.geocoding import register_outside
from core.access import open_to_all
from core.search import Hit, search_all
from portal.finding import grouped, sure_hit
from portal.maplayers import thing_layers

ON_THE_PAGE = 40
WHILE_TYPING = 7
SHORTEST = 2


@open_to_all
@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """The answers in groups; one that is sure leads on at once."""
    text = _text(request)
    hits = _find(request, text, ON_THE_PAGE)
    sure = sure_hit(hits)
    if sure is not None and "alles" not in request.GET:
        return redirect(sure.url)
    municipality = municipality_of(request)
    context = {
        "text": text,
        "groups": grouped(hits),
        "count": len(hits),
        "shortest": SHORTEST,
        "layers": thing_layers(municipality) if municipality else [],
        "register": register_outside(text, municipality) if municipality and text else "",
    }
    return render(request, "portal/search.html", context)


@open_to_all
@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """The best answers as options of the list under the search field."""
    hits = _find(request, _text(request), WHILE_TYPING)
    return render(request, "portal/partials/suggestions.html", {"hits": hits})


def _text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]


@sensitive_variables("text")
def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    municipality = municipality_of(request)
    if municipality is None or len(text) < SHORTEST:
        return []
    return search_all(text, municipality, request.user, limit=limit)
