"""The doors of areas, boundaries, figures, addresses, map layers and `/ogc/`."""

import datetime as dt

from django.contrib.gis.geos import Point

from areas.actions import About, AboutAddresses, draft_edition
from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaKind,
    AreaShape,
    CalendarPeriod,
    Indicator,
    IndicatorValue,
    OfficeTemplate,
)
from core.files import store_bytes
from core.sniff import DOCX
from tests.areas.addresses.files import flemish, flemish_rows
from tests.areas.addresses.street import BERGEN, house
from tests.areas.files import check_draft, collection, feature, preset, square, uploaded
from tests.conftest import OPERATOR, Land, box
from tests.doors import EVERYONE, NOBODY, STEWARDS, Door, World, api
from tests.intakes import kept_file
from tests.office import KIND, letter

DOORS: dict[str, list[Door]] = {
    "gebieden/": [Door("/gebieden/", EVERYONE), Door("/gebieden/?cijfer=inwoners", EVERYONE)],
    # Twelve as every page, and one more a panel and a source of facts, calendar and map layers that plans bring.
    "gebieden/<slug:slug>/": [Door("/gebieden/bergen/", EVERYONE, more_queries=6, more_for_staff=1)],
    "gebieden/<slug:slug>/agenda.ics": [Door("/gebieden/bergen/agenda.ics", EVERYONE)],
    "gebieden/<slug:slug>/nieuws.rss": [Door("/gebieden/bergen/nieuws.rss", EVERYONE)],
    # Bergen is still there: nothing has to leave it (tests/areas/test_moving.py).
    "gebieden/<slug:slug>/verhuizen/": [Door("/gebieden/bergen/verhuizen/", NOBODY)],
    "gebieden/<slug:slug>/cijfers/": [Door("/gebieden/bergen/cijfers/", EVERYONE)],
    r"gebieden/tabel\.(?P<extension>csv|xlsx)": [
        Door("/gebieden/tabel.csv", EVERYONE, in_pieces=True),
        Door("/gebieden/tabel.xlsx", EVERYONE, in_pieces=True),
    ],
    "kaartlagen/<slug:slug>.geojson": [
        Door("/kaartlagen/wijk.geojson", EVERYONE),
        Door("/kaartlagen/werklocaties.geojson", EVERYONE),
    ],
    "ogc": [Door("/ogc", EVERYONE)],
    "ogc/": [Door("/ogc/", EVERYONE), Door("/ogc/?f=html", EVERYONE)],
    "ogc/conformance/?": [Door("/ogc/conformance", EVERYONE), Door("/ogc/conformance?f=html", EVERYONE)],
    "ogc/api/?": [Door("/ogc/api", EVERYONE), Door("/ogc/api?f=html", EVERYONE)],
    "ogc/collections/?": [Door("/ogc/collections", EVERYONE), Door("/ogc/collections?f=html", EVERYONE)],
    "ogc/collections/(?P<slug>[-\\w]+)/?": [
        Door("/ogc/collections/wijk", EVERYONE),
        Door("/ogc/collections/wijk?f=html", EVERYONE),
    ],
    "ogc/collections/(?P<slug>[-\\w]+)/items/?": [
        Door("/ogc/collections/wijk/items", EVERYONE),
        Door("/ogc/collections/wijk/items?f=html", EVERYONE),
        Door("/ogc/collections/werklocaties/items?bbox=4.7,51.4,4.8,51.5", EVERYONE),
    ],
    "ogc/collections/(?P<slug>[-\\w]+)/items/(?P<identifier>[^/]+)/?": [
        Door("/ogc/collections/wijk/items/{area_uuid}", EVERYONE),
        Door("/ogc/collections/wijk/items/{area_uuid}?f=html", EVERYONE),
    ],
    "waar/straat/": [Door("/waar/straat/?straat=Vrijheid", EVERYONE)],
    "waar/": [Door("/waar/", EVERYONE, "post")],
    "gebieden/adressen/": [Door("/gebieden/adressen/", STEWARDS)],
    "gebieden/adressen/<uuid:identifier>/": [Door("/gebieden/adressen/{addresses}/", STEWARDS)],
    "gebieden/adressen/<uuid:identifier>/controleren/": [
        Door("/gebieden/adressen/{addresses}/controleren/", STEWARDS, "post")
    ],
    "gebieden/adressen/<uuid:identifier>/bestand/": [
        Door("/gebieden/adressen/{addresses}/bestand/", STEWARDS, "post")
    ],
    "gebieden/adressen/<uuid:identifier>/binnenbrengen/": [
        Door("/gebieden/adressen/{addresses}/binnenbrengen/", STEWARDS, "post")
    ],
    "gebieden/adressen/<uuid:identifier>/weg/": [
        Door("/gebieden/adressen/{addresses}/weg/", STEWARDS, "post")
    ],
    "gebieden/perioden/": [Door("/gebieden/perioden/", STEWARDS)],
    "gebieden/perioden/nieuw/": [Door("/gebieden/perioden/nieuw/", STEWARDS)],
    "gebieden/perioden/<uuid:identifier>/": [Door("/gebieden/perioden/{period}/", STEWARDS)],
    "gebieden/perioden/<uuid:identifier>/weg/": [Door("/gebieden/perioden/{period}/weg/", STEWARDS, "post")],
    "sjablonen/": [Door("/sjablonen/", STEWARDS)],
    "sjablonen/<str:kind>/": [Door(f"/sjablonen/{KIND}/", STEWARDS)],
    "sjablonen/<str:kind>/sjabloon.docx": [
        Door(f"/sjablonen/{KIND}/sjabloon.docx?van=gemeente", STEWARDS),
    ],
    "sjablonen/<str:kind>/voorbeeld.docx": [Door(f"/sjablonen/{KIND}/voorbeeld.docx", STEWARDS)],
    "sjablonen/<str:kind>/terug/": [Door(f"/sjablonen/{KIND}/terug/", STEWARDS, "post")],
    "gebieden/grenzen/": [Door("/gebieden/grenzen/", STEWARDS)],
    "gebieden/grenzen/<uuid:identifier>/": [
        # What hangs on the areas that change is asked of six sources.
        # One query a source of what hangs on the areas that go.
        Door("/gebieden/grenzen/{edition}/", STEWARDS, more_for_staff=10),
        Door("/gebieden/grenzen/{checked}/", STEWARDS, more_for_staff=8),
    ],
    "gebieden/grenzen/<uuid:identifier>/controleren/": [
        Door("/gebieden/grenzen/{draft}/controleren/", STEWARDS, "post")
    ],
    "gebieden/grenzen/vergelijken/": [
        Door("/gebieden/grenzen/vergelijken/", STEWARDS),
        Door("/gebieden/grenzen/vergelijken/?oud={superseded}&nieuw={edition}", STEWARDS, more_for_staff=9),
    ],
    "gebieden/grenzen/<uuid:identifier>/codes/": [
        Door("/gebieden/grenzen/{checked}/codes/", STEWARDS, "post")
    ],
    "gebieden/grenzen/<uuid:identifier>/terugnemen/": [
        Door("/gebieden/grenzen/{edition}/terugnemen/", STEWARDS),
        Door("/gebieden/grenzen/{edition}/terugnemen/", STEWARDS, "post"),
    ],
    "gebieden/grenzen/<uuid:identifier>/bestand/": [
        Door("/gebieden/grenzen/{checked}/bestand/", STEWARDS, "post")
    ],
    "gebieden/grenzen/<uuid:identifier>/activeren/": [
        Door("/gebieden/grenzen/{draft}/activeren/", STEWARDS, "post")
    ],
    "gebieden/grenzen/<uuid:identifier>/weg/": [Door("/gebieden/grenzen/{draft}/weg/", STEWARDS, "post")],
    "cijfers/": [Door("/cijfers/", EVERYONE)],
    "cijfers/<slug:slug>/": [
        Door("/cijfers/inwoners/", EVERYONE),
        Door("/cijfers/inwoners/?soort=buurt", EVERYONE),
        Door("/cijfers/inwoners/?soort=buurt&periode=2024", EVERYONE),
        Door("/cijfers/leeg/", STEWARDS, visitor=frozenset({404})),
    ],
    r"cijfers/(?P<slug>[-\w]+)\.(?P<extension>csv|xlsx)": [
        Door("/cijfers/inwoners.csv", EVERYONE, in_pieces=True),
        Door("/cijfers/inwoners.xlsx", EVERYONE, in_pieces=True),
    ],
    "cijfers/nieuw/": [Door("/cijfers/nieuw/", STEWARDS)],
    "cijfers/inlezen/": [Door("/cijfers/inlezen/", STEWARDS)],
    "cijfers/inlezen/<uuid:identifier>/": [
        Door("/cijfers/inlezen/{figures}/", frozenset({"steward"}), more_for_staff=3)
    ],
    "cijfers/<slug:slug>/bewerken/": [Door("/cijfers/inwoners/bewerken/", STEWARDS)],
    "cijfers/<slug:slug>/weg/": [
        Door("/cijfers/inwoners/weg/", STEWARDS),
        Door("/cijfers/inwoners/weg/", STEWARDS, "post"),
    ],
    "api/v1/cijfers/": [Door("/api/v1/cijfers/", EVERYONE), api("/api/v1/cijfers/", NOBODY, "post")],
    "api/v1/cijfers/<slug:slug>/": [
        Door("/api/v1/cijfers/inwoners/?kind=buurt", EVERYONE),
        api("/api/v1/cijfers/inwoners/", NOBODY, "patch"),
        api("/api/v1/cijfers/inwoners/", NOBODY, "delete"),
    ],
    "api/v1/gebiedssoorten/": [
        Door("/api/v1/gebiedssoorten/", EVERYONE),
        api("/api/v1/gebiedssoorten/", NOBODY, "post"),
    ],
    "api/v1/gebieden/": [Door("/api/v1/gebieden/", EVERYONE), api("/api/v1/gebieden/", NOBODY, "post")],
    "api/v1/gebieden/<uuid:uuid>/": [
        Door("/api/v1/gebieden/{area_uuid}/", EVERYONE),
        api("/api/v1/gebieden/{area_uuid}/", STEWARDS, "patch"),
        api("/api/v1/gebieden/{area_uuid}/", NOBODY, "delete"),
    ],
}

SCREENS = {
    "public": (
        "/gebieden/",
        "/gebieden/meer/",
        "/gebieden/meersel-dreef/",
        "/gebieden/meer/cijfers/",
        "/cijfers/",
        "/cijfers/inwoners/",
        "/cijfers/alleenwonende-80-plussers/?periode=2020",
        "/cijfers/verhuisbalans/?soort=deelgemeente&periode=2020",
        "/ogc/",
        "/ogc/api",
        "/ogc/collections/wijk",
        "/ogc/collections/werklocaties/items",
    ),
    "staff": (
        "/gebieden/grenzen/",
        "/cijfers/",
        "/cijfers/inwoners/",
        "/cijfers/nieuw/",
        "/cijfers/inlezen/",
        "/cijfers/inwoners/bewerken/",
        "/cijfers/inwoners/weg/?periode=2025",
        "/gebieden/grenzen/vergelijken/",
        "/gebieden/adressen/",
        "/gebieden/perioden/",
        "/gebieden/perioden/nieuw/",
        "/sjablonen/",
    ),
}


def world(made: World) -> None:
    """An edition of each kind, figures in force and on their way in, a street with a house."""
    land, steward = made.land, made.owners["steward"]
    municipality, wijk = land.municipality, land.kinds["wijk"]
    people = Indicator.objects.create(
        municipality=municipality,
        slug="inwoners",
        name=made.named("Inwoners"),
        is_additive=True,
        source="proef",
    )
    Indicator.objects.create(municipality=municipality, slug="leeg", name=made.named("Leeg"), source="proef")
    IndicatorValue.objects.create(
        indicator=people, area=land["bergen"], period="2024", value=987_654 if made.prefix else 120
    )
    figures = kept_file(
        "areas.figures", municipality, b"naam;2024\nBergen;130\nGinds;5\n", steward,
        reading={"kind": wijk.pk, "indicator": people.pk},
    )  # fmt: skip
    addresses = kept_file(
        "areas.addresses", municipality, flemish(*flemish_rows()), None,
        reading=AboutAddresses(reference_date=dt.date(2026, 1, 1), source="proef").as_json(),
    )  # fmt: skip
    house(municipality, "Vrijheid", "1", BERGEN)
    period = CalendarPeriod.objects.create(
        municipality=municipality, kind=CalendarPeriod.Kind.SCHOOL_HOLIDAY, name=made.named("Zomervakantie"),
        first=dt.date(2199, 7, 1), last=dt.date(2199, 8, 31),
    )  # fmt: skip
    OfficeTemplate.objects.create(
        municipality=municipality, kind=KIND,
        file=store_bytes(
            letter("Aan {{ raad }}"), kind="areas.office", owner=None, name=f"{made.named('Brief')}.docx", content_type=DOCX
        ),
    )  # fmt: skip
    made.names |= {
        "area_uuid": str(land["bergen"].uuid),
        "edition": str(land.editions["wijk"].uuid),
        "figures": str(figures.uuid),
        "addresses": str(addresses.uuid),
        "period": str(period.uuid),
        **_more_editions(land),
    }


def _more_editions(land: Land) -> dict[str, str]:
    """An edition before the one in force, a draft, and a draft that was checked."""
    kind, current = land.kinds["wijk"], land.editions["wijk"]
    draft = AreaEdition.objects.create(
        kind=kind, reference_date=dt.date(2026, 1, 1), source="proef", sha256="d" * 64
    )
    old = AreaEdition.objects.create(
        kind=kind, reference_date=dt.date(2020, 1, 1), source="proef", sha256="e" * 64, status="superseded",
        activated_at="2020-01-01T00:00Z",
    )  # fmt: skip
    current.replaces = old
    current.save(update_fields=["replaces"])
    checked = draft_edition(
        kind=kind, upload=uploaded(collection(feature("99999W01", "Bergen", square(0, 3)))),
        preset=preset(), by=OPERATOR, about=About(reference_date=dt.date(2027, 1, 1), source="proef"),
    )  # fmt: skip
    check_draft(checked)
    return {"draft": str(draft.uuid), "superseded": str(old.uuid), "checked": str(checked.uuid)}


def rows(land: Land, numbers: range) -> None:
    """Small areas with boundaries and figures."""
    municipality = land.municipality
    kind, _new = AreaKind.objects.get_or_create(
        municipality=municipality, slug="buurt", name="Buurt", plural="Buurten", rank=60, scheme="buurt"
    )
    edition, _new = AreaEdition.objects.get_or_create(
        kind=kind, reference_date="2025-01-01", source="proef", sha256="b" * 64, status="active",
        activated_at="2025-01-01T00:00Z", outline_path="M0 0H9V9Z", outline_box="0 0 9 9",
    )  # fmt: skip
    areas = Area.objects.bulk_create(
        Area(municipality=municipality, kind=kind, slug=f"buurt-{number:05}", name=f"Buurt {number:05}")
        for number in numbers
    )
    AreaCode.objects.bulk_create(
        AreaCode(municipality=municipality, area=area, scheme="buurt", code=area.slug) for area in areas
    )
    shapes = []
    for number, area in zip(numbers, areas, strict=True):
        west, south = 4.70 + number % 100 / 1000, 51.40 + number // 100 / 2000
        geom = box(west, south, west + 0.001, south + 0.0005)
        shapes.append(
            AreaShape(
                edition=edition,
                area=area,
                geom=geom,
                overview=geom,
                label_point=Point(west, south, srid=4326),
                area_m2=1e4,
                measured_srid=31370,
                content_hash=f"{number:064}",
                path="M0 0h9v9z",
                box="0 0 9 9",
            )
        )
    AreaShape.objects.bulk_create(shapes)
    _add_figures(land, areas, edition)


def _add_figures(land: Land, areas: list[Area], edition: AreaEdition) -> None:
    """A figure of every area, of one in ten in ten periods, and an indicator more for each ten areas."""
    people, _new = Indicator.objects.get_or_create(
        municipality=land.municipality, slug="inwoners", defaults={"name": "Inwoners", "source": "proef"}
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=people, area=area, period=str(2024 - year), value=year, edition=edition)
        for number, area in enumerate(areas)
        for year in range(1 if number % 10 else 10)
    )
    Indicator.objects.bulk_create(
        Indicator(
            municipality=land.municipality, slug=f"plek-{area.slug}", name=f"Plek {area.slug}", source="proef"
        )
        for area in areas[::10]
    )
