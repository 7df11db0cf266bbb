"""The list of plans, and the same as a table to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.pages import show_list, table_file
from plans.forms.filters import PlanFilter
from plans.reading.listed import NAMES, listed, row_of, with_counts

FOUND = ngettext_lazy("%(number)d plan", "%(number)d plans", "number")


@open_to_all
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that a person may read, filtered."""
    municipality = municipality_or_404(request)
    form = PlanFilter(request.GET, municipality=municipality, user=request.user)
    return show_list(
        request,
        "plans/list.html",
        with_counts(form.found().in_order()),
        form=form,
        words=FOUND,
        table="plans:list_table",
        title=_("Plans"),
        beside=lambda plans: {"shown": listed(plans)},
        may_add=request.user.has_perm("plans.add_plan", municipality),
        may_import=request.user.has_perm("plans.import_plan", municipality),
    )


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX."""
    form = PlanFilter(request.GET, municipality=municipality_or_404(request), user=request.user)
    if not form.is_valid():
        raise Http404
    found = with_counts(form.found().in_order())
    rows = (row_of(plan) for plan in found.iterator(chunk_size=1_000))
    return table_file("plannen", extension, NAMES, rows, title=_("Plans"))
