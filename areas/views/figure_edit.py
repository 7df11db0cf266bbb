"""Describing indicators, and taking figures away; for those who bring figures, 404 for others."""

from copy import copy

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.actions import delete_figures, save_indicator
from areas.current import municipality_or_404
from areas.figures.periods import period_words
from areas.forms.figures import IndicatorForm
from areas.models import Indicator, IndicatorValue
from areas.views.figures import PERMISSION, crumbs
from core.access import permitted_or_404
from core.pages import answer_button, answer_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: HttpRequest) -> HttpResponse:
    """Describe an indicator, before its first figures come in."""
    municipality = municipality_or_404(request, PERMISSION)
    form = IndicatorForm(municipality, posted(request))
    title = _("Describe a figure")
    return answer_form(
        request,
        form,
        do=lambda: save_indicator(indicator=form.instance, by=request.user),
        to=lambda saved: f"{reverse('areas:figures_import')}?cijfer={saved.slug}",
        done=_("The figure is described. Now bring a table in."),
        title=title,
        lead=_("Say what is counted and who counts it. Then bring a table in."),
        back=reverse("areas:figures"),
        crumbs=crumbs((title, "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe an indicator better; its figures stay."""
    municipality = municipality_or_404(request)
    indicator = permitted_or_404(Indicator.objects.of(municipality), request.user, PERMISSION, slug=slug)
    form = IndicatorForm(municipality, posted(request), instance=copy(indicator))
    title, url = _("Change the description"), indicator.get_absolute_url()
    return answer_form(
        request,
        form,
        do=lambda: save_indicator(
            indicator=form.instance, by=request.user, version=form.cleaned_data["version"]
        ),
        to=url,
        done=_("Saved."),
        again=lambda now: IndicatorForm(municipality, instance=now),
        title=title,
        lead=indicator.name,
        back=url,
        crumbs=crumbs((indicator.name, url), (title, "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figures_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the figures of a period away, or the indicator with all of them, once the person confirms."""
    known = Indicator.objects.of(municipality_or_404(request))
    indicator = permitted_or_404(known, request.user, PERMISSION, slug=slug)
    period = request.POST.get("periode", request.GET.get("periode", "")).replace("\x00", "")
    figures = IndicatorValue.objects.of(indicator)
    if period:
        figures = figures.in_period(period)
        if not figures.exists():
            raise Http404
    if request.method == "POST":
        return answer_button(
            request,
            do=lambda: delete_figures(indicator=indicator, by=request.user, period=period),
            to=indicator if period else "areas:figures",
            done=_taken_away,
        )
    context = {
        "indicator": indicator,
        "period": period,
        "period_words": period_words(period) if period else "",
        "number": figures.count(),
        "crumbs": crumbs((indicator.name, indicator.get_absolute_url()), (_("Take away"), "")),
    }
    return render(request, "areas/figures/delete.html", context)


def _taken_away(number: int) -> str:
    words = ngettext("%(number)d figure was taken away.", "%(number)d figures were taken away.", number)
    return words % {"number": number}
