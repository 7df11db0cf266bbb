"""What holds for every page: it fits, it speaks both languages, and axe finds nothing, in light and in dark."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.demo.people import PEOPLE
from tests.browser.conftest import Complaints
from tests.doors import screens

WINDOWS = (("light", 1280), ("dark", 320))
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="package")
def shared(browser: Browser, site: str) -> Iterator[Callable[[str, int], BrowserContext]]:
    """One browser window a width and colour scheme, since a new one costs more than a page."""
    contexts: dict[tuple[str, int], BrowserContext] = {}

    def window(scheme: str, width: int) -> BrowserContext:
        if (scheme, width) not in contexts:
            contexts[scheme, width] = browser.new_context(
                base_url=site,
                color_scheme=scheme,  # type: ignore[arg-type]
                viewport={"width": width, "height": 800},
                reduced_motion="reduce",
                locale="nl-BE",
            )
        return contexts[scheme, width]

    yield window
    for context in contexts.values():
        context.close()


Shared = Callable[[str, int], BrowserContext]
PageOf = Callable[[BrowserContext], Page]
Visit = Callable[..., Page]


@pytest.fixture
def page_of(complaints: Complaints) -> Iterator[PageOf]:
    """A page of a window that others use too, watched, and closed after the test."""
    pages: list[Page] = []

    def make(window: BrowserContext) -> Page:
        page = window.new_page()
        pages.append(page)
        complaints.watch(page)
        return page

    yield make
    for page in pages:
        page.close()


@pytest.fixture
def visit(shared: Shared, page_of: PageOf) -> Visit:
    """Open a page in a window of a width and colour scheme, and wait until it is whole."""
    return lambda path, scheme="light", width=1280: arrived(page_of(shared(scheme, width)), path)


def arrived(page: Page, path: str) -> Page:
    page.goto(path)
    if path == "/kaart/" or path.startswith("/kaart/?"):
        page.locator(".map-sheet__face[data-ready=true]").wait_for()
    return page


def faults_of(page: Page, complaints: Complaints) -> list[str]:
    """What axe finds; what axe itself makes the browser complain about (it adds styles) is taken out again."""
    heard = len(complaints.found)
    options: dict[str, Any] = {**RULES, "preload": False, "resultTypes": ["violations"]}
    if page.locator("#map").count():
        # Leaflet draws past its frame, which cuts it off: axe thinks that those parts cover the page.
        options["rules"] = {"target-size": {"enabled": False}}
    found = Axe().run(page, options=options).response["violations"]
    del complaints.found[heard:]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def look(page: Page, path: str, complaints: Complaints) -> None:
    """Look at a page wide and light, then narrow and dark; the map is drawn for the width at which it was opened."""
    for scheme, width in WINDOWS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        if (scheme, width) == WINDOWS[0] or path.startswith("/kaart/"):
            arrived(page, path)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.locator("h1").count() == 1, path
        assert faults_of(page, complaints) == [], f"{path} in {scheme} at {width}"
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is {wider} px wider than {width}"


@pytest.mark.parametrize(("app", "path"), screens("public"))
def test_every_page_is_accessible_and_fits(
    app: str, path: str, shared: Shared, page_of: PageOf, complaints: Complaints
) -> None:
    look(page_of(shared("light", 1280)), path, complaints)


def sign_in(page: Page, name: str) -> None:
    """As one of the people of the demo, with the second step."""
    person = next(one for one in PEOPLE if one.name == name)
    page.goto("/account/login/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", person.password)
    page.keyboard.press("Enter")
    page.locator("input[name=code]").wait_for()
    page.fill("input[name=code]", person.code)
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text(name)


@pytest.fixture(scope="package")
def signed_in(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """One window of the administrator, since signing in costs more than a page."""
    context = browser.new_context(base_url=site, locale="nl-BE", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, "Beheerder")
    page.close()
    yield context
    context.close()


@pytest.mark.parametrize(("app", "path"), screens("staff"))
def test_every_page_of_staff_is_accessible_and_fits(
    app: str, path: str, signed_in: BrowserContext, page_of: PageOf, complaints: Complaints
) -> None:
    look(page_of(signed_in), path, complaints)


@pytest.mark.parametrize("width", [1024, 1216, 1280])
def test_the_menu_of_who_is_signed_in_keeps_to_one_line(signed_in: BrowserContext, width: int) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/raden/")
    bar = page.locator(".site-head__bar").bounding_box()
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
    assert bar is not None
    assert fits
    assert bar["height"] < 80


def test_suggestions_and_layers_are_accessible_when_open(visit: Visit, complaints: Complaints) -> None:
    page = visit("/", width=320)
    page.get_by_role("combobox").press_sequentially("meer", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults_of(page, complaints) == []
    page = visit("/kaart/", width=320)
    page.get_by_role("button", name="Lagen", exact=True).click()
    assert faults_of(page, complaints) == []


def test_a_missing_page_is_accessible_too(visit: Visit, complaints: Complaints) -> None:
    complaints.expect("404")
    assert faults_of(visit("/gebieden/bestaat-niet/"), complaints) == []


def test_both_languages(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Wat leeft er waar jij woont?")
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("h1")).to_have_text("What is going on where you live?")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/kaart/")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.get_by_role("button", name="Nederlands").first.click()
    expect(page.get_by_role("button", name="Druk af")).to_be_visible()


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press the tab key until what has the focus carries a name."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"{name!r} was not reached in {most} steps")


def test_by_keyboard_alone_from_the_start_to_the_address_of_the_library_in_two_choices(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Meerle")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Meerle")
    tab_to(page, "LDC en bibliotheek Meerle")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Gemeenteplein 1")


def test_the_skip_link_is_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/kaart/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_an_area_on_paper_takes_at_most_four_pages_with_all_that_opens_open(page: Page) -> None:
    page.goto("/gebieden/meerle/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ligt in")).to_be_visible()
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 4
