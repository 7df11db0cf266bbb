"""`/waar/straat/`: a street with its numbers, for who does not know in which of its areas they are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.addresses.streets import street_of
from areas.current import municipality_or_404
from core.access import open_to_all


@open_to_all
@require_safe
def street(request: HttpRequest) -> HttpResponse:
    """The numbers of a street by area; each leads to its area."""
    municipality = municipality_or_404(request)
    asked = [request.GET.get(name, "").replace("\x00", "")[:120] for name in ("straat", "plaats")]
    found = street_of(municipality, *asked)
    if found is None:
        raise Http404("no such street")
    context = {"street": found, "crumbs": [(_("Areas"), reverse("areas:list")), (found.name, "")]}
    return render(request, "areas/street.html", context)
