"""The map: layers on the left, what was chosen on the right; whole with a script, and whole without one."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from areas.current import municipality_or_404
from areas.navigation import may_import
from core.access import open_to_all
from core.layers import MapLayer
from portal.basemaps import basemap
from portal.mapcompare import comparison
from portal.mapcontent import (
    LOCATION_LAYER,
    MapContent,
    map_content,
    map_drawing,
    panel_context,
    words_for_script,
)
from portal.mapstate import read_state


@open_to_all
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The map page with the panel about what the address chooses."""
    municipality = municipality_or_404(request)
    content = map_content(municipality, read_state(request.GET))
    if content is None:
        return render(request, "portal/map_empty.html", {"may_import": may_import(request=request)})
    context = {
        **panel_context(request, content),
        "drawing": map_drawing(content),
        "config": _config(content),
        "list_url": _list_url(content),
    }
    return render(request, "portal/map.html", context)


@open_to_all
@require_safe
@vary_on_headers("HX-Request")
def panel(request: HttpRequest) -> HttpResponse:
    """The panel alone, with the drawing that goes on paper; the map fetches it."""
    content = map_content(municipality_or_404(request), read_state(request.GET))
    if content is None:
        return HttpResponse(status=204)
    context = {
        **panel_context(request, content),
        "drawing": map_drawing(content),
        "list_url": _list_url(content),
    }
    return render(request, "portal/partials/panel_response.html", context)


@open_to_all
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two figures or two periods side by side, with the table of both."""
    municipality = municipality_or_404(request)
    compared = comparison(municipality, request.GET)
    crumbs = [(_("Map"), reverse("portal:map")), (_("Compare"), "")]
    return render(request, "portal/compare.html", {"compared": compared, "crumbs": crumbs})


def _list_url(content: MapContent) -> str:
    query = [f"soort={content.kind.slug}"]
    if content.service:
        query.append(f"dienst={content.service.slug}")
    if content.figure:
        query += [f"cijfer={content.figure.indicator.slug}", f"periode={content.figure.period}"]
    return f"{reverse('areas:list')}?{'&'.join(query)}"


def _config(content: MapContent) -> dict[str, Any]:
    tiles = basemap()
    return {
        "path": reverse("portal:map"),
        "panelUrl": reverse("portal:map_panel"),
        "kind": content.kind.slug,
        "kinds": [
            {"slug": kind.slug, "title": kind.plural, "url": _layer_url(kind.slug)} for kind in content.kinds
        ],
        "layers": [_layer(choice.layer) for choice in content.layers],
        "locationLayer": LOCATION_LAYER,
        "basemap": asdict(tiles) if tiles else None,
        "text": words_for_script(),
    }


def _layer(layer: MapLayer) -> dict[str, Any]:
    return {
        "slug": layer.slug,
        "title": str(layer.title),
        "symbol": layer.symbol or "location",
        "url": _layer_url(layer.slug),
        "variants": list(layer.variants),
        "shown": layer.shown_at_first,
    }


def _layer_url(slug: str) -> str:
    return f"/kaartlagen/{slug}.geojson"
