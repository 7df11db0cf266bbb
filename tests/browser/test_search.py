import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import IN_MEER, IN_PARIS


def test_suggestions_are_walked_with_the_arrow_keys(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("bib meer", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Meer")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("q-list-0"))
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/werklocaties/[\w-]*meer"))


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("meer", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(field).to_have_value("meer")


def test_a_street_leads_to_what_is_there(page: Page) -> None:
    page.goto("/zoeken/?q=Hoogeind")
    expect(page.locator("main")).to_contain_text("Mosten")


def test_a_postcode_leads_to_its_village(page: Page) -> None:
    page.goto("/zoeken/?q=2321&alles")
    expect(page.locator(".search-rows a").first).to_contain_text("Meer")


def test_a_typing_mistake_is_forgiven(page: Page) -> None:
    page.goto("/zoeken/?q=bibliotek+meerle&alles")
    expect(page.locator(".search-rows a").first).to_contain_text("Meerle")


def test_nothing_found_gives_tips(page: Page) -> None:
    page.goto("/zoeken/?q=zzzzqqq")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(page.get_by_role("link", name="Bekijk alle gebieden")).to_be_visible()


def test_search_works_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Je adres, straat of dorp").fill("bibliotheek")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator(".search-rows a").first).to_be_visible()


def test_on_the_map_a_suggestion_opens_its_panel(page: Page) -> None:
    page.goto("/kaart/")
    page.locator(".map-sheet__face[data-ready=true]").wait_for()
    page.locator("[data-search-map] input").press_sequentially("wortel", delay=20)
    page.get_by_role("option").filter(has_text="Wortel").first.click()
    expect(page.locator("#panel h2")).to_contain_text("Wortel")
    expect(page).to_have_url(re.compile(r"/kaart/\?"))


def test_my_location_leads_to_my_area_and_stays_out_of_addresses(new_page: Callable[..., Page]) -> None:
    page = new_page(geolocation=IN_MEER, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page).to_have_url(re.compile(r"/gebieden/meer/$"))
    assert not [url for url in asked if "51.44" in url]


def test_outside_the_municipality_it_says_so(new_page: Callable[..., Page]) -> None:
    page = new_page(geolocation=IN_PARIS, permissions=["geolocation"])
    page.goto("/")
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page.get_by_text("Je bent buiten deze gemeente")).to_be_visible()


def test_a_refusal_is_said_in_words(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=[])
    page.goto("/")
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page.get_by_text("Je browser deelt je plek niet")).to_be_visible()
