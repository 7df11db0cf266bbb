"""What the page of an area tells of its figures over the years."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.figures.series import Story, place_in_time, stories_of
from areas.models import Area, AreaKind, Indicator
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import Land


def story(land: Land, slug: str = "bergen") -> Story:
    (found,) = stories_of(Area.objects.select_related("kind", "municipality").get(slug=slug))
    return found


@pytest.fixture
def whole(land: Land) -> Area:
    """The municipality as an area, as far as it has figures of its own."""
    kind = AreaKind.objects.create(
        municipality=land.municipality,
        slug="gemeente",
        name="Gemeente",
        plural="Gemeenten",
        rank=10,
        scheme="nis",
    )
    area = Area.objects.create(municipality=land.municipality, kind=kind, slug="proefdorp", name="Proefdorp")
    land.areas["proefdorp"] = area
    land.kinds["gemeente"] = kind
    return area


def rate(land: Land, **fields: str) -> Indicator:
    return make_indicator(land, slug="groen", name="Groen", unit="%", decimals=1, is_additive=False, **fields)


def own(indicator: Indicator, area: Area, **by_period: str) -> None:
    for period, value in by_period.items():
        indicator.values.create(area=area, period=period.removeprefix("y"), value=value)


def test_what_adds_up_is_an_index_beside_the_municipality(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, "2020", bergen=1000, midden=3000, dalen=4000)
    figures(inhabitants, "2025", bergen=1070, midden=3300, dalen=4430)
    told = story(land)
    assert told.title == "Inwoners: sinds 2020 7\u00a0% meer, in Proefdorp 10\u00a0% meer"
    assert told.note == "Inwoners, 2020 is 100."
    assert (told.figure, told.when, told.beside) == ("1.070", "2025", "12\u00a0% van Proefdorp")
    assert told.chart is not None
    assert [(line.name, line.last) for line in told.chart.lines] == [("Bergen", "107"), ("Proefdorp", "110")]
    assert [moment.own_words for moment in told.moments] == ["1.000\u00a0inwoners", "1.070\u00a0inwoners"]


def test_a_sum_with_a_missing_part_is_in_the_table_and_not_in_the_line(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, "2020", bergen=1000, midden=3000, dalen=4000)
    figures(inhabitants, "2021", bergen=1000, midden=3000, dalen=4000)
    figures(inhabitants, "2025", bergen=1070, midden="unknown", dalen=4430)
    told = story(land)
    assert told.chart is not None
    assert [line.last for line in told.chart.lines] == ["107", "100"], "no fall to 69 of what is not known"
    assert told.moments[-1].whole_words == "minstens 5.500\u00a0inwoners"
    assert told.beside == "", "a share of a sum that is not whole would be too large"
    assert "sinds 2020 evenveel, in Proefdorp evenveel" in told.title


def test_a_rate_is_drawn_as_it_is_beside_that_of_the_municipality(land: Land, whole: Area) -> None:
    green = rate(land, direction="higher")
    own(green, land["bergen"], y2020="18.0", y2021="17.5", y2025="22.3")
    own(green, whole, y2020="19", y2021="19.2", y2025="20.3")
    told = story(land)
    assert told.title == "Groen: gestegen sinds 2020, hoger dan in Proefdorp"
    assert told.beside == "2,0 procentpunt hoger dan Proefdorp (20,3\u00a0%)"
    assert told.chart is not None
    assert [(line.name, line.last) for line in told.chart.lines] == [
        ("Bergen", "22,3"),
        ("Proefdorp", "20,3"),
    ]
    own(green, whole, y2026="9")
    own(green, land["bergen"], y2026="9.04")
    assert story(land).beside == "hetzelfde als Proefdorp"
    assert "Hoger is beter" in Client().get("/gebieden/bergen/").content.decode()


def test_a_gap_stays_a_gap_and_says_why(land: Land) -> None:
    green = rate(land)
    own(green, land["bergen"], y2020="18", y2021="17", y2023="19", y2024="20")
    green.values.create(area=land["bergen"], period="2022", reason="suppressed")
    green.values.create(area=land["bergen"], period="2025", reason="unknown")
    told = story(land)
    assert told.when == "2024", "the newest that is known"
    assert told.chart is not None
    assert len(told.chart.lines[0].stretches) == 2
    assert told.moments[2].own_words == "geen cijfer (te weinig om te tonen)"
    assert told.moments[-1].own_words == "geen cijfer (niet bekend)"


@pytest.mark.parametrize(
    ("first", "last"),
    [((40, 30, 35), (50, 20, 35)), ((-200, 300, 400), (150, 300, 400)), ((0, 300, 400), (150, 300, 400))],
)
def test_few_people_and_a_balance_have_no_index(
    land: Land, inhabitants: Indicator, figures: Figures, first: tuple[int, ...], last: tuple[int, ...]
) -> None:
    for period, numbers in (("2020", first), ("2025", last)):
        figures(inhabitants, period, **dict(zip(("bergen", "midden", "dalen"), numbers, strict=True)))
    told = story(land)
    assert told.title == "Inwoners: gestegen sinds 2020"
    assert told.chart is not None
    assert [(line.name, line.last) for line in told.chart.lines] == [("Bergen", str(last[0]))]


def test_one_figure_is_no_line(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, "2025", bergen=1000, midden="suppressed")
    assert story(land).chart is None
    assert story(land, "midden").figure == ""
    assert story(land, "midden").beside == "geen cijfer (te weinig om te tonen)"


def test_the_municipality_is_not_compared_with_itself(land: Land, whole: Area) -> None:
    green = rate(land)
    own(green, whole, y2020="19", y2025="20.3")
    told = story(land, "proefdorp")
    assert told.beside == ""
    assert told.title == "Groen: gestegen sinds 2020"


def test_any_number_of_indicators_takes_two_queries(
    land: Land, figures: Figures, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        indicator = make_indicator(land, slug=f"i-{number}", name=f"I {number}")
        for year in range(2016, 2026):
            figures(indicator, str(year), bergen=500 + year, midden=10, dalen=20)
    area = Area.objects.select_related("kind", "municipality").get(slug="bergen")
    with django_assert_num_queries(2):
        assert len(stories_of(area)) == 6


def test_the_page_shows_figure_line_table_and_source(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    Indicator.objects.update(is_example=True)
    figures(inhabitants, "2020", bergen=1000, midden=3000, dalen=4000)
    figures(inhabitants, "2025", bergen=1070, midden="suppressed", dalen=4430)
    html = Client().get("/gebieden/bergen/").content.decode()
    assert 'id="areas-indicators"' in html
    assert '<svg class="chart"' in html
    assert "minstens 5.500" in html
    assert "Bron: Bevolkingsregister" in html
    assert '<span class="example">voorbeeld</span>' in html
    assert 'href="/gebieden/bergen/cijfers/"' in html
    assert 'id="areas-indicators"' not in Client().get("/gebieden/noord-deelgemeente/").content.decode()


@pytest.mark.parametrize(
    ("period", "place"),
    [("2024", 2024), ("2024-Q3", 2024.5), ("2023/2024", 2023), ("2024-01", 2024), ("2024-01-01", 2024)],
)
def test_where_a_period_lies(period: str, place: float) -> None:
    assert place_in_time(period) == pytest.approx(place)
    assert place_in_time("2024-12-31") < 2025


def test_a_part_of_what_can_be_negative_is_no_share(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, "2024", bergen=10, midden=-3, dalen=20)
    figures(inhabitants, "2025", bergen=12, midden=8, dalen=20)
    assert story(land).beside == "Proefdorp: 40\u00a0inwoners"
