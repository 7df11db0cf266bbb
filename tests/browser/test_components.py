"""The look in a real browser: accessible in light and dark, nothing out of the screen at 320 px, no complaint of the CSP."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = ("/stijl/", "/account/login/", "/account/signup/", "/account/password/reset/", "/nergens/")


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A narrow phone, in light and in dark."""
    context = browser.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("url", PAGES)
def test_page_is_accessible_and_fits(phone: Page, url: str) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    phone.goto(url, wait_until="networkidle")
    # Without preloading: axe reads style sheets that import others by adding a style of its own, of which the browser complains.
    violations = Axe().run(phone, options={"preload": False}).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in violations] == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_menu_closes_with_escape_and_gives_the_focus_back(phone: Page) -> None:
    phone.goto("/stijl/")
    menu = phone.locator("details.site-menu.is-narrow")
    menu.locator("summary").click()
    menu.locator("a").first.focus()
    phone.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("e => e === document.activeElement")


def test_summary_of_mistakes_is_read_first(phone: Page) -> None:
    phone.goto("/account/signup/")
    phone.locator("form.form").evaluate("form => { form.noValidate = true }")
    phone.locator("form.form .button").click()
    summary = phone.locator(".error-summary")
    summary.wait_for()
    assert summary.evaluate("e => e === document.activeElement")
    summary.locator("a").first.click()
    assert phone.evaluate("location.hash") == "#id_email"


def test_title_link_covers_its_own_row_only(phone: Page) -> None:
    phone.goto("/stijl/")
    tall = phone.evaluate(
        """() => [...document.querySelectorAll('.title-link')].filter(link => {
             if (getComputedStyle(link, '::after').position !== 'absolute') return false;
             let around = link;
             while (around && getComputedStyle(around).position === 'static') around = around.parentElement;
             return around !== link && !around?.matches('.item-row, .waiting__row, .timeline tbody tr');
           }).map(link => link.textContent)"""
    )
    assert tall == []


def test_a_question_is_asked_first_and_escape_is_a_no(phone: Page) -> None:
    phone.goto("/stijl/")
    button, dialog = phone.locator("[popovertarget=style-confirm]").first, phone.locator("#style-confirm")
    assert not dialog.is_visible()
    button.click()
    assert dialog.evaluate("d => d.open && d.matches(':modal')")
    assert dialog.locator("[autofocus]").evaluate("e => e === document.activeElement")
    assert [(v["id"], v["nodes"][0]["target"]) for v in Axe().run(phone).response["violations"]] == []
    phone.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    phone.mouse.click(5, 5)
    assert not dialog.is_visible()


def test_a_form_in_steps_keeps_what_was_typed(phone: Page) -> None:
    phone.goto("/stijl/")
    form = phone.locator("form:has(.form-steps)")
    form.locator("[name=idea]").fill("Een bank")
    phone.keyboard.press("Enter")
    form.locator("[name=village][value=Midden]").check()
    form.get_by_role("button", name="Volgende stap").click()
    form.locator("[name=email]").fill("nog niet")
    form.get_by_role("button", name="Je idee", exact=True).click()
    assert form.locator("[name=idea]").input_value() == "Een bank"
    form.locator(".button").first.click()
    assert form.locator("[name=village][value=Midden]").is_checked()


def test_a_notice_is_put_away(phone: Page) -> None:
    phone.goto("/stijl/")
    notices = phone.locator("#dialogs .notice--passing")
    assert notices.count() == 2
    notices.first.locator(".close").click()
    assert notices.count() == 1
    assert notices.first.locator(".close").evaluate("e => e === document.activeElement")
