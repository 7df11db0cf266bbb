"""The list of areas, and the page of one."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from areas.around import active_shapes, around, main_parents
from areas.current import municipality_or_404
from areas.figures.column import FigureColumn, figure_column
from areas.figures.totals import WHOLE
from areas.filters import AreaFilterForm
from areas.map import drawing
from areas.models import Area, AreaShape
from areas.past import heirs_of
from core.access import open_to_all
from core.facts import FactColumn, fact_columns
from core.panels import panels_for

PAGE = 50


@open_to_all
@require_safe
@vary_on_headers("HX-Target")
def area_list(request: HttpRequest) -> HttpResponse:
    """Everything on the map as a list, with the same filters; only the list itself for htmx."""
    form = AreaFilterForm(request.GET, municipality_or_404(request))
    areas = form.areas().prefetch_related(active_shapes(), main_parents())
    page = Paginator(areas, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    figure = figure_column(
        form.municipality, request.GET.get("cijfer", ""), request.GET.get("periode", ""), shown
    )
    columns = [*([figure.column] if figure else []), *fact_columns(shown, request.user)]
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "figure": figure,
        "rows": [_row(area, columns) for area in shown],
        "map_url": _map_url(form, figure),
        "crumbs": [(_("Areas"), "")],
    }
    template = (
        "areas/partials/list.html" if request.headers.get("HX-Target") == "areas" else "areas/list.html"
    )
    return render(request, template, context)


@open_to_all
@require_safe
def area_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an area: its portrait and name, and a section for everything that apps know of it."""
    municipality = municipality_or_404(request)
    area = get_object_or_404(
        Area.objects.of(municipality).select_related("kind", "municipality", "retired_by"), slug=slug
    )
    surroundings = around(area)
    context = {
        "area": area,
        "around": surroundings,
        "is_whole": area.kind.slug == WHOLE,
        "shape": surroundings.shape,
        "portrait": _last_shape(area) if area.retired_by_id else surroundings.shape,
        "drawing": drawing.draw(municipality, kind=area.kind, chosen=area) if surroundings.shape else None,
        "panels": list(panels_for(request, area)),
        "heirs": heirs_of(area) if area.retired_by_id else None,
        "crumbs": [(_("Areas"), reverse("areas:list")), (area.name, "")],
    }
    return render(request, "areas/detail.html", context)


def _row(area: Area, columns: list[FactColumn]) -> dict[str, Any]:
    shapes: list[AreaShape] = area.shown_shapes  # type: ignore[attr-defined]
    return {
        "area": area,
        "shape": shapes[0] if shapes else None,
        "facts": [column.by_pk.get(area.pk) for column in columns],
    }


def _map_url(form: AreaFilterForm, figure: FigureColumn | None) -> str:
    """The same choice on the map."""
    chosen = {parameter: form.chosen(parameter) for parameter in form.fields}
    if figure:
        chosen |= {"cijfer": figure.slug, "periode": figure.period}
    query = urlencode({parameter: value for parameter, value in chosen.items() if value})
    return f"/kaart/?{query}" if query else "/kaart/"


def _last_shape(area: Area) -> AreaShape | None:
    """The boundary that an area had last."""
    shapes = AreaShape.objects.filter(area=area).order_by("-edition__activated_at")
    return shapes.only("path", "box").first()
