"""What the map page shows for a choice: kinds, layers, services, and the panel about what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.figures.choropleth import Choropleth
from areas.map.drawing import Drawing, MapPoint, draw
from areas.models import AreaEdition, AreaKind, AreaShape, Municipality
from core.agenda import agenda
from core.calendar import upcoming
from core.layers import MapLayer, layers_of
from portal.mapfigures import FigureChoice, figure_choice, figure_context, shown_figure
from portal.mapstate import MapState
from portal.overview import area_rows, locations_of
from workplaces.models import Service, ServiceOffer, WorkLocation

LOCATION_LAYER = "werklocaties"
MOST_ROWS = 60
MOST_DRAWN = 300


@dataclass(frozen=True)
class LayerChoice:
    """A layer that can be switched: `count` is how many points it has, `at_first` whether it is on at first."""

    layer: MapLayer
    count: int | None
    is_on: bool

    @property
    def at_first(self) -> bool:
        """Whether it is on when nobody chose."""
        return self.layer.shown_at_first


@dataclass(frozen=True)
class MapContent:
    """All that can be chosen on the map, and what was."""

    municipality: Municipality
    state: MapState
    kinds: Sequence[AreaKind]
    kind: AreaKind
    layers: Sequence[LayerChoice]
    services: Sequence[Service]
    service: Service | None
    shape: AreaShape | None
    location: WorkLocation | None
    locations: Sequence[WorkLocation]
    figures: FigureChoice
    figure: Choropleth | None
    edition: AreaEdition

    @property
    def shows_locations(self) -> bool:
        """Whether the work locations are on the map."""
        return any(choice.is_on for choice in self.layers if choice.layer.slug == LOCATION_LAYER)

    @property
    def here(self) -> MapState:
        """The choices without what the panel shows and without the view: what links in the panel start from."""
        return self.state.but(area="", location="", zoom=None, center=None)


def map_content(municipality: Municipality, state: MapState) -> MapContent | None:
    """The content for a choice; None when the municipality has no boundaries yet. Unknown words are left out.

    One thing is chosen: a work location goes before an area.
    """
    editions = list(
        AreaEdition.objects.in_force()
        .of(municipality)
        .select_related("kind")
        .defer("notes")
        .order_by("kind__rank", "kind__slug")
    )
    kinds = [edition.kind for edition in editions]
    if not kinds:
        return None
    location = _location(municipality, state.location) if state.location else None
    shape = _shape(municipality, state.area) if state.area and location is None else None
    services = list(Service.objects.filter(Exists(_offers()), municipality=municipality))
    service = next((one for one in services if one.slug == state.service), None)
    layers = _layers(municipality, state)
    figures = figure_choice(municipality, kinds, state)
    kind = _kind(figures.kinds(kinds), state.kind, shape)
    figure = shown_figure(figures, kind, state)
    if shape is not None and shape.area.kind_id != kind.pk:
        shape = None
    state = state.but(
        service=service.slug if service else "",
        area=shape.area.slug if shape else "",
        location=location.slug if location else "",
        figure=state.figure if figure else "",
        period=figure.period if figure and state.period else "",
    )
    locations = locations_of(municipality, state.service).order_by("locality", "name")[:MOST_DRAWN]
    return MapContent(
        municipality, state, kinds, kind, layers, services, service, shape, location, list(locations),
        figures, figure, next(edition for edition in editions if edition.kind == kind),
    )  # fmt: skip


def _offers() -> Any:
    return ServiceOffer.objects.filter(service=OuterRef("pk"))


def _kind(kinds: Sequence[AreaKind], wanted: str, shape: AreaShape | None) -> AreaKind:
    """The kind that was asked for, else that of the chosen area, else the level of area-based work."""
    by_slug = {kind.slug: kind for kind in kinds}
    if wanted in by_slug:
        return by_slug[wanted]
    if shape is not None and shape.area.kind.slug in by_slug:
        return by_slug[shape.area.kind.slug]
    return next((kind for kind in kinds if kind.is_working_level), kinds[0])


def _shape(municipality: Municipality, slug: str) -> AreaShape | None:
    return (
        AreaShape.objects.in_force()
        .filter(area__municipality=municipality, area__slug=slug)
        .select_related("area__kind", "area__municipality")
        .defer("geom", "overview")
        .first()
    )


def _location(municipality: Municipality, slug: str) -> WorkLocation | None:
    return locations_of(municipality).filter(slug=slug).with_summary().with_areas().first()


def _layers(municipality: Municipality, state: MapState) -> list[LayerChoice]:
    return [
        LayerChoice(
            layer,
            layer.count() if layer.count else None,
            state.shows(layer.slug, at_first=layer.shown_at_first),
        )
        for layer in layers_of(municipality, "point")
    ]


def panel_context(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    """What the panel needs: about a work location, an area, or everything on the map."""
    state = content.state.but(zoom=None, center=None)
    shared = {
        "content": content,
        "here": content.here,
        **figure_context(content.figure, state, content.shape.area if content.shape else None),
    }
    if content.location is not None:
        return {**shared, "template": "portal/partials/panel_location.html", **_location_panel(content)}
    if content.shape is not None:
        return {**shared, "template": "portal/partials/panel_area.html", **_area_panel(request, content)}
    return {**shared, "template": "portal/partials/panel_overview.html", **_overview_panel(content)}


def _location_panel(content: MapContent) -> dict[str, Any]:
    location = content.location
    assert location is not None  # noqa: S101  (the caller looked)
    return {
        "location": location,
        "point": location.point,
        "title": location.name,
        "areas": [
            {**area, "url": content.here.but(kind=area["kind_slug"], area=area["slug"]).url}
            for area in location.lies_in  # type: ignore[attr-defined]
        ],
    }


def _area_panel(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    shape = content.shape
    assert shape is not None  # noqa: S101  (the caller looked)
    today = timezone.localdate()
    entries = upcoming(content.municipality, request.user, first=today, area=shape.area, limit=3)
    locations = locations_of(content.municipality, content.state.service).in_area(shape.area).order_by("name")
    return {
        "shape": shape,
        "area": shape.area,
        "title": shape.area.name,
        "agenda": agenda(entries, today),
        **_location_rows(content, locations),
    }


def _overview_panel(content: MapContent) -> dict[str, Any]:
    service = content.state.service
    areas = area_rows(content.kind, service=service, limit=MOST_ROWS + 1)
    looks = content.figure.looks if content.figure else {}
    return {
        "title": content.kind.plural,
        "areas": [
            (area, content.here.but(area=area.slug).url, looks.get(area.slug)) for area in areas[:MOST_ROWS]
        ],
        "has_more_areas": len(areas) > MOST_ROWS,
        **(_location_rows(content, content.locations) if content.shows_locations else {}),
    }


def _location_rows(content: MapContent, locations: Any) -> dict[str, Any]:
    rows = list(locations[: MOST_ROWS + 1])
    return {
        "locations": [
            (row, content.here.but(kind=content.state.kind, location=row.slug).url)
            for row in rows[:MOST_ROWS]
        ],
        "has_more_locations": len(rows) > MOST_ROWS,
    }


def map_drawing(content: MapContent) -> Drawing:
    """The same map drawn on the server, for paper and for browsers without a script; its links stay on this page."""
    points = [
        MapPoint(
            location.point.x,
            location.point.y,
            "location",
            location.name,
            content.here.but(location=location.slug).url,
            location.is_approximate,
        )
        for location in content.locations
        if location.point is not None and content.shows_locations
    ]
    chosen = content.shape.area if content.shape else None
    looks = content.figure.looks if content.figure else None
    drawing = draw(
        content.municipality,
        kind=content.kind,
        chosen=chosen,
        points=points,
        looks=looks,
        edition=content.edition,
    )
    here = content.here.but(kind=content.state.kind)
    return replace(
        drawing, areas=tuple(replace(area, url=here.but(area=area.slug).url) for area in drawing.areas)
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
