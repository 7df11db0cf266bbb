"""`/gebieden/grenzen/`: any two editions side by side, and the way back from the one in force."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.actions import what_goes_back
from areas.current import municipality_or_404
from areas.difference_page import difference_page, remembered_difference
from areas.forms import DifferenceForm
from areas.importers.faults import ImportRefused
from areas.models import AreaEdition
from areas.tasks import take_boundaries_back
from areas.views.editions import PERMISSION, edition_or_404, shown
from core.access import owner_of
from core.progress import start_job
from core.verbs import Refused


@require_safe
def edition_difference(request: HttpRequest) -> HttpResponse:
    """Two editions of a kind, chosen in the form: the same table and drawing as of a draft."""
    municipality = municipality_or_404(request, PERMISSION)
    form = DifferenceForm(municipality, request.GET if "oud" in request.GET else None)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (_("Boundaries"), reverse("areas:editions")),
            (_("Compare"), ""),
        ],
    }
    if form.is_valid():
        old, new = form.cleaned_data["oud"], form.cleaned_data["nieuw"]
        try:
            difference = remembered_difference(old, new)
        except ImportRefused as refused:  # each is sound; laid over each other they are too much
            form.add_error("nieuw", str(refused))
        else:
            context |= {
                "old": old,
                "new": new,
                "difference_page": difference_page(difference, edition=new, **shown(request)),
            }
    return render(request, "areas/edition_difference.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_take_back(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """What taking the boundaries in force back does, and the confirmation."""
    edition = edition_or_404(request, identifier)
    if edition.status == AreaEdition.Status.DRAFT or not request.user.has_perm(
        "areas.activate_edition", edition.kind
    ):
        raise Http404
    if request.method == "POST":
        return _take_back(request, edition)
    context: dict[str, Any] = {
        "edition": edition,
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (_("Boundaries"), reverse("areas:editions")),
            (str(edition), edition.get_absolute_url()),
            (_("Take back"), ""),
        ],
    }
    try:
        context["goes"] = what_goes_back(edition)
    except Refused as refused:
        context["refused"] = refused.messages
    return render(request, "areas/edition_take_back.html", context)


def _take_back(request: HttpRequest, edition: AreaEdition) -> HttpResponse:
    job = start_job(
        take_boundaries_back,
        title=_("Take boundaries back: %(kind)s") % {"kind": edition.kind.plural},
        owner=owner_of(request),
        back_url=edition.get_absolute_url(),
        edition=str(edition.uuid),
        user=str(owner_of(request)),
    )
    return redirect("core:progress", job.uuid)
