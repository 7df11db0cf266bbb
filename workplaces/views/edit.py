"""Changing a work location on its page, section by section; whole pages without a script, parts with htmx."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from areas.current import municipality_or_404
from core.navigation import Tab
from core.pages import answer_form, posted, show_form
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
    page = _page_of(location, chosen)
    if word == "plaats" and is_asked(request.POST):
        data, found = looked_up(request.POST, location.municipality)
        return show_form(request, unchecked(PinForm(data, location=location), found), **page)
    form = chosen.form(posted(request), location=location)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(request.user),
        to=lambda saved: saved,
        done=chosen.done,
        again=lambda now: chosen.form(location=now),
        **page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new location."""
    municipality = municipality_or_404(request, "workplaces.add_location")
    page: dict[str, Any] = {
        "template": "workplaces/new.html",
        "title": _("New work location"),
        "lead": _("Only the name and the place are needed; the rest can follow."),
        "button": _("Add the work location"),
        "back": reverse("workplaces:list"),
        "crumbs": crumbs((_("New work location"), "")),
    }
    if is_asked(request.POST):
        data, found = looked_up(request.POST, municipality)
        return show_form(request, unchecked(NewLocationForm(data, municipality=municipality), found), **page)
    form = NewLocationForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(request.user),
        to=lambda saved: saved,
        done=_("The location is added."),
        **page,
    )


def _page_of(location: WorkLocation, chosen: Section) -> dict[str, Any]:
    """What the page of a section shows around its form."""
    url = location.get_absolute_url()
    page: dict[str, Any] = {
        "template": "workplaces/edit.html",
        "title": chosen.title,
        "lead": location.name,
        "button": chosen.title if chosen.word == "sluiten" else "",
        "back": url,
        "location": location,
        "section": chosen,
        "tabs": [
            Tab(
                title=(REOPEN if s.word == "sluiten" and location.closed_on else s).title,
                url=reverse("workplaces:edit_section", args=[location.slug, s.word]),
                is_current=s.word == chosen.word,
            )
            for s in SECTIONS.values()
        ],
        "crumbs": crumbs((location.name, url), (str(chosen.title), "")),
    }
    return page
