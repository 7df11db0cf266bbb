"""The base maps that a municipality may lay under its areas; none by default, so that no third party is asked anything."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Basemap:
    """Tiles of a public service in Web Mercator."""

    url: str
    attribution: str
    max_zoom: int


PRESETS = {
    "grb": Basemap(
        "https://geo.api.vlaanderen.be/GRB/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile&LAYER=grb_bsk_grijs&STYLE="
        "&FORMAT=image/png&TILEMATRIXSET=GoogleMapsVL&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
        "© Digitaal Vlaanderen, GRB",
        21,
    ),
    "pdok": Basemap(
        "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
        "© Kadaster, PDOK",
        19,
    ),
}


def basemap() -> Basemap | None:
    """The base map of this installation, by the setting BASEMAP."""
    return PRESETS.get(settings.BASEMAP)
