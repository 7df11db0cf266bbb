"""The list of work locations, and the same as a table to take along."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.tables import CSV, XLSX, csv_lines, xlsx_bytes
from workplaces.exchange import NAMES, row_of
from workplaces.forms.filters import LocationFilter

PAGE = 50


@open_to_all
@require_safe
def location_list(request: HttpRequest) -> HttpResponse:
    """All locations in use, filtered; the same template whole or, for htmx, in part."""
    municipality = municipality_or_404(request)
    form = LocationFilter(request.GET, municipality=municipality, user=request.user)
    found = form.locations().with_areas().with_summary().order_by("name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "total": page.paginator.count,
        "query": query.urlencode(),
        "is_staff": request.user.has_perm("workplaces.view_quality", municipality),
        "may_import": request.user.has_perm("workplaces.import_locations", municipality),
    }
    part = "workplaces/partials/results.html" if request.htmx else "workplaces/list.html"  # type: ignore[attr-defined]
    response = render(request, part, context)
    # The same address answers with a whole page or a part: a browser must not take one for the other.
    patch_vary_headers(response, ["HX-Request"])
    return response


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX, with the columns that an import takes."""
    form = LocationFilter(request.GET, municipality=municipality_or_404(request), user=request.user)
    if not form.is_valid():
        raise Http404
    found = form.locations().with_details().order_by("name", "pk")
    rows = (row_of(location) for location in found.iterator(chunk_size=1_000))
    response: HttpResponseBase
    if extension == "csv":
        response = StreamingHttpResponse(csv_lines(NAMES, rows), content_type=CSV)
    else:
        response = HttpResponse(xlsx_bytes(NAMES, rows, _("Work locations")), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="werklocaties.{extension}"'
    return response
