"""Search finds areas by name, other name and code, without accents and with a typo."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.models import Area, AreaName
from areas.search import find
from tests.conftest import Land


def found(land: Land, text: str) -> list[str]:
    return [hit.url.split("/")[2] for hit in find(text, land.municipality, None, 10)]


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
    hit = find("laag gehucht", land.municipality, None, 10)[0]
    assert (hit.title, hit.detail) == ("Dalen", "Het Laag Gehucht")


@pytest.mark.parametrize("text", ["", "x", "%", "_", "\\", "qqqqq", "'; drop table areas_area; --"])
def test_nothing(land: Land, text: str) -> None:
    assert found(land, text) == []


def test_retired_ones_are_not_found(land: Land) -> None:
    Area.objects.filter(slug="dalen").update(retired_by=land.editions["wijk"])
    assert found(land, "dalen") == []


def test_one_query(land: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found(land, "dalen")
