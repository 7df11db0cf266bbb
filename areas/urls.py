"""Areas as a list and one by one, their boundaries, the layers of the map."""

from django.urls import include, path

from areas.views import address_imports, addresses, comparing, editions, layers, locate, pages
from core.limits import limited

app_name = "areas"
urlpatterns = [
    # Asked most, so found first.
    path("kaartlagen/<slug:slug>.geojson", layers.layer, name="layer"),
    # /gebieden/grenzen/ (the word is reserved: areas.slugs)
    path("gebieden/grenzen/", editions.edition_list, name="editions"),
    path("gebieden/grenzen/vergelijken/", comparing.edition_compare, name="edition_compare"),
    path("gebieden/grenzen/<uuid:identifier>/", editions.edition_detail, name="edition"),
    path("gebieden/grenzen/<uuid:identifier>/controleren/", editions.edition_check, name="edition_check"),
    path("gebieden/grenzen/<uuid:identifier>/codes/", editions.edition_codes, name="edition_codes"),
    path("gebieden/grenzen/<uuid:identifier>/activeren/", editions.edition_activate, name="edition_activate"),
    path("gebieden/grenzen/<uuid:identifier>/weg/", editions.edition_discard, name="edition_discard"),
    path(
        "gebieden/grenzen/<uuid:identifier>/terugnemen/",
        comparing.edition_take_back,
        name="edition_take_back",
    ),
    # /gebieden/adressen/ (reserved too)
    path("gebieden/adressen/", address_imports.address_imports, name="address_imports"),
    path("gebieden/adressen/<uuid:identifier>/", address_imports.address_import, name="address_import"),
    path(
        "gebieden/adressen/<uuid:identifier>/controleren/",
        address_imports.address_import_check,
        name="address_import_check",
    ),
    path(
        "gebieden/adressen/<uuid:identifier>/binnenbrengen/",
        address_imports.address_import_bring,
        name="address_import_bring",
    ),
    path(
        "gebieden/adressen/<uuid:identifier>/weg/",
        address_imports.address_import_discard,
        name="address_import_discard",
    ),
    # /gebieden/
    path("gebieden/", pages.area_list, name="list"),
    path("gebieden/<slug:slug>/", pages.area_detail, name="detail"),
    # for other software
    path("ogc/", include("areas.ogc.urls")),
    # where one is
    path("waar/straat/", addresses.street, name="street"),
    path("waar/", limited("where", per_minute=60)(locate.where), name="where"),
]
