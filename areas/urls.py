"""Areas as a list and one by one, their boundaries, the layers of the map."""

from django.urls import include, path, re_path

from areas.ogc.views import landing
from areas.views import (
    address_imports,
    addresses,
    difference,
    editions,
    feeds,
    figure_edit,
    figure_import,
    figures,
    layers,
    locate,
    moving,
    office,
    pages,
    periods,
)
from core.limits import limited

app_name = "areas"
urlpatterns = [
    # Asked most, so found first.
    path("kaartlagen/<slug:slug>.geojson", layers.layer, name="layer"),
    # /gebieden/grenzen/ (the word is reserved: areas.slugs)
    path("gebieden/grenzen/", editions.edition_list, name="editions"),
    path("gebieden/grenzen/vergelijken/", difference.edition_difference, name="edition_difference"),
    path("gebieden/grenzen/<uuid:identifier>/", editions.edition_detail, name="edition"),
    path("gebieden/grenzen/<uuid:identifier>/controleren/", editions.edition_check, name="edition_check"),
    path("gebieden/grenzen/<uuid:identifier>/codes/", editions.edition_codes, name="edition_codes"),
    path("gebieden/grenzen/<uuid:identifier>/activeren/", editions.edition_activate, name="edition_activate"),
    path("gebieden/grenzen/<uuid:identifier>/bestand/", editions.edition_replace, name="edition_replace"),
    path("gebieden/grenzen/<uuid:identifier>/weg/", editions.edition_discard, name="edition_discard"),
    path(
        "gebieden/grenzen/<uuid:identifier>/terugnemen/",
        difference.edition_take_back,
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
        "gebieden/adressen/<uuid:identifier>/bestand/",
        address_imports.address_import_replace,
        name="address_import_replace",
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
    # /gebieden/perioden/ (and reserved)
    path("gebieden/perioden/", periods.period_list, name="periods"),
    path("gebieden/perioden/nieuw/", periods.period_new, name="period_new"),
    path("gebieden/perioden/<uuid:identifier>/", periods.period_edit, name="period"),
    path("gebieden/perioden/<uuid:identifier>/weg/", periods.period_remove, name="period_remove"),
    # /sjablonen/
    path("sjablonen/", office.template_list, name="office_templates"),
    path("sjablonen/<str:kind>/", office.template_page, name="office_template"),
    path("sjablonen/<str:kind>/sjabloon.docx", office.template_file, name="office_file"),
    path("sjablonen/<str:kind>/voorbeeld.docx", office.template_example, name="office_example"),
    path("sjablonen/<str:kind>/terug/", office.template_back, name="office_back"),
    # /gebieden/
    path("gebieden/", pages.area_list, name="list"),
    re_path(
        r"^gebieden/tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(pages.table),
        name="table",
    ),
    path("gebieden/<slug:slug>/", pages.area_detail, name="detail"),
    path(
        "gebieden/<slug:slug>/agenda.ics",
        limited("feeds", per_minute=60)(feeds.area_calendar),
        name="calendar",
    ),
    path("gebieden/<slug:slug>/nieuws.rss", limited("feeds", per_minute=60)(feeds.area_news), name="news"),
    path("gebieden/<slug:slug>/verhuizen/", moving.area_move, name="move"),
    path("gebieden/<slug:slug>/cijfers/", pages.area_figures, name="figures_of"),
    # /cijfers/ (the words of pages are reserved: areas.models.figures)
    path("cijfers/", figures.indicator_list, name="figures"),
    path("cijfers/nieuw/", figure_edit.indicator_new, name="indicator_new"),
    path("cijfers/inlezen/", figure_import.upload, name="figures_import"),
    path("cijfers/inlezen/<uuid:identifier>/", figure_import.check, name="figures_check"),
    re_path(
        r"^cijfers/(?P<slug>[-\w]+)\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(figures.table),
        name="figures_table",
    ),
    path("cijfers/<slug:slug>/", figures.indicator_detail, name="indicator"),
    path("cijfers/<slug:slug>/bewerken/", figure_edit.indicator_edit, name="indicator_edit"),
    path("cijfers/<slug:slug>/weg/", figure_edit.figures_delete, name="figures_delete"),
    # for other software
    path("ogc/", include("areas.ogc.urls")),
    path("ogc", landing),  # QGIS does not follow the way to the slash
    # where one is
    path("waar/straat/", addresses.street, name="street"),
    path("waar/", limited("where", per_minute=60)(locate.where), name="where"),
]
