"""Which figures stand on the page of an area: those with a place, then those that say most."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from areas.figures.chosen import choose
from areas.figures.series import stories_of, two_of
from areas.models import Area, Indicator, IndicatorValue
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import Land


def values_of(area: Area) -> dict[Indicator, dict[str, IndicatorValue]]:
    found: dict[Indicator, dict[str, IndicatorValue]] = {}
    for value in (
        IndicatorValue.objects.filter(area=area).select_related("indicator").order_by("indicator__name")
    ):
        found.setdefault(value.indicator, {})[value.period] = value
    return found


def chosen(land: Land, most: int = 4) -> list[str]:
    return [one.name for one in choose(values_of(land["bergen"]), most)]


def test_a_place_goes_before_everything(land: Land, figures: Figures) -> None:
    for name, place in (("A", None), ("B", 2), ("C", 1)):
        figures(make_indicator(land, slug=name.lower(), name=name, place=place), "2024", bergen=10)
    assert chosen(land) == ["C", "B", "A"]
    assert chosen(land, 1) == ["C"]


def test_then_one_of_each_theme_with_a_line_and_the_newest(land: Land, figures: Figures) -> None:
    for name, theme, periods in (
        ("Oud", "Wonen", ("2010", "2011")),
        ("Recent", "Wonen", ("2023", "2024")),
        ("Eenmalig", "Wonen", ("2025",)),
        ("Zorg", "Zorg", ("2012",)),
    ):
        indicator = make_indicator(land, slug=name.lower(), name=name, theme=theme)
        for period in periods:
            figures(indicator, period, bergen=10)
    assert chosen(land) == ["Recent", "Zorg", "Oud", "Eenmalig"]


def test_what_has_no_number_is_not_chosen(land: Land, figures: Figures) -> None:
    figures(make_indicator(land, place=1), "2024", bergen="suppressed")
    assert chosen(land) == []


def test_a_place_is_one_of_four(land: Land) -> None:
    indicator = make_indicator(land)
    indicator.place = 5
    with pytest.raises(ValidationError):
        indicator.full_clean()
    with pytest.raises(IntegrityError, match="indicator_place_one_to_four"), transaction.atomic():
        indicator.save()


def test_a_count_and_a_share_are_drawn_side_by_side(land: Land, figures: Figures) -> None:
    for number, (name, is_additive) in enumerate((("A", True), ("B", True), ("C", False)), start=1):
        indicator = make_indicator(land, slug=name.lower(), name=name, is_additive=is_additive, place=number)
        for period in ("2023", "2024"):
            figures(indicator, period, bergen=1000)
    stories = stories_of(Area.objects.select_related("kind", "municipality").get(slug="bergen"), most=4)
    assert [story.indicator.name for story in two_of(stories)] == ["A", "C"]


def test_the_page_shows_four_and_leads_to_all(land: Land, figures: Figures) -> None:
    for number in range(6):
        indicator = make_indicator(
            land, slug=f"i-{number}", name=f"Cijfer {number}", theme=f"Thema {number % 2}"
        )
        for period in ("2023", "2024"):
            figures(indicator, period, bergen=10 + number)
    page = Client().get("/gebieden/bergen/").content.decode()
    assert page.count('class="fact__beside">2024.') == 4
    assert page.count('<svg class="chart"') == 2
    everything = Client().get("/gebieden/bergen/cijfers/").content.decode()
    assert everything.count('class="fact__beside">2024.') == 6
    assert everything.count('<svg class="chart"') == 6
    assert everything.index("Thema 0") < everything.index("Thema 1")


def test_the_page_of_all_figures_says_that_there_are_none(land: Land) -> None:
    answer = Client().get("/gebieden/bergen/cijfers/")
    assert "Van dit gebied kwamen nog geen cijfers binnen." in answer.content.decode()
    assert Client().get("/gebieden/nergens/cijfers/").status_code == 404
