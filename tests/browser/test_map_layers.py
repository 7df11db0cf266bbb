"""Points, lines and polygons of a made-up app on the map: drawn, reached, opened in place, narrowed, on paper."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from areas.models import Municipality
from tests import made_up
from tests.browser.conftest import open_map

THEIRS = "?lagen=banken,routes,weiden"


@pytest.fixture(scope="module", autouse=True)
def app(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two benches, a route and a meadow in Meer."""
    with django_db_blocker.unblock(), made_up.installed():
        of = {"municipality": Municipality.objects.get()}
        made_up.Bench.objects.create(
            slug="linde", name="Bank bij de linde", place=made_up.place("POINT (4.71 51.45)"), **of
        )
        made_up.Bench.objects.create(
            slug="beek",
            name="Bank aan de beek",
            made_of=made_up.STEEL,
            place=made_up.place("POINT (4.75 51.43)"),
            **of,
        )
        way = made_up.place("LINESTRING (4.70 51.44, 4.72 51.435, 4.74 51.445)")
        made_up.Route.objects.create(slug="kerkpad", name="Kerkpad", place=way, **of)
        field = made_up.place(
            "MULTIPOLYGON (((4.70 51.46, 4.72 51.46, 4.72 51.465, 4.70 51.465, 4.70 51.46)))"
        )
        made_up.Meadow.objects.create(slug="broek", name="Het Broek", place=field, **of)
        cache.clear()
        yield
    cache.clear()


def sign(layer: str, slug: str) -> str:
    return f'#map .map-marker[data-layer="{layer}"][data-pin="{slug}"]'


def test_each_has_a_sign_with_a_name_above_its_line_or_face(page: Page) -> None:
    open_map(page, THEIRS)
    expect(page.locator("#map .map-marker")).to_have_count(4)
    expect(page.locator("#map .thing-line.symbol-action")).to_have_count(1)
    expect(page.locator("#map .thing-face.symbol-round")).to_have_count(1)
    expect(page.locator(sign("banken", "beek"))).to_have_accessible_name("Bank aan de beek, staal")
    expect(page.locator(sign("routes", "kerkpad"))).to_have_accessible_name("Kerkpad")


def test_a_line_opens_in_place_by_a_click_on_it_or_beside_it(page: Page) -> None:
    open_map(page, THEIRS)
    box = page.locator("#map .thing-band").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] * 0.55)
    expect(page.locator("#panel h2")).to_have_text("Kerkpad")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/kaart/\?.*kies=routes:kerkpad"))
    expect(page.locator("#map .chosen-place")).to_have_count(1)


def test_by_keyboard_and_back_to_where_one_was(page: Page) -> None:
    open_map(page, THEIRS)
    meadow = page.locator(sign("weiden", "broek"))
    meadow.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#map .focus-line")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Het Broek")
    page.keyboard.press("Escape")
    expect(page.locator(sign("weiden", "broek"))).to_be_focused()


def test_a_filter_of_theirs_leaves_the_other_layers(page: Page) -> None:
    open_map(page, THEIRS)
    page.locator("#filter-stof").select_option("staal")
    expect(page.locator(sign("banken", "linde"))).to_have_count(0)
    expect(page.locator(sign("banken", "beek"))).to_be_visible()
    expect(page.locator(sign("routes", "kerkpad"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"stof=staal"))
    page.go_back()
    expect(page.locator(sign("banken", "linde"))).to_be_visible()


def test_a_shared_address_brings_what_was_chosen_into_view(page: Page) -> None:
    open_map(page, f"{THEIRS}&kies=weiden:broek")
    expect(page.locator("#panel h2")).to_have_text("Het Broek")
    expect(page.locator(sign("weiden", "broek"))).to_be_in_viewport()


def test_without_a_script_and_on_paper_they_are_drawn(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/kaart/{THEIRS}")
    expect(page.locator("#map-drawing .thing-line")).to_have_count(1)
    page.locator('#map-drawing a[href*="kies=weiden:broek"]').click()
    expect(page.locator("#panel h2")).to_have_text("Het Broek")
    page.emulate_media(media="print")
    expect(page.locator("#map-drawing .thing-face")).to_be_visible()
