"""The map coloured by a figure, as the server makes it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models.figures import Indicator
from tests.conftest import Land
from tests.figures import make_indicator, set_figures


@pytest.fixture
def green(land: Land) -> Indicator:
    indicator = make_indicator(land, name="Groen in de buurt", is_example=True)
    set_figures(indicator, "2024", {land["bergen"]: "12.5", land["midden"]: "31", land["dalen"]: "18.2"})
    set_figures(indicator, "2025", {land["bergen"]: "13", land["midden"]: "suppressed"})
    return indicator


def page(query: str) -> str:
    return Client().get(f"/kaart/{query}").content.decode()


def test_the_map_says_what_it_shows(green: Indicator) -> None:
    html = page("?cijfer=groen&periode=2024")
    assert re.search(r'<option value="groen"\s+data-kinds="wijk"\s+selected>', html)
    assert "area class-5" in html
    assert "20\u00a0% en meer" in html
    assert "voorbeeldcijfers" in html
    assert 'rel="next" href="/kaart/?cijfer=groen&amp;periode=2025"' in html
    assert 'rel="prev"' not in html
    assert "Proefdienst" in html


def test_a_chosen_area_shows_its_figure_and_place(green: Indicator) -> None:
    html = page("?cijfer=groen&periode=2024&kies=wijk:dalen")
    assert '<p class="panel-figure__number">18,2\u00a0%</p>' in html
    assert "Plaats 2 van 3" in html
    assert "Groen in de buurt, 2025: geen cijfer (" in page("?cijfer=groen&kies=wijk:midden")


def test_the_kind_follows_the_figure(green: Indicator, land: Land) -> None:
    html = page("?soort=deelgemeente&cijfer=groen")
    assert 'data-area="bergen"' in html
    assert "De kaart toont wijken." in html
    assert 'data-area="noord-deelgemeente"' in page("?soort=deelgemeente")


@pytest.mark.parametrize(
    "query", ["?cijfer=bestaat-niet", "?cijfer=<b>", "?periode=2024", "?cijfer=groen%27"]
)
def test_an_unknown_figure_is_none(green: Indicator, query: str) -> None:
    html = page(query)
    assert "data-face" not in html
    assert 'id="figure"' in html


def test_without_figures_there_is_nothing_to_choose(land: Land) -> None:
    make_indicator(land)
    assert 'id="figure"' not in page("")


def test_the_panel_brings_the_drawing_and_the_legend(green: Indicator) -> None:
    html = Client().get("/kaart/paneel/?cijfer=groen").content.decode()
    assert 'id="panel"' in html
    assert 'id="map-drawing"' in html
    assert 'id="map-figures"' in html


@pytest.mark.parametrize("query", ["?cijfer=groen", "?cijfer=groen&kies=wijk:bergen"])
def test_the_queries_of_a_coloured_map(green: Indicator, long_memory: None, query: str) -> None:
    page("")
    with CaptureQueriesContext(
        connection,
    ) as context:
        page(query)
    assert len(context) <= 12, [found["sql"][-260:] for found in context.captured_queries]


def test_the_figure_of_the_municipality_stands_beside_that_of_the_area(land: Land) -> None:
    homes = make_indicator(land, "woningen", name="Huizen", unit="woningen", decimals=0, is_additive=True)
    set_figures(homes, "2024", {land["bergen"]: 100, land["midden"]: 30, land["dalen"]: 20})
    set_figures(homes, "2025", {land["bergen"]: 110, land["midden"]: "unknown", land["dalen"]: 20})
    assert "Proefdorp: 150\u00a0woningen." in page("?cijfer=woningen&periode=2024&kies=wijk:bergen")
    assert "Proefdorp: minstens 130\u00a0woningen." in page("?cijfer=woningen&kies=wijk:bergen")


def test_the_same_as_a_list_and_to_take_along(green: Indicator) -> None:
    html = page("?cijfer=groen&periode=2024")
    assert 'href="/gebieden/?soort=wijk&amp;cijfer=groen&amp;periode=2024"' in html
    assert 'href="/cijfers/groen.csv?soort=wijk&amp;periode=2024"' in html
    listed = Client().get("/gebieden/?soort=wijk&cijfer=groen&periode=2024").content.decode()
    assert '<th scope="col">Groen in de buurt, 2024</th>' in listed
    assert "31,0\u00a0%" in listed
    assert 'href="/kaart/?soort=wijk&amp;cijfer=groen&amp;periode=2024"' in listed
    assert '<input type="hidden" name="cijfer" value="groen">' in listed


@pytest.mark.parametrize(
    "query", ["?cijfer=groen", "?cijfer=groen&periode=onzin", "?cijfer=groen&periode=1/2"]
)
def test_the_list_shows_the_newest_period_and_why_there_is_none(green: Indicator, query: str) -> None:
    listed = Client().get(f"/gebieden/{query}").content.decode()
    assert "Groen in de buurt, 2025" in listed
    assert "geen cijfer (te weinig om te tonen)" in listed
    assert "Groen" not in Client().get("/gebieden/?cijfer=weg").content.decode()
