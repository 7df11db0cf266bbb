"""Start, map, search, statements."""

from django.urls import path

from core.limits import limited
from portal import style
from portal.views import feeds, search, start, statements
from portal.views import map as map_views

app_name = "portal"
urlpatterns = [
    path("", start.start, name="start"),
    path("agenda.ics", limited("feeds", per_minute=60)(feeds.calendar), name="calendar"),
    path("nieuws.rss", limited("feeds", per_minute=60)(feeds.news), name="news"),
    path("kaart/", map_views.show, name="map"),
    path("kaart/paneel/", limited("map-panel", per_minute=120)(map_views.panel), name="map_panel"),
    path("kaart/vergelijken/", map_views.compare, name="map_compare"),
    path("zoeken/", limited("search", per_minute=60)(search.search), name="search"),
    path(
        "zoeken/suggesties/", limited("suggestions", per_minute=240)(search.suggestions), name="suggestions"
    ),
    path("privacy/", statements.privacy, name="privacy"),
    path("toegankelijkheid/", statements.accessibility, name="accessibility"),
    path("open-data/", statements.open_data, name="open_data"),
    path("stijl/", style.show, name="style"),
]
