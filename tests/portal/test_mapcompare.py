"""Two figures side by side."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from areas.models import Indicator
from portal.mapcompare import Comparison, Tally, comparison
from tests.conftest import Land
from tests.figures import make_indicator, set_figures


@pytest.fixture
def green(land: Land) -> Indicator:
    indicator = make_indicator(land, is_example=True)
    bergen, midden, dalen = land["bergen"], land["midden"], land["dalen"]
    set_figures(indicator, "2016", {bergen: "10", midden: "20", dalen: "30"})
    set_figures(indicator, "2020", {bergen: "11", midden: "suppressed", dalen: "30"})
    set_figures(indicator, "2025", {bergen: "19.5", midden: "40", dalen: "29"})
    return indicator


@pytest.fixture
def homes(land: Land) -> Indicator:
    indicator = make_indicator(land, "woningen", unit="woningen", decimals=0)
    set_figures(indicator, "2025", {land["bergen"]: 100, land["midden"]: 2300, land["dalen"]: 40})
    set_figures(indicator, "2025", {land["noord-deelgemeente"]: 2400})
    return indicator


@pytest.fixture
def compared(land: Land) -> Callable[[str], Comparison]:
    def ask(query: str) -> Comparison:
        found = comparison(land.municipality, QueryDict(query))
        assert found is not None
        return found

    return ask


def test_two_periods_have_one_legend_in_which_a_colour_means_the_same(
    green: Indicator, compared: Callable[[str], Comparison]
) -> None:
    found = compared("links=groen@2016&rechts=groen@2025")
    assert found.is_one_figure
    assert found.left.figure.classes == found.right.figure.classes
    assert [row.words for row in found.left.figure.legend] == [row.words for row in found.right.figure.legend]
    assert sum(shared.left for shared in found.legend) == sum(shared.right for shared in found.legend) == 3
    assert all(shared.left + shared.right for shared in found.legend)


def test_the_difference_and_what_cannot_be_said(
    green: Indicator, compared: Callable[[str], Comparison]
) -> None:
    rows = {row.slug: row for row in compared("links=groen@2016&rechts=groen@2025").rows}
    assert rows["bergen"].change == "+9,5 procentpunt"
    assert rows["dalen"].change == "−1,0 procentpunt"
    rows = {row.slug: row for row in compared("links=groen@2016&rechts=groen@2020").rows}
    assert (rows["midden"].right, rows["midden"].change) == ("geen cijfer (te weinig om te tonen)", "")
    assert rows["dalen"].change == "0,0 procentpunt"
    assert compared("links=groen@2016&rechts=groen@2020").tally == Tally(1, 0, 1, 1)


def test_two_figures_have_their_own_legends(
    green: Indicator, homes: Indicator, compared: Callable[[str], Comparison]
) -> None:
    found = compared("links=groen@2025&rechts=woningen@2025")
    assert not found.is_one_figure
    assert not found.has_difference
    assert {row.change for row in found.rows} == {""}
    html = Client().get("/kaart/vergelijken/?links=groen@2025&rechts=woningen@2025").content.decode()
    assert "Groen naast Woningen" in html
    assert "Verschil" not in html
    assert html.count('<ul class="legend"') == 2


@pytest.mark.parametrize("query", ["", "links=weg@2016&rechts=<b>&soort=niks", "links=groen@1999&rechts=@@"])
def test_what_is_not_said_or_not_known_is_chosen(
    green: Indicator, compared: Callable[[str], Comparison], query: str
) -> None:
    found = compared(query)
    assert (found.kind.slug, found.right.word) == ("wijk", "groen@2025")
    assert found.left.word == "groen@2016"
    assert bool(found.notes) == bool(query)


@pytest.mark.parametrize(
    ("query", "left", "right", "said"),
    [
        ("links=groen@2025&rechts=groen@2025", "2020", "2025", ["Both sides were the same."]),
        ("links=groen@2016&rechts=groen@2016", "2016", "2025", ["Both sides were the same."]),
        ("links=groen@2018&rechts=groen@2025", "2016", "2025", ["Left: this period is not known."]),
        ("links=groen@2016&rechts=groen@2031", "2016", "2025", ["Right: this period is not known."]),
        ("links=weg@2016&rechts=groen@2025", "2016", "2025", ["Left: this figure is not known here."]),
        ("links=groen&rechts=groen", "2016", "2025", []),
        ("links=groen@2020", "2020", "2025", []),
    ],
)
def test_a_wish_that_cannot_be_met_is_told(
    green: Indicator,
    compared: Callable[[str], Comparison],
    query: str,
    left: str,
    right: str,
    said: list[str],
) -> None:
    with override("en"):
        found = compared(query)
    assert (found.left.word, found.right.word) == (f"groen@{left}", f"groen@{right}")
    assert [note[: len(told)] for note, told in zip(found.notes, said, strict=True)] == said


def test_the_kind_decides_what_can_be_chosen(
    green: Indicator, homes: Indicator, compared: Callable[[str], Comparison]
) -> None:
    found = compared("soort=deelgemeente&links=groen@2016")
    assert [option.indicator for option in found.options] == [homes]
    assert (found.left.word, found.right.word) == ("woningen@2025", "woningen@2025")
    assert len(found.notes) == 2  # what was asked for is not known, and there is nothing to compare with


def test_the_page_sends_every_boundary_once(green: Indicator) -> None:
    html = Client().get("/kaart/vergelijken/").content.decode()
    assert html.count('id="shape-bergen"') == 1
    assert len(re.findall(r'href="#shape-bergen"', html)) == 8
    assert html.count('data-area="bergen"') == 5, "in each map a link and a mark, and a row"
    assert 'id="gebied-bergen"' in html
    assert "hoger in 2, lager in 1 van de 3 wijken" in html
    assert "voorbeeldcijfers" in html
    assert 'href="/kaart/vergelijken/?links=groen%402025&amp;rechts=groen%402016&amp;soort=wijk"' in html


def test_without_figures_the_page_says_so(land: Land) -> None:
    html = Client().get("/kaart/vergelijken/").content.decode()
    assert "Er zijn nog geen cijfers." in html


def test_the_map_leads_to_the_comparison(green: Indicator) -> None:
    html = Client().get("/kaart/?cijfer=groen").content.decode()
    assert "/kaart/vergelijken/?links=groen%402016&amp;rechts=groen%402025&amp;soort=wijk" in html


def test_the_queries(green: Indicator, long_memory: None) -> None:
    Client().get("/kaart/vergelijken/")
    with CaptureQueriesContext(connection) as context:
        Client().get("/kaart/vergelijken/?links=groen@2016&rechts=groen@2025")
    assert len(context) <= 12
