"""The list of areas and the page of one: the same content as the map, in a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Value
from django.db.models.functions import JSONObject
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from areas.around import around, direction_of
from areas.models import Area, AreaCode, AreaKind, AreaShape, AreaSuccession
from core.facts import Fact, FactSource, fact_sources
from core.filters import ListFilter, list_filters
from tests.areas.test_page_of_an_area import MOST
from tests.conftest import Land


def page(url: str, client: Client | None = None, **headers: str) -> str:
    response = (client or Client()).get(url, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def queries(url: str) -> int:
    with time_machine.travel(
        timezone.now(), tick=False
    ):  # what is remembered for five seconds must not lapse between
        page(url)
        with CaptureQueriesContext(connection) as captured:
            page(url)
    return len(captured)


def many(land: Land, count: int) -> None:
    kind, edition = land.kinds["wijk"], land.editions["wijk"]
    pattern = AreaShape.objects.filter(edition=edition).first()
    assert pattern is not None
    areas = Area.objects.bulk_create(
        Area(municipality=land.municipality, kind=kind, slug=f"buurt-{n}", name=f"Buurt {n:05}")
        for n in range(count)
    )
    AreaCode.objects.bulk_create(
        AreaCode(municipality=land.municipality, area=area, scheme="ggw7", code=area.slug) for area in areas
    )
    values = {
        field.name: getattr(pattern, field.name)
        for field in AreaShape._meta.fields
        if field.name not in ("id", "area", "geom", "edition", "overview", "label_point")
    }
    far = {"geom": pattern.geom.clone(), "overview": pattern.overview, "label_point": pattern.label_point}
    AreaShape.objects.bulk_create(AreaShape(edition=edition, area=area, **far, **values) for area in areas)


def test_the_list(land: Land) -> None:
    html = page("/gebieden/")
    for name in ("Bergen", "Midden", "Dalen", "Noord", "Zuid"):
        assert name in html
    assert html.index("Noord") < html.index("Bergen")  # from large to small
    assert 'class="emblem' in html


def test_filter_by_kind(land: Land) -> None:
    html = page("/gebieden/?soort=wijk")
    assert "/gebieden/bergen/" in html
    assert 'href="/gebieden/noord-deelgemeente/">Noord</a></span>' not in html
    assert "/kaart/?soort=wijk" in html
    assert "/gebieden/noord-deelgemeente/" in page("/gebieden/?soort=bestaat-niet")


def test_htmx_gets_the_list_alone(land: Land) -> None:
    assert "<html" not in page("/gebieden/", None, **{"HX-Request": "true"})
    # The button back must not show the part as if it were the page.
    assert "HX-Request" in Client().get("/gebieden/")["Vary"]


@pytest.fixture
def extra() -> Any:
    """What another app brings: a figure and a filter."""
    fact_sources.register(
        FactSource(
            name="areas.test", target="areas.area", title="Proefkolom",
            count=lambda *, objects, user: Area.objects.filter(pk=objects[0].pk).annotate(
                row=JSONObject(key="pk", number=Value(3))
            ),
            fact=lambda *, obj, number: Fact(figure=str(number), words=f"proefpunten van {obj.name}"),
        )
    )  # fmt: skip
    list_filters.register(
        ListFilter(
            name="areas.test", target="areas.area", parameter="proef", title="Proef",
            choices=lambda *, municipality: [("m", "Met m")],
            narrow=lambda *, queryset, value: queryset.filter(name__istartswith=value),
        )
    )  # fmt: skip
    yield
    fact_sources.unregister("areas.test")
    list_filters.unregister("areas.test")


def test_other_apps_bring_figures_and_filters(land: Land, extra: None) -> None:
    html = page("/gebieden/?proef=m")
    assert "Proefkolom" in html
    assert "3 proefpunten" in html
    assert "/gebieden/midden/" in html
    assert '/gebieden/bergen/">Bergen</a></span>' not in html
    assert "proefpunten" in page("/gebieden/bergen/")


def test_nothing_fits(land: Land, extra: None) -> None:
    assert 'class="empty"' in page("/gebieden/?proef=m&soort=deelgemeente")


def test_queries_do_not_grow(land: Land, long_memory: None) -> None:
    few_list, few_page = queries("/gebieden/"), queries("/gebieden/bergen/")
    many(land, 600)
    assert queries("/gebieden/") == few_list <= 12
    assert queries("/gebieden/bergen/") == few_page <= MOST
    assert "Buurt 00599" in page("/gebieden/?page=13")


def test_the_page_of_an_area(land: Land) -> None:
    html = page("/gebieden/midden/")
    assert html.count("<h1") == 1
    assert "99999W02" in html
    assert "Noord" in html
    assert "Zuid" in html  # it lies in two
    assert "Bergen" in html  # beside
    assert "/kaart/?kies=wijk:midden" in html
    assert 'class="portrait"' in html
    assert Client().get("/gebieden/bestaat-niet/").status_code == 404


def test_neighbours_share_a_border(land: Land) -> None:
    assert [area.slug for area in around(land["bergen"]).beside] == ["dalen", "midden"]
    assert [area.slug for area in around(land["dalen"]).beside] == ["bergen", "midden"]


def test_within(land: Land) -> None:
    assert [part.child.slug for part in around(land["zuid-deelgemeente"]).within] == ["dalen", "midden"]


def test_a_residual_area_has_a_page_without_a_map(land: Land) -> None:
    Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="rest", name="Rest", is_residual=True
    )
    html = page("/gebieden/rest/")
    assert 'class="map' not in html
    assert "/gebieden/rest/" not in page("/gebieden/")


def test_a_retired_area_leads_on(land: Land) -> None:
    edition = land.editions["wijk"]
    Area.objects.filter(slug="dalen").update(retired_by=edition)
    AreaSuccession.objects.create(
        edition=edition, predecessor=land["dalen"], successor=land["midden"], relation="merged", weight=1
    )
    html = page("/gebieden/dalen/")
    assert 'class="notice notice--warning"' in html
    assert 'href="/gebieden/midden/"' in html
    assert '/gebieden/dalen/">Dalen</a></span>' not in page("/gebieden/")


@pytest.mark.parametrize(
    ("box", "direction"),
    [
        ("90 10 10 10", "northeast"),
        ("45 0 10 10", "north"),
        ("0 90 10 10", "southwest"),
        ("45 45 10 10", "middle"),
        ("0 0 100 100", ""),
    ],
)
def test_direction(box: str, direction: str) -> None:
    with translation.override("en"):
        found = str(direction_of(box, "0 0 100 100"))
    assert direction in found
    assert bool(found) == bool(direction)


def test_no_municipality(db: None) -> None:
    assert Client().get("/gebieden/").status_code == 404


def test_no_boundaries(kinds: dict[str, AreaKind]) -> None:
    assert 'class="empty"' in page("/gebieden/")


def test_signed_in_people_see_the_same(land: Land, as_part: Callable[[str], Client]) -> None:
    assert "Bergen" in page("/gebieden/", as_part("resident"))
