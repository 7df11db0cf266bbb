"""`/cijfers/`: what is known of areas in numbers, for everybody."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from areas.figures.listing import COLUMNS, Known, known_kinds, listing_of, table_of
from areas.figures.periods import period_words
from areas.figures.totals import newest_periods, wholes_of
from areas.figures.wording import whole_words
from areas.filters import FigureFilter
from areas.models import Indicator, Municipality
from core.access import open_to_all
from core.pages import show_list, table_file

PERMISSION = "areas.import_figures"
PAGE = 300
FOUND = ngettext_lazy("%(number)d figure", "%(number)d figures", "number")


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the list of figures, and what lies between."""
    return [(_("Figures"), reverse("areas:figures") if more else ""), *more]


@open_to_all
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator by theme, with its newest figure of the municipality; who brings figures sees those without any too."""
    municipality = municipality_or_404(request)
    may_import = request.user.has_perm(PERMISSION, municipality)
    form = FigureFilter(request.GET, municipality, with_empty=may_import)
    return show_list(
        request,
        "areas/figures/list.html",
        form.indicators(),
        form=form,
        words=FOUND,
        per_page=100,
        beside=lambda shown: {"themes": _themes(municipality, shown)},
        title=_("Figures"),
        may_import=may_import,
        crumbs=crumbs(),
    )


def _themes(municipality: Municipality, indicators: list[Indicator]) -> list[Any]:
    """Each theme with its rows, and whether all of them are examples."""
    newest = newest_periods(indicators)
    wholes = wholes_of(indicators, newest)
    rows: list[dict[str, Any]] = [
        {
            "indicator": indicator,
            "period": period_words(newest[indicator.pk]) if indicator.pk in newest else "",
            "whole": _whole_words(indicator, wholes[indicator.pk].get(newest.get(indicator.pk, ""))),
        }
        for indicator in indicators
    ]
    by_theme = groupby(rows, key=lambda row: row["indicator"].theme)
    groups = [(theme, list(found)) for theme, found in by_theme]
    return [(theme, found, all(row["indicator"].is_example for row in found)) for theme, found in groups]


@open_to_all
@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator: what it is, and the figures of one kind of areas in one period."""
    municipality = municipality_or_404(request)
    may_import = request.user.has_perm(PERMISSION, municipality)
    indicator = _indicator(municipality, slug)
    kinds = known_kinds(indicator, municipality)
    if not kinds and not may_import:
        raise Http404
    context: dict[str, Any] = {
        "indicator": indicator,
        "may_import": may_import,
        "crumbs": crumbs((indicator.name, "")),
    }
    if kinds:
        known = _chosen(kinds, request.GET.get("soort", ""))
        asked = request.GET.get("periode", "")
        period = asked if asked in known.periods else known.newest
        whole = wholes_of([indicator], {indicator.pk: period})[indicator.pk].get(period)
        listing = listing_of(indicator, known.kind, period, whole)
        context |= {
            "kinds": [one.kind for one in kinds],
            "periods": [(one, period_words(one)) for one in known.periods],
            "listing": listing,
            "page": Paginator(listing.rows, PAGE).get_page(request.GET.get("page")),
            "whole": whole,
            "whole_words": _whole_words(indicator, whole),
        }
    return render(request, "areas/figures/detail.html", context)


@open_to_all
@require_safe
def table(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The figures of one kind of areas as CSV or XLSX, in one period or in all; an import takes the same table."""
    municipality = municipality_or_404(request)
    indicator = _indicator(municipality, slug)
    kinds = known_kinds(indicator, municipality)
    if not kinds:
        raise Http404
    known = _chosen(kinds, request.GET.get("soort", ""))
    period = request.GET.get("periode", "")
    if period and period not in known.periods:
        raise Http404
    name = "-".join(filter(None, (indicator.slug, known.kind.slug, period.replace("/", "-"))))
    if indicator.is_example:
        name = f"voorbeeld-{name}"
    rows = table_of(indicator, known.kind, period)
    return table_file(name, extension, COLUMNS, rows, title=indicator.name)


def _indicator(municipality: Municipality, slug: str) -> Indicator:
    return get_object_or_404(Indicator.objects.of(municipality), slug=slug)


def _chosen(kinds: list[Known], slug: str) -> Known:
    """The kind that was asked for, else the level of area-based work."""
    return next((known for known in kinds if known.kind.slug == slug), kinds[0])


def _whole_words(indicator: Indicator, whole: Any) -> str:
    return whole_words(indicator, whole) if whole else ""
