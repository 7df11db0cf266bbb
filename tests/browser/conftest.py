"""The real chromium against the real demo, served as a site is served. A test fails on whatever the browser complains about."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django import DjangoDbBlocker

from tests.needs import find_program
from tests.server import serving

# Playwright keeps a loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Meer, and a place far outside of it.
IN_MEER = {"latitude": 51.4437, "longitude": 4.7335}
IN_PARIS = {"latitude": 48.8566, "longitude": 2.3522}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Without any such mark pytest-django makes no test database, and the server would use the real one.
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium instead of a download."""
    return {
        **browser_type_launch_args,
        "executable_path": find_program(*CHROMIUM),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "nl-BE",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="package")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the site with the demo municipality; the tests only look, so they share it."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))),
    ):
        assert _is_test_database(), "the demo of the tests would go into a real database"
        call_command("load_demo", verbosity=0)
        cache.clear()
        with serving() as address:
            yield address
        if _is_test_database():  # a real one is never emptied
            call_command("flush", interactive=False, verbosity=0)


def _is_test_database() -> bool:
    return str(connection.settings_dict["NAME"]).startswith("test_")


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], site: str) -> BrowserContext:
    """A browser in which pages are opened by their path."""
    return new_context(base_url=site)


class Complaints:
    """What the browser complained about: errors, refusals of the content policy, requests to others."""

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.found: list[str] = []
        self.expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """A complaint that this test causes on purpose."""
        self.expected.append(re.compile(pattern))

    def watch(self, window: BrowserContext | Page) -> None:
        """Listen to a whole browser window, or to one page of it."""
        window.on("console", self._console)
        window.on("request", self._request)
        if isinstance(window, Page):
            window.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        else:
            window.on("weberror", lambda error: self.found.append(f"error: {error.error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != self.host:
            self.found.append(f"request to another host: {request.url}")

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.found if not any(pattern.search(text) for pattern in self.expected)]


@pytest.fixture
def complaints(site: str) -> Complaints:
    return Complaints(site)


@pytest.fixture(autouse=True)
def _no_complaints(context: BrowserContext, complaints: Complaints) -> Iterator[None]:
    complaints.watch(context)
    yield
    assert complaints.unexpected == []


@pytest.fixture
def new_page(browser: Browser, site: str, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """A page in a context of its own, for another width, colour scheme, touch or no script."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> Page:
        defaults: dict[str, Any] = {"base_url": site, "locale": "nl-BE", "reduced_motion": "reduce"}
        context = browser.new_context(**{**defaults, **options})
        complaints.watch(context)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def open_map(page: Page, query: str = "") -> None:
    """Open the map and wait until it is drawn."""
    page.goto(f"/kaart/{query}")
    page.locator(".map-sheet__face[data-ready=true]").wait_for()
