"""What the map page shows for a choice: kinds, figures, layers, and the area or the thing that was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from areas.figures.choropleth import Choropleth
from areas.map.drawing import Drawing, draw
from areas.map.signs import MapSign
from areas.models import AreaEdition, AreaKind, AreaShape, Municipality
from core.layers import LayerThing, MapLayer
from portal.mapfigures import FigureChoice, figure_choice, shown_figure
from portal.maplayers import LayerChoice, filter_names, layer_choices, thing_layers
from portal.mapstate import MapState, read_state


@dataclass(frozen=True)
class MapContent:
    """All that can be chosen on the map, and what was: an area (`shape`), or a `thing` of the layer `thing_layer`."""

    municipality: Municipality
    state: MapState
    kinds: Sequence[AreaKind]
    kind: AreaKind
    edition: AreaEdition
    layers: Sequence[LayerChoice]
    figures: FigureChoice
    figure: Choropleth | None
    shape: AreaShape | None = None
    thing_layer: MapLayer | None = None
    thing: LayerThing | None = None

    @property
    def here(self) -> MapState:
        """The choices without what the panel shows and without the view: what links in the panel start from."""
        return self.state.but(layer="", thing="", zoom=None, center=None)

    @property
    def shown(self) -> list[LayerChoice]:
        """The layers that are on."""
        return [choice for choice in self.layers if choice.is_on]

    @property
    def narrowed(self) -> list[LayerChoice]:
        """The layers that a filter narrows."""
        return [choice for choice in self.layers if choice.chosen]

    @property
    def first_points(self) -> LayerChoice | None:
        """The first layer of points: by its symbol the legend says what waves and numbers mean."""
        return next((choice for choice in self.layers if choice.layer.geometry == "point"), None)


def map_content(municipality: Municipality, query: QueryDict) -> MapContent | None:
    """The content for what an address asks; None when the municipality has no boundaries yet. Unknown words are left out."""
    editions = list(
        AreaEdition.objects.in_force()
        .of(municipality)
        .select_related("kind")
        .defer("notes")
        .order_by("kind__rank", "kind__slug")
    )
    kinds = {edition.kind.slug: edition.kind for edition in editions}
    if not kinds:
        return None
    # A kind that bore its name before an app claimed it: see `layers_of`.
    layers = [layer for layer in thing_layers(municipality) if layer.slug not in kinds]
    state = read_state(query, filter_names(layers))
    shape = _shape(municipality, state) if state.layer in kinds else None
    thing_layer, thing = _thing(layers, state)
    choices = layer_choices(municipality, layers, state)
    figures = figure_choice(municipality, list(kinds.values()), state)
    kind = _kind(figures.kinds(list(kinds.values())), state.kind, shape)
    figure = shown_figure(figures, kind, state)
    if shape is not None and shape.area.kind_id != kind.pk:
        shape = None
    state = state.but(
        filters={name: value for choice in choices for name, value in choice.chosen.items()},
        figure=state.figure if figure else "",
        period=figure.period if figure and state.period else "",
    )
    return MapContent(
        municipality,
        state if shape or thing else state.choosing("", ""),
        list(kinds.values()),
        kind,
        next(edition for edition in editions if edition.kind == kind),
        choices,
        figures,
        figure,
        shape,
        thing_layer,
        thing,
    )


def _kind(kinds: Sequence[AreaKind], wanted: str, shape: AreaShape | None) -> AreaKind:
    """The kind that was asked for, else that of the chosen area, else the level of area-based work."""
    by_slug = {kind.slug: kind for kind in kinds}
    if wanted in by_slug:
        return by_slug[wanted]
    if shape is not None and shape.area.kind.slug in by_slug:
        return by_slug[shape.area.kind.slug]
    return next((kind for kind in kinds if kind.is_working_level), kinds[0])


def _shape(municipality: Municipality, state: MapState) -> AreaShape | None:
    return (
        AreaShape.objects.in_force()
        .filter(area__municipality=municipality, area__slug=state.thing, area__kind__slug=state.layer)
        .select_related("area__kind", "area__municipality")
        .defer("geom", "overview")
        .first()
    )


def _thing(layers: Sequence[MapLayer], state: MapState) -> tuple[MapLayer | None, LayerThing | None]:
    layer = next((one for one in layers if one.slug == state.layer and one.thing), None)
    thing = layer.thing(slug=state.thing) if layer and layer.thing else None
    return (layer, thing) if thing else (None, None)


def map_drawing(content: MapContent) -> Drawing:
    """The same map drawn on the server, for paper and for browsers without a script; its links stay on this page."""
    here = content.here.but(kind=content.state.kind)
    signs = [
        MapSign(
            row.place,
            choice.layer.symbol,
            row.title,
            here.choosing(choice.layer.slug, row.slug).url,
            row.is_approximate,
            row.mark,
            row.number,
        )
        for choice in content.layers
        for row in choice.rows
        if row.place is not None
    ]
    drawing = draw(
        content.municipality,
        kind=content.kind,
        chosen=content.shape.area if content.shape else None,
        signs=signs,
        looks=content.figure.looks if content.figure else None,
        edition=content.edition,
    )
    kind = content.kind.slug
    return replace(
        drawing, areas=tuple(replace(area, url=here.choosing(kind, area.slug).url) for area in drawing.areas)
    )
