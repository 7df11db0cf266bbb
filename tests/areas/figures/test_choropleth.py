import datetime as dt

import pytest
from django.template.loader import render_to_string
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.figures.choropleth import Choropleth, Rank, choices_of, choropleth
from areas.map.drawing import draw
from areas.models import Area, AreaEdition
from areas.models.figures import Indicator, IndicatorValue
from tests.conftest import Land
from tests.figures import make_indicator, set_figures


@pytest.fixture
def green(land: Land) -> Indicator:
    indicator = make_indicator(land)
    set_figures(indicator, "2024", {land["bergen"]: "12.5", land["midden"]: "31", land["dalen"]: "18.2"})
    set_figures(indicator, "2025", {land["bergen"]: "13", land["midden"]: "suppressed"})
    return indicator


def shown(indicator: Indicator, land: Land, period: str = "") -> Choropleth:
    kinds = list(land.kinds.values())
    choice = next(
        one for one in choices_of(land.municipality, kinds, indicator.slug) if one.indicator == indicator
    )
    found = choropleth(indicator, land.kinds["wijk"], period, choice.periods["wijk"])
    assert found is not None
    return found


def test_the_newest_period_is_shown_unless_another_is_asked_for(green: Indicator, land: Land) -> None:
    assert shown(green, land).period == "2025"
    assert shown(green, land, "2024").period == "2024"
    assert shown(green, land, "1999").period == "2025"
    assert (shown(green, land, "2024").previous, shown(green, land, "2024").next) == ("", "2025")


def test_every_area_is_in_the_legend_once(green: Indicator, land: Land) -> None:
    rows = [(row.face, row.words, row.count) for row in shown(green, land, "2024").legend]
    assert rows == [
        ("class-1", "minder dan 15\u00a0%", 1),
        ("class-3", "15 tot 20\u00a0%", 1),
        ("class-5", "20\u00a0% en meer", 1),
    ]
    rows = [(row.face, row.words, row.count) for row in shown(green, land).legend]
    assert rows == [("class-3", "overal 13,0\u00a0%", 1), ("no-value", "geen cijfer", 2)]


def test_a_class_of_one_number_is_called_by_it(land: Land) -> None:
    indicator = make_indicator(land, "scholen", unit="scholen", decimals=0)
    set_figures(indicator, "2025", {land["bergen"]: 2, land["midden"]: 3, land["dalen"]: 7})
    assert [row.words for row in shown(indicator, land).legend] == ["minder dan 3", "3 tot 5", "5 en meer"]
    set_figures(indicator, "2026", {land["bergen"]: 2, land["midden"]: 3, land["dalen"]: 4})
    assert [row.words for row in shown(indicator, land).legend] == ["minder dan 3", "3", "4 en meer"]


def test_what_is_missing_says_why(green: Indicator, land: Land) -> None:
    looks = shown(green, land).looks
    assert looks["midden"] == ("no-value", "", "geen cijfer (te weinig om te tonen)")
    assert looks["dalen"] == ("no-value", "", "geen cijfer")
    assert looks["bergen"] == ("class-3", "13,0\u00a0%", "13,0\u00a0%")


def test_the_rank_counts_those_with_a_figure(green: Indicator, land: Land) -> None:
    figure = shown(green, land, "2024")
    assert figure.rank_of("midden") == Rank(1, 3, False)
    assert figure.rank_of("bergen") == Rank(3, 3, False)
    assert shown(green, land).rank_of("bergen") is None
    IndicatorValue.objects.filter(area=land["bergen"]).update(value="18.2")
    assert shown(green, land, "2024").rank_of("dalen") == Rank(2, 3, True)


def test_a_retired_and_a_residual_area_are_not_on_the_map(green: Indicator, land: Land) -> None:
    rest = Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="rest", name="Rest", is_residual=True
    )
    set_figures(green, "2024", {rest: "1"})
    set_figures(green, "2020", {rest: "1"})
    Area.objects.filter(pk=land["dalen"].pk).update(retired_by=land.editions["wijk"])
    assert set(shown(green, land, "2024").figures) == {"bergen", "midden"}
    assert shown(green, land, "2024").periods == ["2025", "2024"]


def test_figures_of_older_boundaries_say_so(green: Indicator, land: Land) -> None:
    assert shown(green, land).other_boundaries is None
    old = AreaEdition.objects.create(
        kind=land.kinds["wijk"], reference_date=dt.date(2019, 1, 1), source="proef", sha256="o" * 64, status="retired",
        activated_at="2019-01-01T00:00Z",
    )  # fmt: skip
    IndicatorValue.objects.filter(period="2024").update(edition=old)
    assert shown(green, land, "2024").other_boundaries == dt.date(2019, 1, 1)


def test_what_can_be_chosen(
    green: Indicator, land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_indicator(land, "leeg")
    with django_assert_num_queries(1):
        choices = choices_of(land.municipality, list(land.kinds.values()))
    assert [(choice.indicator.slug, choice.kinds, choice.periods) for choice in choices] == [
        ("groen", ("wijk",), {})
    ]
    (chosen,) = choices_of(land.municipality, list(land.kinds.values()), "groen")
    assert chosen.periods == {"wijk": ["2025", "2024"]}


def test_the_queries_of_a_map(
    green: Indicator, land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert shown(green, land).legend
    assert choropleth(green, land.kinds["deelgemeente"], "", []) is None


def test_the_drawing_carries_classes_figures_and_words(green: Indicator, land: Land) -> None:
    drawing = draw(land.municipality, kind="wijk", looks=shown(green, land, "2024").looks)
    html = render_to_string("areas/partials/map.html", {"drawing": drawing}).replace("\n", " ")
    assert (
        'data-area="midden" data-face="class-5" data-figure="31,0\u00a0%" aria-label="Midden: 31,0\u00a0%"'
        in html
    )
    assert '<use class="area class-5" href="#shape-midden"/>' in html
    assert 'class="place__figure"' in html
    plain = render_to_string("areas/partials/map.html", {"drawing": draw(land.municipality, kind="wijk")})
    assert "data-face" not in plain
    assert "place__figure" not in plain
