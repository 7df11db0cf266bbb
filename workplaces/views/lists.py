"""The list of work locations, and the same as a table to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.pages import show_list, table_file
from workplaces.exchange import NAMES, row_of
from workplaces.forms.filters import LocationFilter

FOUND = ngettext_lazy("%(number)d work location", "%(number)d work locations", "number")


@open_to_all
@require_safe
def location_list(request: HttpRequest) -> HttpResponse:
    """All locations in use, filtered."""
    municipality = municipality_or_404(request)
    form = LocationFilter(request.GET, municipality=municipality, user=request.user)
    return show_list(
        request,
        "workplaces/list.html",
        form.locations().with_areas().with_summary().order_by("name", "pk"),
        form=form,
        words=FOUND,
        table="workplaces:table",
        title=_("Work locations"),
        is_staff=request.user.has_perm("workplaces.add_location", municipality),
        may_import=request.user.has_perm("workplaces.import_locations", municipality),
    )


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX, with the columns that an import takes."""
    form = LocationFilter(request.GET, municipality=municipality_or_404(request), user=request.user)
    if not form.is_valid():
        raise Http404
    found = form.locations().with_details().order_by("name", "pk")
    rows = (row_of(location) for location in found.iterator(chunk_size=1_000))
    return table_file("werklocaties", extension, NAMES, rows, title=_("Work locations"))
