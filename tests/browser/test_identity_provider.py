"""Signing in with an identity provider, by clicking: on to it, back from it, and out."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Page, expect

from areas.models import Municipality
from tests.accounts.oidc.conftest import RESIDENTS, described
from tests.accounts.oidc.provider import ANN, PASSWORD, RunningProvider
from tests.browser.conftest import Complaints
from tests.browser.test_screen import RULES


@pytest.fixture(scope="module")
def running(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    provider = RunningProvider(
        tmp_path_factory.mktemp("provider"), [f"{site}/account/aanmelden/residents/terug/"], [f"{site}/"]
    )
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def page(
    running: RunningProvider, site: str, complaints: Complaints, new_page: Callable[..., Page]
) -> Iterator[Page]:
    """A page of the demo with a provider for its residents."""
    complaints.expect(re.escape(running.url))  # the visit to the provider itself,
    complaints.expect("status of 404")  # which has no icon
    here = Municipality.objects.get()
    told = described("RESIDENTS", running.url, "residents", "Burgerloket", RESIDENTS)
    with override_settings(
        OIDC={"OIDC_PROVIDERS": "residents", **told, "OIDC_RESIDENTS_MUNICIPALITY": here.slug}
    ):
        yield new_page()


def fine(page: Page) -> None:
    """Axe finds nothing."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_there_and_back_and_out(page: Page, running: RunningProvider) -> None:
    running.says(ANN, email=ANN, email_verified=True, address={"postal_code": "2320"})
    page.goto("/account/login/?next=/mijn/")
    fine(page)
    page.get_by_role("button", name="Aanmelden met Burgerloket").click()
    page.wait_for_url(f"{running.url}/**")
    page.locator("[name=login]").fill(ANN)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/mijn/")
    page.goto("/mijn/gegevens/")
    expect(page.get_by_text("Je woont in Hoogstraten.")).to_be_visible()
    fine(page)
    page.goto("/account/koppelingen/")
    fine(page)
    page.goto("/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url("**/account/afgemeld/residents/")
    fine(page)
    page.get_by_role("link", name="Ook afmelden bij Burgerloket").click()
    page.wait_for_url(f"{running.url}/**")


def test_the_pages_for_when_it_goes_wrong(
    page: Page, running: RunningProvider, complaints: Complaints
) -> None:
    complaints.expect("status of 400|status of 403")
    for path in (
        "/account/aanmelden/residents/",
        "/account/aanmelden/residents/terug/?state=verlopen&code=x",
    ):
        page.goto(path)
        fine(page)
