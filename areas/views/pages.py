"""The list of areas, and the page of one."""

from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from areas.around import Around, active_shapes, around, main_parents
from areas.current import municipality_or_404
from areas.figures.column import FigureColumn, figure_column
from areas.figures.series import stories_of
from areas.figures.totals import WHOLE
from areas.filters import AreaFilterForm
from areas.map import drawing
from areas.map.listing import layer_lists
from areas.models import Area, AreaShape, Municipality
from areas.models.area import AreaQuerySet
from areas.names import with_names
from areas.past import heirs_of
from core.access import open_to_all
from core.facts import FactColumn, fact_columns
from core.pages import ordered, show_list, table_file
from core.panels import panels_for

FOUND = ngettext_lazy("%(number)d area", "%(number)d areas", "number")
ORDERS = {
    "naam": ("name", "pk"),
    "soort": ("kind__rank", "name", "pk"),
    "oppervlakte": ("surface", "name", "pk"),
}
COLUMNS = ("code", "naam", "soort", "hectare", "ligt in")


@open_to_all
@require_safe
def area_list(request: HttpRequest) -> HttpResponse:
    """Everything on the map as a list, with the same filters."""
    form = AreaFilterForm(request.GET, municipality_or_404(request))

    def beside(shown: list[Area]) -> dict[str, Any]:
        figure, columns = _columns(request, form.municipality, shown)
        rows = [_row(area, columns) for area in shown]
        is_first = request.GET.get("page", "1") == "1"
        return {
            "figure": figure,
            "columns": columns,
            "rows": rows,
            "map_url": _map_url(form, figure),
            "layer_lists": list(layer_lists(form.municipality, request.GET)) if is_first else [],
        }

    return show_list(
        request,
        "areas/list.html",
        _areas(request, form),
        form=form,
        words=FOUND,
        table="areas:table",
        beside=beside,
        title=_("Areas"),
        crumbs=[(_("Areas"), "")],
    )


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX, with the columns that other apps bring."""
    form = AreaFilterForm(request.GET, municipality_or_404(request))
    areas = list(_areas(request, form).prefetch_related("codes"))
    _figure, columns = _columns(request, form.municipality, areas)
    rows = (_cells(_row(area, columns)) for area in areas)
    titles = [*COLUMNS, *(str(column.title) for column in columns)]
    return table_file("gebieden", extension, titles, rows, title=_("Areas"))


@open_to_all
@require_safe
def area_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an area: its portrait and name, and a section for everything that apps know of it."""
    municipality = municipality_or_404(request)
    area = get_object_or_404(
        with_names(Area.objects.of(municipality).select_related("kind", "municipality", "retired_by")),
        slug=slug,
    )
    surroundings = around(area)
    context = {
        "area": area,
        "around": surroundings,
        "is_whole": area.kind.slug == WHOLE,
        "shape": surroundings.shape,
        "portrait": _last_shape(area) if area.retired_by_id else surroundings.shape,
        "drawing": _drawing(area, surroundings),
        "panels": panels_for(request, area),
        "may_move": bool(area.retired_by_id) and request.user.has_perm("areas.change_area", area),
        "heirs": heirs_of(area) if area.retired_by_id else None,
        "crumbs": [(_("Areas"), reverse("areas:list")), (area.name, "")],
    }
    return render(request, "areas/detail.html", context)


def _areas(request: HttpRequest, form: AreaFilterForm) -> AreaQuerySet:
    found = form.areas().with_surface().prefetch_related(active_shapes(), main_parents())
    return ordered(request, found, ORDERS)


def _columns(
    request: HttpRequest, municipality: Municipality, areas: list[Area]
) -> tuple[FigureColumn | None, list[FactColumn]]:
    """The figure that was asked for, and what other apps know of all these areas."""
    slug, period = request.GET.get("cijfer", ""), request.GET.get("periode", "")
    figure = figure_column(municipality, slug, period, areas)
    return figure, [*([figure.column] if figure else []), *fact_columns(areas, request.user)]


@open_to_all
@require_safe
def area_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of an area by theme, beside the municipality and over the years."""
    municipality = municipality_or_404(request)
    areas = Area.objects.of(municipality).select_related("kind", "municipality")
    area = get_object_or_404(areas, slug=slug)
    stories = stories_of(area)
    by_theme = groupby(stories, key=lambda story: story.indicator.theme)
    themes = [(theme, list(found)) for theme, found in by_theme]
    context = {
        "area": area,
        "stories": stories,
        "themes": [(theme, found, [story for story in found if story.chart]) for theme, found in themes],
        "is_example": bool(stories) and all(story.indicator.is_example for story in stories),
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (area.name, area.get_absolute_url()),
            (_("Figures"), ""),
        ],
    }
    return render(request, "areas/figures_of.html", context)


def _drawing(area: Area, surroundings: Around) -> drawing.Drawing | None:
    """Where the area lies among the others of its kind."""
    if surroundings.shape is None:
        return None
    edition = surroundings.shape.edition
    return drawing.draw(area.municipality, kind=area.kind, chosen=area, edition=edition)


def _row(area: Area, columns: list[FactColumn]) -> dict[str, Any]:
    shapes: list[AreaShape] = area.shown_shapes  # type: ignore[attr-defined]
    return {
        "area": area,
        "shape": shapes[0] if shapes else None,
        "facts": [column.by_pk.get(area.pk) for column in columns],
    }


def _cells(row: dict[str, Any]) -> list[object]:
    """A row as it goes out in a table."""
    area, shape = row["area"], row["shape"]
    code = next((one.code for one in area.codes.all() if one.scheme == area.kind.scheme), "")
    hectares = round(Decimal(shape.area_m2) / 10_000, 2) if shape else None
    facts = [" ".join(filter(None, (fact.figure, fact.words))) if fact else "" for fact in row["facts"]]
    above = ", ".join(part.parent.name for part in area.main_parts)
    return [code, area.name, area.kind.name, hectares, above, *facts]


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
