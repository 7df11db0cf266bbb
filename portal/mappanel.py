"""The panel of the map: about a thing, about an area with what lies in it, or about everything that is on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.locate import lying_in
from areas.models import AreaShape
from core.agenda import agenda
from core.calendar import upcoming
from core.layers import LayerRow, MapLayer
from portal.mapcontent import MapContent
from portal.mapfigures import figure_context
from portal.maplayers import LayerChoice
from portal.overview import area_cards, counted_words, fact_words

MOST_ROWS = 60


@dataclass(frozen=True)
class PanelRow:
    """A thing in the panel, with the address that chooses it."""

    row: LayerRow
    url: str


@dataclass(frozen=True)
class PanelPart:
    """The things of a layer under a heading; `nothing` says why there are none."""

    layer: MapLayer
    heading: str
    rows: Sequence[PanelRow]
    has_more: bool
    nothing: str


def panel_context(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    """What the panel needs."""
    state = content.state.but(zoom=None, center=None)
    shared = {
        "content": content,
        "here": content.here,
        **figure_context(content.figure, state, content.shape.area if content.shape else None),
    }
    if content.thing is not None:
        return {**shared, "template": "portal/partials/panel_thing.html", **_thing_panel(request, content)}
    if content.shape is not None:
        return {**shared, "template": "portal/partials/panel_area.html", **_area_panel(request, content)}
    return {**shared, "template": "portal/partials/panel_overview.html", **_overview_panel(request, content)}


def _thing_panel(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    thing, layer = content.thing, content.thing_layer
    assert thing is not None  # noqa: S101  (the caller looked)
    place = thing.row.place
    return {
        "layer": layer,
        "inside": get_template(thing.template).render({**thing.context}, request) if thing.template else "",
        "row": thing.row,
        "title": thing.row.title,
        "bounds": _numbers(place.extent) if place else "",
        "sign": _numbers(place.point_on_surface.coords) if place else "",
        "areas": _areas_around(content, place) if place else [],
    }


def _numbers(degrees: Sequence[float]) -> str:
    return ",".join(f"{number:.6f}" for number in degrees)


def _areas_around(content: MapContent, place: Any) -> list[tuple[Any, str]]:
    """The areas that a thing lies in, from large to small kinds, with the address that chooses each; one query."""
    shapes = AreaShape.objects.in_force().at(place).filter(area__municipality=content.municipality)
    found = shapes.select_related("area__kind").only(
        "area__name", "area__slug", "area__kind__slug", "area__kind__name"
    )
    here = content.here
    return [
        (shape.area, here.but(kind=shape.area.kind.slug).choosing(shape.area.kind.slug, shape.area.slug).url)
        for shape in found.order_by("area__kind__rank", "area__name")
    ]


def _area_panel(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    shape = content.shape
    assert shape is not None  # noqa: S101  (the caller looked)
    today = timezone.localdate()
    entries = upcoming(content.municipality, request.user, first=today, area=shape.area, limit=3)
    within = _rows_within(content, shape)
    parts = [_part_within(content, choice, within[choice.layer.slug]) for choice in content.shown]
    return {
        "shape": shape,
        "area": shape.area,
        "title": shape.area.name,
        "agenda": agenda(entries, today),
        "parts": [part for part in parts if part.rows or part.nothing],
    }


def _rows_within(content: MapContent, shape: AreaShape) -> dict[str, Sequence[LayerRow]]:
    """What each layer has in an area: one query for the layers of which all rows are there, and one for each other."""
    rows = [row for choice in content.shown if choice.has_all for row in choice.rows]
    known = [row for row in rows if row.place]
    inside = lying_in(shape, [row.place for row in known])
    lying = {id(row) for number, row in enumerate(known) if number in inside}
    lying |= {id(row) for row in rows if shape.area.slug in row.areas}
    return {
        choice.layer.slug: [row for row in choice.rows if id(row) in lying]
        if choice.has_all or choice.layer.rows is None
        else choice.layer.rows(chosen=choice.chosen, area=shape.area, limit=MOST_ROWS + 1)
        for choice in content.shown
    }


def _part_within(content: MapContent, choice: LayerChoice, rows: Sequence[LayerRow]) -> PanelPart:
    layer, narrowed = choice.layer, choice.narrowed_to
    heading = narrowed.heading if narrowed else str(layer.heading or layer.title)
    return _part(content, choice, rows, heading)


def _overview_panel(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    looks = content.figure.looks if content.figure else {}
    if looks:
        cards = area_cards(content.kind, lambda areas: {}, limit=MOST_ROWS + 1)
    else:
        words = counted_words(content.narrowed) if content.narrowed else fact_words(request.user)
        cards = area_cards(content.kind, words, limit=MOST_ROWS + 1)
    here, kind = content.here, content.kind.slug
    parts = [_part_of_all(content, choice) for choice in content.shown if choice.layer.rows]
    return {
        "title": content.kind.plural,
        "areas": [
            (card, here.choosing(kind, card.slug).url, looks.get(card.slug)) for card in cards[:MOST_ROWS]
        ],
        "has_more_areas": len(cards) > MOST_ROWS,
        "parts": [part for part in parts if part.rows or part.nothing],
    }


def _part_of_all(content: MapContent, choice: LayerChoice) -> PanelPart:
    narrowed = choice.narrowed_to
    return _part(content, choice, choice.rows, narrowed.words if narrowed else str(choice.layer.title))


def _part(content: MapContent, choice: LayerChoice, rows: Sequence[LayerRow], heading: str) -> PanelPart:
    layer, narrowed = choice.layer, choice.narrowed_to
    here = content.here.but(kind=content.state.kind)
    return PanelPart(
        layer,
        heading,
        [PanelRow(row, here.choosing(layer.slug, row.slug).url) for row in rows[:MOST_ROWS]],
        len(rows) > MOST_ROWS,
        str(narrowed.filter.nothing if narrowed else layer.nothing) or "",
    )


def words_for_script() -> dict[str, str]:
    """What the script of the map says, in the language of the page."""
    return {
        "zoom_in": _("zoom in"),
        "approximate": _("place is approximate"),
        "open_page": _("Open the page itself"),
        "panel_failed": _("This could not be fetched. Try it again, or open the page itself."),
        "place_unknown": _("Your place could not be found. Search by address instead."),
        "place_refused": _("Your browser does not share your place. Search by address instead."),
        "place_found": _("The map shows your place. It stays on this device."),
    }
