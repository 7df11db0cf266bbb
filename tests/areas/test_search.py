"""Search finds areas by name, other name and code, without accents and with a typo."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.models import Area, AreaFormerCode, AreaName, AreaSuccession
from areas.search import find
from tests.conftest import Land


def found(land: Land, text: str) -> list[str]:
    return [
        hit.url.split("/")[2] for hit in find(text=text, municipality=land.municipality, user=None, limit=10)
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bergen", "bergen"),
        ("berg", "bergen"),
        ("BERGÉN", "bergen"),
        ("bergne", "bergen"),
        ("99999w03", "dalen"),
    ],
)
def test_found(land: Land, text: str, first: str) -> None:
    assert found(land, text)[0] == first


def test_other_names(land: Land) -> None:
    AreaName.objects.create(area=land["dalen"], name="Het Laag Gehucht")
    hit = find(text="laag gehucht", municipality=land.municipality, user=None, limit=10)[0]
    assert (hit.title, hit.detail) == ("Dalen", "Het Laag Gehucht")


@pytest.mark.parametrize("text", ["", "x", "%", "_", "\\", "qqqqq", "'; drop table areas_area; --"])
def test_nothing(land: Land, text: str) -> None:
    assert found(land, text) == []


def test_retired_ones_lead_on(land: Land) -> None:
    edition = land.editions["wijk"]
    Area.objects.filter(slug="dalen").update(retired_by=edition)
    hit = find(text="dalen", municipality=land.municipality, user=None, limit=10)[0]
    assert (hit.url, hit.detail) == ("/gebieden/dalen/", "bestaat niet meer")
    for slug, weight in (("bergen", 0.2), ("midden", 0.8)):
        AreaSuccession.objects.create(
            edition=edition, predecessor=land["dalen"], successor=land[slug], relation="split", weight=weight
        )
    hit = find(text="dalen", municipality=land.municipality, user=None, limit=10)[0]
    assert hit.detail == "bestaat niet meer, nu: Midden, Bergen"
    AreaName.objects.create(area=land["midden"], name="Dalen")
    assert found(land, "dalen") == ["midden", "dalen"], "who is there comes first"


def test_a_former_code_finds_its_area(land: Land) -> None:
    AreaFormerCode.objects.create(
        area=land["dalen"], scheme="ggw7", code="OUD9", edition=land.editions["wijk"]
    )
    hit = find(text="oud9", municipality=land.municipality, user=None, limit=10)[0]
    assert (hit.title, hit.detail) == ("Dalen", "OUD9")


def test_one_query(land: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found(land, "dalen")
