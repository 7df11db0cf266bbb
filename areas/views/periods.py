"""The calendar of the municipality, for data stewards and administrators: its periods, one by one; 404 for others."""

from copy import copy
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions.periods import PERMISSION, remove_period, save_period
from areas.current import municipality_or_404
from areas.forms.periods import PeriodForm, PeriodsFilter
from areas.models import CalendarPeriod
from core.access import permitted_or_404
from core.pages import answer_button, answer_form, posted, show_list

FOUND = ngettext_lazy("%(number)d period", "%(number)d periods", "number")


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of the calendar."""
    return [(_("Calendar"), reverse("areas:periods")), *more]


@require_safe
def period_list(request: HttpRequest) -> HttpResponse:
    """The periods that are on or come, or all that were."""
    municipality = municipality_or_404(request, PERMISSION)
    form = PeriodsFilter(request.GET)
    periods = form.apply(CalendarPeriod.objects.of(municipality))
    return show_list(request, "areas/periods.html", periods, words=FOUND, form=form, title=_("Calendar"))


@require_http_methods(["GET", "HEAD", "POST"])
def period_new(request: HttpRequest) -> HttpResponse:
    """Add a period."""
    form = PeriodForm(municipality_or_404(request, PERMISSION), posted(request))
    title = _("Add a period")
    return answer_form(
        request,
        form,
        do=lambda: save_period(period=form.instance, by=request.user),
        to="areas:periods",
        done=_("The period is added."),
        title=title,
        back=reverse("areas:periods"),
        crumbs=crumbs((title, "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Change a period."""
    period = _period(request, identifier)
    form = PeriodForm(period.municipality, posted(request), instance=copy(period))
    return answer_form(
        request,
        form,
        do=lambda: save_period(period=form.instance, by=request.user, version=form.cleaned_data["version"]),
        to="areas:periods",
        done=_("Saved."),
        again=lambda now: PeriodForm(period.municipality, instance=now),
        title=period.name,
        back=reverse("areas:periods"),
        crumbs=crumbs((period.name, "")),
    )


@require_POST
def period_remove(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take a period away."""
    period = _period(request, identifier)
    return answer_button(
        request,
        do=lambda: remove_period(period=period, by=request.user),
        to="areas:periods",
        done=_("The period is taken away."),
    )


def _period(request: HttpRequest, identifier: UUID) -> CalendarPeriod:
    known = CalendarPeriod.objects.of(municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(known, request.user, PERMISSION, uuid=identifier)
