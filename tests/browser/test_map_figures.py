"""The map coloured by a figure, in the browser: what the server drew and what the script draws are the same."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from areas.models import Area, Municipality
from areas.models.figures import Indicator, IndicatorValue
from tests.browser.conftest import open_map


@pytest.fixture(scope="module", autouse=True)
def _figures(site: str, django_db_blocker: object) -> Iterator[None]:
    """An indicator of the wijken, and one of which only the deelgemeenten are known."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        municipality = Municipality.objects.get()
        for slug, kind in (("proefgroen", "wijk"), ("proefbomen", "deelgemeente")):
            indicator = Indicator.objects.create(
                municipality=municipality, slug=slug, name=slug.title(), unit="%", source="Proefdienst"
            )
            for number, area in enumerate(Area.objects.filter(kind__slug=kind).order_by("slug")):
                for period in ("2024", "2025"):
                    is_missing = period == "2025" and area.slug == "wortel"
                    IndicatorValue.objects.create(
                        indicator=indicator, area=area, period=period, reason="unknown" if is_missing else "",
                        value=None if is_missing else Decimal(number * 10 + (period == "2025")),
                    )  # fmt: skip
        yield
        Indicator.objects.filter(slug__startswith="proef").delete()


def faces(page: Page, where: str) -> dict[str, str]:
    """The class of each area, in the drawing of the server or in that of the script."""
    drawn: dict[str, str] = page.locator(where).evaluate_all(
        "all => Object.fromEntries(all.map(one => [one.dataset.area ?? one.parentNode.dataset.area,"
        " [...one.classList].find(word => /^(class-|no-value)/.test(word)) ?? '']))"
    )
    return drawn


def test_the_script_colours_as_the_server_does(page: Page) -> None:
    open_map(page, "?cijfer=proefgroen")
    live = faces(page, "#map path.area")
    assert live == faces(page, "#map-drawing .area")
    assert live["wortel"] == "no-value"
    assert len(set(live.values())) == 6
    name = page.locator('#map path[data-area="wortel"]').get_attribute("aria-label")
    assert name == "Wortel: geen cijfer (niet bekend)"


def test_another_figure_and_another_period_by_the_form(page: Page) -> None:
    open_map(page)
    assert set(faces(page, "#map path.area").values()) == {""}
    page.locator("#figure").select_option("proefgroen")
    expect(page).to_have_url(re.compile(r"cijfer=proefgroen"))
    expect(page.locator('#map path[data-area="wortel"]')).to_have_class(re.compile("no-value"))
    page.locator("#period").focus()
    page.locator("#period").select_option("2024")
    expect(page).to_have_url(re.compile(r"periode=2024"))
    expect(page.locator('#map path[data-area="wortel"]')).to_have_class(re.compile("class-5"))
    expect(page.locator("#period")).to_be_focused()
    page.go_back()
    expect(page.locator('#map path[data-area="wortel"]')).to_have_class(re.compile("no-value"))
    expect(page.locator("#period")).to_have_value("2025")
    page.locator("#figure").select_option("")
    expect(page.locator("#map path.class-1")).to_have_count(0)
    expect(page).not_to_have_url(re.compile(r"cijfer|periode"))


def test_a_step_in_time_by_keyboard_keeps_its_place(page: Page) -> None:
    open_map(page, "?cijfer=proefgroen&kies=wijk:meer")
    page.locator('#map-figures a[rel="prev"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"periode=2024&kies=wijk:meer"))
    expect(page.locator("#period")).to_be_focused()
    page.locator('#map-figures a[rel="next"]').click()
    expect(page.locator("#period")).to_have_value("2025")


def test_the_kind_follows_the_figure_and_a_kind_without_it_drops_it(page: Page) -> None:
    open_map(page, "?cijfer=proefgroen")
    page.locator("#figure").select_option("proefbomen")
    expect(page.locator("#kind")).to_have_value("deelgemeente")
    expect(page.locator("#map path.class-5")).to_have_count(1)
    page.locator("#kind").select_option("wijk")
    expect(page.locator("#figure")).to_have_value("")
    expect(page.locator("#map [data-area]")).to_have_count(6)
    expect(page.locator("#map path.class-5")).to_have_count(0)


def test_the_figure_stands_in_its_area(page: Page) -> None:
    open_map(page, "?cijfer=proefgroen&periode=2024&lagen=")
    shown = page.locator("#map .map-name__text:visible .map-name__figure")
    expect(shown).to_have_count(6)
    assert sorted(shown.all_inner_texts()) == [
        f"{tens}\u00a0%" for tens in ("0", "10", "20", "30", "40", "50")
    ]


COMPARED = "/kaart/vergelijken/?links=proefgroen@2024&rechts=proefgroen@2025&soort=wijk"


def test_an_area_is_marked_on_both_maps_and_in_the_table(page: Page) -> None:
    page.goto(COMPARED)
    marked = page.locator("[data-area].is-marked")
    page.locator(".compare__side").nth(1).locator('a[data-area="meer"]').hover()
    expect(marked).to_have_count(5)
    expect(page.locator("#gebied-meer")).to_have_class("is-marked")
    page.locator('.compare__side a[data-area="wortel"]').first.focus()
    expect(page.locator("#gebied-wortel")).to_have_class("is-marked")
    page.mouse.move(1, 1)
    expect(marked).to_have_count(5)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#gebied-wortel$"))
    expect(page.locator("#gebied-wortel")).to_contain_text("niet te vergelijken")


def test_the_maps_stand_side_by_side_and_on_a_phone_one_below_the_other(
    new_page: Callable[..., Page],
) -> None:
    tops = []
    for width in (1280, 360):
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(COMPARED)
        boxes = [page.locator(".compare__side").nth(number).bounding_box() for number in (0, 1)]
        tops.append([box["y"] for box in boxes if box])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tops[0][0] == tops[0][1]
    assert tops[1][0] < tops[1][1]


def test_the_coloured_map_is_on_paper_with_its_legend(page: Page) -> None:
    open_map(page, "?cijfer=proefgroen&periode=2024")
    page.emulate_media(media="print")
    expect(page.locator("#map-drawing .place__figure").first).to_be_visible()
    expect(page.locator("#map-figures .legend")).to_be_visible()
    expect(page.locator("#figure")).to_be_hidden()
