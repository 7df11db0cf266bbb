"""Changing a work location on its page, section by section; whole pages without a script, parts with htmx."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from areas.current import municipality_or_404
from areas.models import AreaEdition, AreaShape, Municipality
from core.changes import changes_since
from core.forms import add_errors
from core.verbs import Conflict
from workplaces.forms.edit import (
    CloseForm,
    DetailsForm,
    HoursForm,
    NewLocationForm,
    OfferForm,
    PinForm,
    ReopenForm,
)
from workplaces.forms.pin_search import is_asked, looked_up, unchecked
from workplaces.models import WorkLocation
from workplaces.views.shared import crumbs, editable_or_404

FIELDS = {"point": "lat"}  # where a form shows what is wrong with a place


@dataclass(frozen=True)
class Section:
    """A part of a location that is changed at once."""

    word: str
    title: str | Promise
    form: Callable[..., Any]
    done: str | Promise
    template: str = "workplaces/sections/plain.html"


SECTIONS = {
    "gegevens": Section(
        "gegevens",
        gettext_lazy("Name, address and contact"),
        DetailsForm,
        gettext_lazy("The details are saved."),
    ),
    "diensten": Section(
        "diensten",
        gettext_lazy("Services and teams"),
        OfferForm,
        gettext_lazy("Services and teams are saved."),
    ),
    "uren": Section(
        "uren",
        gettext_lazy("Opening hours"),
        HoursForm,
        gettext_lazy("The hours are saved."),
        "workplaces/sections/hours.html",
    ),
    "plaats": Section(
        "plaats",
        gettext_lazy("Place on the map"),
        PinForm,
        gettext_lazy("The place is saved."),
        "workplaces/sections/pin.html",
    ),
    "sluiten": Section(
        "sluiten",
        gettext_lazy("Close for good"),
        CloseForm,
        gettext_lazy("The location is closed for good."),
        "workplaces/sections/close.html",
    ),
}
REOPEN = Section(
    "sluiten", gettext_lazy("Take into use again"), ReopenForm, gettext_lazy("The location is in use again."),
    "workplaces/sections/close.html",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str, word: str = "gegevens") -> HttpResponse:
    """Show or save one section."""
    location = editable_or_404(request, slug)
    chosen = SECTIONS.get(word)
    if chosen is None:
        raise Http404
    if word == "sluiten" and location.closed_on:
        chosen = REOPEN
    context: dict[str, Any] = {}
    if word == "plaats" and is_asked(request.POST):
        data, found = looked_up(request.POST, location.municipality)
        form = unchecked(PinForm(data, location=location), found)
        return _show(request, location, chosen, form, context)
    form = chosen.form(request.POST if request.method == "POST" else None, location=location)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.apply(request.user)
        except Conflict as conflict:
            context["conflict"] = changes_since(conflict.current, form.cleaned_data["version"])
            context["is_conflict"] = True
            form.renew(conflict.current)
        except ValidationError as error:
            add_errors(form, error, shown_at=FIELDS)
        except PermissionDenied:
            # The role ended, or the pin moved away, while the person was typing.
            raise Http404 from None
        else:
            messages.success(request, str(chosen.done))
            return _to(request, saved)
    return _show(request, location, chosen, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new location."""
    municipality = municipality_or_404(request, "workplaces.add_location")
    form = NewLocationForm(request.POST if request.method == "POST" else None, municipality=municipality)
    if is_asked(request.POST):
        data, found = looked_up(request.POST, municipality)
        form = unchecked(NewLocationForm(data, municipality=municipality), found)
    elif request.method == "POST" and form.is_valid():
        try:
            saved = form.apply(request.user)
        except ValidationError as error:
            add_errors(form, error, shown_at=FIELDS)
        else:
            messages.success(request, _("The location is added."))
            return redirect(saved)
    context = {
        "form": form,
        "crumbs": crumbs((_("New work location"), "")),
        "base_layer": base_layer(municipality),
        "center": center_of(None, municipality),
    }
    return render(request, "workplaces/new.html", context)


def _show(
    request: HttpRequest, location: WorkLocation, chosen: Section, form: Any, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "location": location,
        "section": chosen,
        "sections": [REOPEN if s.word == "sluiten" and location.closed_on else s for s in SECTIONS.values()],
        "form": form,
        "crumbs": crumbs((location.name, location.get_absolute_url()), (str(chosen.title), "")),
    }
    if chosen.word == "plaats":
        context["base_layer"] = base_layer(location.municipality)
        context["center"] = center_of(location, location.municipality)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "workplaces/partials/section.html", context)
    status = 409 if context.get("is_conflict") else 200
    return render(request, "workplaces/edit.html", context, status=status)


def _to(request: HttpRequest, location: WorkLocation) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(location.get_absolute_url())
    return redirect(location)


def base_layer(municipality: Municipality) -> str:
    """The map layer behind the pin: the areas of area-based work, or of whatever kind there is."""
    edition = (
        AreaEdition.objects.in_force()
        .filter(kind__municipality_id=municipality.pk)
        .order_by("-kind__is_working_level", "-kind__rank")
        .select_related("kind")
        .first()
    )
    return f"/kaartlagen/{edition.kind.slug}.geojson" if edition else ""


def center_of(location: WorkLocation | None, municipality: Municipality) -> dict[str, float] | None:
    """Where the map of the pin starts: at the pin, else at some area of the municipality."""
    if location is not None and location.point:
        return {"lat": location.point.y, "lon": location.point.x}
    shape = (
        AreaShape.objects.in_force()
        .filter(area__municipality_id=municipality.pk)
        .order_by("-area_m2")
        .only("label_point")
        .first()
    )
    return {"lat": shape.label_point.y, "lon": shape.label_point.x} if shape else None
