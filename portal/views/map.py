"""The map: layers on the left, what was chosen on the right; whole with a script, and whole without one."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from areas.navigation import may_import
from core.access import open_to_all
from core.basemaps import basemap
from core.layers import MapLayer
from portal.mapcompare import comparison
from portal.mapcontent import MapContent, map_content, map_drawing
from portal.mapformer import led_on
from portal.maplayers import filter_names, thing_layers
from portal.mappanel import panel_context, words_for_script


@open_to_all
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The map page with the panel about what the address chooses; an old address leads on."""
    municipality = municipality_or_404(request)
    today = led_on(request.GET, municipality)
    if today is not None:
        return _moved("portal:map", today)
    content = map_content(municipality, request.GET)
    if content is None:
        context = {"may_import": may_import(request=request), "layers": thing_layers(municipality)}
        return render(request, "portal/map_empty.html", context)
    context = {**_context(request, content), "config": _config(content)}
    return render(request, "portal/map.html", context)


@open_to_all
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The panel alone, with the drawing that goes on paper; the map fetches it."""
    municipality = municipality_or_404(request)
    today = led_on(request.GET, municipality)
    if today is not None:
        return _moved("portal:map_panel", today)
    content = map_content(municipality, request.GET)
    if content is None:
        return HttpResponse(status=204)
    return render(request, "portal/partials/panel_response.html", _context(request, content))


def _moved(name: str, query: str) -> HttpResponse:
    """For now, not for good: a kind of areas may get another word."""
    return redirect(reverse(name) + (f"?{query}" if query else ""))


def _context(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    return {
        **panel_context(request, content),
        "drawing": map_drawing(content),
        "list_url": _list_url(content),
    }


@open_to_all
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two figures or two periods side by side, with the table of both."""
    municipality = municipality_or_404(request)
    compared = comparison(municipality, request.GET)
    crumbs = [(_("Map"), reverse("portal:map")), (_("Compare"), "")]
    return render(request, "portal/compare.html", {"compared": compared, "crumbs": crumbs})


def _list_url(content: MapContent) -> str:
    """The same choice as a list."""
    state = content.here.but(kind=content.kind.slug, period=content.figure.period if content.figure else "")
    return f"{reverse('areas:list')}?{state.query}"


def _config(content: MapContent) -> dict[str, Any]:
    """What the script draws: nothing in it is about one layer or another."""
    tiles = basemap()
    areas = reverse("areas:list")
    kinds = [
        {"slug": kind.slug, "title": kind.plural, "url": _layer_url(kind.slug), "pages": areas}
        for kind in content.kinds
    ]
    return {
        "path": reverse("portal:map"),
        "panelUrl": reverse("portal:map_panel"),
        "listUrl": areas,
        "kind": content.kind.slug,
        "kinds": kinds,
        "layers": [_layer(choice.layer) for choice in content.layers],
        "filters": filter_names(choice.layer for choice in content.layers),
        "basemap": asdict(tiles) if tiles else None,
        "text": words_for_script(),
    }


def _layer(layer: MapLayer) -> dict[str, Any]:
    return {
        "slug": layer.slug,
        "title": str(layer.title),
        "symbol": layer.symbol,
        "url": _layer_url(layer.slug),
        "pages": layer.pages,
        "variants": list(layer.variants),
        "shown": layer.shown_at_first,
        "namedBy": list(layer.named_by),
        "filters": {one.parameter: one.member for one in layer.filters},
    }


def _layer_url(slug: str) -> str:
    return reverse("areas:layer", args=[slug])
