"""The principles of the municipality and the pillars of sustainability, against which plans are held."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me
from areas.current import municipality_or_404
from core.pages import answer_button, answer_form, posted, show_list
from plans.actions import remove_principle
from plans.forms.texts import PrincipleForm
from plans.models import Principle

WORDS = ngettext_lazy("%(number)d principle", "%(number)d principles", "number")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, with how many plans say something about each."""
    municipality = municipality_or_404(request, "plans.change_principle")
    principles = Principle.objects.filter(municipality=municipality)
    return show_list(
        request,
        "plans/principles.html",
        principles,
        words=WORDS,
        title=_("Principles and pillars"),
        crumbs=[(_("Principles and pillars"), "")],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def principle(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """A principle: a new one, or one that there is."""
    municipality = municipality_or_404(request, "plans.change_principle")
    row = get_object_or_404(Principle, municipality=municipality, pk=key) if key else None
    back = reverse("plans:principles")
    form = PrincipleForm(posted(request), municipality=municipality, principle=row)
    page: dict[str, Any] = {
        "crumbs": [(_("Principles and pillars"), back), (row.name if row else _("New"), "")]
    }
    return answer_form(
        request,
        form,
        do=lambda: form.apply(me(request)),
        to=back,
        done=_("Saved."),
        again=lambda now: PrincipleForm(municipality=municipality, principle=now),
        title=row.name if row else _("New principle"),
        back=back,
        **page,
    )


@require_POST
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a principle about which no plan says anything."""
    municipality = municipality_or_404(request, "plans.change_principle")
    row = get_object_or_404(Principle, municipality=municipality, pk=key)
    return answer_button(
        request,
        do=lambda: remove_principle(principle=row, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:principles"),
        done=_("The principle is removed."),
    )
