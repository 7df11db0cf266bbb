import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import IN_MEER, Complaints, open_map

LAYERS = ("werklocaties", "acties", "raden")


def signs(layer: str) -> str:
    return f'#map .map-marker[data-layer="{layer}"]'


def test_a_click_on_an_area_opens_its_panel_and_the_address_says_so(page: Page) -> None:
    open_map(page)
    page.locator('#map [data-area="meerle"]').click(position={"x": 60, "y": 120})
    expect(page.locator("#panel h2")).to_have_text("Meerle")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page).to_have_url(re.compile(r"kies=wijk:meerle"))
    assert page.title().startswith("Meerle")


def test_a_reload_shows_the_same(page: Page) -> None:
    open_map(page, "?kies=wijk:wortel&lagen=&z=12.5&c=51.4,4.82")
    expect(page.locator("#panel h2")).to_have_text("Wortel")
    expect(page.locator('#map-filters input[name="lagen"][type=checkbox]')).to_have_count(len(LAYERS))
    expect(page.locator('#map-filters input[name="lagen"]:checked')).to_have_count(0)
    assert page.locator("#map .map-marker").count() == 0
    address = page.url
    page.reload()
    page.locator(".map-sheet__face[data-ready=true]").wait_for()
    assert page.url == address
    expect(page.locator("#panel h2")).to_have_text("Wortel")


def test_back_undoes_each_step(page: Page) -> None:
    open_map(page)
    page.locator('#panel a[href*="kies=wijk:meer"]').first.click()
    expect(page.locator("#panel h2")).to_have_text("Meer")
    page.locator("#filter-dienst").select_option("bibliotheek")
    expect(page).to_have_url(re.compile(r"dienst=bibliotheek"))
    page.go_back()
    expect(page).not_to_have_url(re.compile(r"dienst="))
    expect(page.locator("#filter-dienst")).to_have_value("")
    expect(page.locator("#panel h2")).to_have_text("Meer")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("Wijken")


def test_moving_the_map_is_noted_without_a_step_back(page: Page) -> None:
    open_map(page)
    steps = page.evaluate("history.length")
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"z=[\d.]+&c=51\.\d+,4\.\d+"))
    assert page.evaluate("history.length") == steps


def test_a_layer_can_be_switched_off_and_on(page: Page) -> None:
    open_map(page, "?lagen=werklocaties&lagen=acties")
    locations, actions, _councils = (page.locator(signs(layer)) for layer in LAYERS)
    assert locations.count() > 3
    known = actions.count()
    assert known > 3
    box = page.get_by_role("checkbox", name=re.compile("Werklocaties"))
    box.uncheck()
    expect(locations).to_have_count(0)
    expect(actions).to_have_count(known)
    expect(page).to_have_url(re.compile(r"lagen=acties(&|$)"))
    other = page.get_by_role("checkbox", name=re.compile("Acties van plannen"))
    other.uncheck()
    expect(page.locator("#map .map-marker")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"lagen=(&|$)"))
    other.check()
    expect(actions).to_have_count(known)
    expect(locations).to_have_count(0)
    box.check()
    expect(locations.first).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("raden")).check()
    expect(page).not_to_have_url(re.compile(r"lagen="))


def test_a_service_leaves_only_where_it_is_offered(page: Page) -> None:
    open_map(page)
    page.locator("#filter-dienst").select_option("bibliotheek")
    listed = page.locator('#panel a[href*="kies=werklocaties:"]')
    expect(page.locator('#panel h3:text-is("Bibliotheek")')).to_be_visible()
    assert page.locator(signs("werklocaties")).count() == listed.count() > 2
    assert page.locator(signs("acties")).count() > 3


def test_another_kind_of_areas(page: Page) -> None:
    open_map(page)
    expect(page.locator("#map [data-area]")).to_have_count(6)
    page.locator("#kind").select_option("deelgemeente")
    expect(page.locator("#map [data-area]")).to_have_count(5)
    expect(page).to_have_url(re.compile(r"soort=deelgemeente"))
    expect(page.locator("#panel h2")).to_have_text("Deelgemeenten")


def test_a_shared_address_of_an_area_brings_its_kind_along(page: Page) -> None:
    open_map(page, "?kies=deelgemeente:meer-deelgemeente")
    expect(page.locator("#map [data-area]")).to_have_count(5)
    expect(page.locator("#kind")).to_have_value("deelgemeente")


def test_areas_open_and_close_by_keyboard(page: Page) -> None:
    open_map(page)
    shape = page.locator('#map [data-area="meerle"]')
    shape.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#panel h2")).to_have_text("Meerle")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("Wijken")
    expect(page.locator('#map [data-area="meerle"]')).to_be_focused()


def test_every_area_and_symbol_is_reached_with_the_tab_key(page: Page) -> None:
    open_map(page)
    page.locator("#map").focus()
    wanted = page.locator("#map [data-area]").count() + page.locator("#map .map-marker").count()
    reached = set()
    for _step in range(wanted):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert name, "a part of the map without a name"
        reached.add(
            page.evaluate("document.activeElement.dataset.area ?? document.activeElement.dataset.pin")
        )
    assert len(reached) == wanted


def test_symbols_open_by_keyboard_and_give_the_focus_back(page: Page) -> None:
    open_map(page, "?z=15&c=51.4745,4.801")
    for layer in LAYERS:
        pin = page.locator(f"{signs(layer)}:not(:has(.symbol--group))").first
        pin.focus()
        slug = pin.get_attribute("data-pin")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"kies={layer}:{slug}"))
        expect(page.locator("#panel h2")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(f'{signs(layer)}[data-pin="{slug}"]')).to_be_focused()


def test_what_is_approximate_looks_and_is_called_approximate(page: Page) -> None:
    open_map(page, "?z=16&c=51.4745,4.801")
    pin = page.locator("#map .map-marker:has(.symbol-approximate)").first
    expect(pin).to_have_accessible_name(re.compile("bij benadering"))


def test_a_layer_that_fails_says_so_and_can_be_tried_again(page: Page, complaints: Complaints) -> None:
    complaints.expect("Failed to load resource|net::ERR")
    page.route("**/kaartlagen/wijk.geojson*", lambda route: route.abort())
    page.goto("/kaart/")
    expect(page.get_by_text("De kaart laadt niet")).to_be_visible()
    expect(page.locator("#map-drawing > svg")).to_be_visible()
    page.unroute("**/kaartlagen/wijk.geojson*")
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.locator(".map-sheet__face[data-ready=true]").wait_for()
    expect(page.get_by_text("De kaart laadt niet")).to_be_hidden()


def test_without_a_script_the_drawn_map_and_the_filters_work(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/kaart/?kies=wijk:meer")
    expect(page.locator("#map-drawing > svg")).to_be_visible()
    expect(page.locator("#panel h2")).to_have_text("Meer")
    page.locator("#filter-dienst").select_option("bibliotheek")
    page.get_by_role("button", name="Toon op de kaart").click()
    expect(page).to_have_url(re.compile(r"dienst=bibliotheek"))
    expect(page.locator("#panel h2")).to_have_text("Meer")
    page.locator('#map-drawing a[data-area="wortel"]').click(position={"x": 60, "y": 30})
    expect(page.locator("#panel h2")).to_have_text("Wortel")
    expect(page).to_have_url(re.compile(r"dienst=bibliotheek"))


def test_on_a_phone_one_finger_scrolls_and_the_sheet_shows_the_layers(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    open_map(page)
    assert page.locator("#map").evaluate("element => getComputedStyle(element).touchAction") == "pan-x pan-y"
    layers = page.get_by_role("checkbox", name=re.compile("Werklocaties"))
    expect(layers).to_be_hidden()
    page.get_by_role("button", name="Lagen", exact=True).tap()
    expect(layers).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    page.get_by_role("button", name=re.compile("Sluit lagen")).tap()
    expect(page.locator("#panel")).to_be_visible()


def test_my_place_stays_in_the_browser(new_page: Callable[..., Page]) -> None:
    page = new_page(geolocation=IN_MEER, permissions=["geolocation"])
    sent: list[str] = []
    open_map(page)
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Toon mijn plek").click()
    expect(page.locator("#map .my-place")).to_be_visible()
    assert not [url for url in sent if "51.44" in url or "4.73" in url]


def test_on_paper_there_is_the_drawing_the_list_the_legend_and_the_source(page: Page) -> None:
    open_map(page, "?kies=wijk:meer")
    page.emulate_media(media="print")
    expect(page.locator("#map-drawing > svg")).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("#panel h2")).to_be_visible()
    expect(page.locator("#legend-title")).to_be_visible()
    expect(page.locator(".map-credit")).to_be_visible()
    expect(page.locator("#map-filters")).to_be_hidden()
    expect(page.locator("#map-drawing .chosen")).to_have_count(1)
