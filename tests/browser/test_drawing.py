"""Drawing on the map: with a mouse, with a finger, with the keyboard alone, without tiles, and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints

PLACE = "#id_place"
FIELD = "#id_field"


def start(page: Page, kind: str) -> Locator:
    """The drawing of the style page, ready for a kind."""
    page.goto("/stijl/#drawing")
    draw = page.locator(PLACE)
    draw.locator(f"input[value={kind}]").check()
    draw.locator(".draw__face[data-ready=true]").wait_for()
    draw.locator(".draw__map").evaluate("element => element.scrollIntoView({block: 'center'})")
    return draw


def at(draw: Locator, across: float, down: float) -> tuple[float, float]:
    box = draw.locator(".draw__map").bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def places(draw: Locator) -> list[tuple[float, float]]:
    lines = draw.locator("textarea").input_value().replace(",", ".").splitlines()
    return [(float(north), float(east)) for north, east in (line.split() for line in lines)]


def said(draw: Locator) -> Locator:
    return draw.locator("[data-draw-status]")


def press(draw: Locator, name: str) -> None:
    draw.get_by_role("button", name=name, exact=True).click()


def test_a_mouse_draws_a_polygon_drags_a_point_and_takes_it_back(page: Page) -> None:
    draw = start(page, "polygon")
    for across, down in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.7), (0.3, 0.7)):
        page.mouse.click(*at(draw, across, down))
    expect(draw.locator(".draw__point")).to_have_count(4)
    expect(said(draw)).to_have_text(re.compile(r"Punt 4 is toegevoegd, .* west van punt 3\."))
    page.mouse.click(*at(draw, 0.3, 0.3))  # the first point finishes
    expect(said(draw)).to_have_text(re.compile(r"Het vlak is klaar: 4 punten, [\d.]+ ha\."))
    page.mouse.click(*at(draw, 0.45, 0.5))
    expect(said(draw)).to_have_text(re.compile("Dit is klaar."))
    before = places(draw)
    page.mouse.move(*at(draw, 0.6, 0.7))
    page.mouse.down()
    page.mouse.move(*at(draw, 0.7, 0.8), steps=4)
    page.mouse.up()
    expect(said(draw)).to_have_text(re.compile("Punt 3 is verzet"))
    after = places(draw)
    assert after[2] != before[2]
    assert after[:2] == before[:2]
    press(draw, "Maak ongedaan")
    assert places(draw) == before
    press(draw, "Laatste weg")
    assert places(draw) == before[:3]


def test_a_finger_draws_a_line_at_360_pixels(new_page: Callable[..., Page]) -> None:
    page = new_page(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    draw = start(page, "line")
    for across, down in ((0.3, 0.3), (0.5, 0.5), (0.6, 0.3)):
        page.touchscreen.tap(*at(draw, across, down))
    expect(draw.locator(".draw__point")).to_have_count(3)
    press(draw, "Klaar")
    expect(said(draw)).to_have_text(re.compile(r"De lijn is klaar: 3 punten, [\d,]+ km\."))
    for button in draw.locator("button:visible").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    handle = draw.locator(".draw__handle").first.bounding_box()
    assert handle
    assert (handle["width"], handle["height"]) == (44, 44)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def drag_by_touch(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """What a finger does; Playwright itself only taps."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    touch("touchStart", start)
    for part in (0.3, 0.6, 1.0):
        touch("touchMove", (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    touch("touchEnd")


def test_a_finger_drags_a_point_while_the_page_stays(new_page: Callable[..., Page]) -> None:
    page = new_page(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    draw = start(page, "point")
    page.touchscreen.tap(*at(draw, 0.4, 0.4))
    (before,) = places(draw)
    scrolled = page.evaluate("scrollY")
    drag_by_touch(page, at(draw, 0.4, 0.4), at(draw, 0.6, 0.6))
    expect(said(draw)).to_have_text(re.compile("Punt 1 is verzet"))
    (after,) = places(draw)
    assert after[0] < before[0]
    assert after[1] > before[1]
    assert page.evaluate("scrollY") == scrolled


def test_the_keyboard_alone_draws_moves_inserts_and_removes(page: Page) -> None:
    draw = start(page, "line")
    draw.locator("input[value=line]").focus()
    page.keyboard.press("Tab")
    expect(draw.get_by_role("application")).to_be_focused()
    expect(draw.locator(".draw__cross")).to_be_visible()
    page.keyboard.press("Enter")
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(draw.locator(".draw__point")).to_have_count(2)
    first, second = places(draw)
    assert second[1] > first[1]

    rows = draw.locator(".draw__vertex")
    rows.nth(1).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    expect(said(draw)).to_have_text(re.compile("Punt 2 is verzet"))
    moved = places(draw)[1]
    assert (moved[0] - second[0]) * 111_320 == pytest.approx(105, abs=0.2)
    expect(rows.nth(1)).to_be_focused()

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # add after the first
    expect(draw.locator(".draw__point")).to_have_count(3)
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_have_accessible_name(
        re.compile(r"Punt 2: .* van punt 1 51,\d{6} noord, 4,\d{6} oost")
    )
    page.keyboard.press("Delete")
    expect(draw.locator(".draw__point")).to_have_count(2)
    expect(said(draw)).to_have_text("Punt 2 is weg. 2 punten.")
    expect(rows.nth(1)).to_be_focused()


def test_a_chosen_point_moves_with_buttons_too(page: Page) -> None:
    draw = start(page, "point")
    press(draw, "Punt in het midden")
    (before,) = places(draw)
    draw.get_by_label("Grote stappen").check()
    press(draw, "Noord")
    (after,) = places(draw)
    assert (after[0] - before[0]) * 111_320 == pytest.approx(100, abs=0.2)
    draw.get_by_role("button", name="Haal punt 1 weg").click()
    assert places(draw) == []
    expect(draw.get_by_role("button", name="Punt in het midden")).to_be_focused()


def test_too_few_points_are_not_finished(page: Page) -> None:
    draw = start(page, "polygon")
    press(draw, "Punt in het midden")
    press(draw, "Klaar")
    expect(said(draw)).to_have_text("Een vlak heeft minstens drie punten nodig.")


def test_the_most_points_are_the_most(page: Page) -> None:
    page.goto("/stijl/#drawing")
    field = page.locator(FIELD)
    field.locator("textarea").evaluate(
        "(text, value) => { text.value = value; text.dispatchEvent(new Event('change', {bubbles: true})); }",
        "\n".join(f"51,44{n:02} 4,73" for n in range(12)),
    )
    expect(said(field)).to_have_text("De tekst staat op de kaart: 12 punten.")
    field.get_by_role("button", name="Voeg een punt toe na punt 1", exact=True).click()
    expect(said(field)).to_have_text("Er mogen 12 punten zijn. Laat er eerst enkele weg.")
    expect(field.locator(".draw__point")).to_have_count(12)


def test_what_is_drawn_comes_back_after_drawing_nothing(page: Page) -> None:
    draw = start(page, "line")
    press(draw, "Punt in het midden")
    there = places(draw)
    draw.get_by_label("In het hele gebied").check()
    assert places(draw) == []
    expect(draw.locator(".draw__map")).to_be_hidden()
    draw.get_by_label("Een lijn").check()
    assert places(draw) == there


def test_pasted_geojson_is_on_the_map_and_nonsense_stays_where_it_is(page: Page) -> None:
    draw = start(page, "line")
    draw.get_by_text("De punten als tekst").click()
    text = draw.locator("textarea")
    text.fill('{"type": "Polygon", "coordinates": [[[4.71,51.44],[4.73,51.44],[4.72,51.45],[4.71,51.44]]]}')
    text.blur()
    expect(draw.get_by_label("Een vlak")).to_be_checked()
    expect(draw.locator(".draw__point")).to_have_count(3)
    text.fill("bij de kerk")
    text.blur()
    expect(said(draw)).to_have_text(re.compile("nog niet te begrijpen"))
    expect(text).to_have_value("bij de kerk")


def test_a_mistake_that_the_server_found_is_on_the_map(page: Page) -> None:
    page.goto("/stijl/#drawing")
    field = page.locator(FIELD)
    expect(field.locator(".draw__handle")).to_have_count(4)
    expect(page.locator("#drawing .field__error")).to_contain_text("De zijde van punt 1 naar punt 2 kruist")


def test_it_works_without_the_areas(page: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_FAILED")
    page.route("**/kaartlagen/**", lambda route: route.abort())
    draw = start(page, "point")
    expect(said(draw)).to_have_text(re.compile("De gebieden konden niet worden opgehaald"))
    page.mouse.click(*at(draw, 0.5, 0.5))
    assert len(places(draw)) == 1


def test_it_works_without_the_map(page: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_FAILED")
    page.route("**/leaflet*.js", lambda route: route.abort())
    page.goto("/stijl/#drawing")
    draw = page.locator(PLACE)
    draw.locator("input[value=point]").check()
    press(draw, "Punt in het midden")
    assert len(places(draw)) == 1
    expect(draw.locator(".draw__map")).to_be_hidden()


def test_without_a_script_there_is_a_text(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/stijl/#drawing")
    draw = page.locator(PLACE)
    expect(draw.get_by_label("Eén punt per regel")).to_be_visible()
    expect(draw.locator(".draw__map")).to_be_hidden()
    expect(page.locator(f"{FIELD} textarea")).to_have_value(re.compile("51,4405 4,7290"))
