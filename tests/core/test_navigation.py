"""Entries of the menus: a wrong registration says what is wrong; an address that is not there is not shown."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from core.navigation import NavItem, Place, items_for, nav_items
from core.registry import RegistrationError


@pytest.fixture
def registered() -> Iterator[list[str]]:
    names: list[str] = []
    yield names
    for name in names:
        nav_items.unregister(name)


def add(registered: list[str], **fields: object) -> None:
    item = nav_items.register(NavItem(**{"name": "core.test", "label": "Test", "url": "/stijl/", **fields}))  # type: ignore[arg-type]
    registered.append(item.name)


def labels(path: str = "/", place: Place = Place.MAIN) -> list[str]:
    return [str(item.label) for item in items_for(RequestFactory().get(path), place)]


def test_entry_stands_in_its_place_and_order(registered: list[str]) -> None:
    add(registered, order=1)
    assert labels()[0] == "Test"
    assert "Test" not in labels(place=Place.FOOT)


def test_entry_to_nowhere_is_not_shown(registered: list[str]) -> None:
    add(registered, url="/bestaat-niet/")
    assert "Test" not in labels()


def test_entry_is_shown_only_to_whom_it_is_for(registered: list[str]) -> None:
    add(registered, shown=lambda *, request: False)
    assert "Test" not in labels()


@pytest.mark.parametrize(
    ("path", "current"), [("/gebieden/", True), ("/gebieden/meerle/", True), ("/stijl/", False)]
)
def test_entry_of_the_page_itself_is_current(path: str, current: bool) -> None:
    items = items_for(RequestFactory().get(path), Place.MAIN)
    assert {item.url: item.is_current for item in items}["/gebieden/"] is current


def test_pages_elsewhere_belong_to_an_entry_that_says_so() -> None:
    items = items_for(RequestFactory().get("/adviezen/2026-1/"), Place.MAIN)
    assert [item.url for item in items if item.is_current] == ["/raden/"]


def test_url_without_slash_is_refused() -> None:
    with pytest.raises(RegistrationError, match="must start with a slash"):
        NavItem(name="core.test", label="Test", url="kaart/")


def test_entry_twice_is_refused(registered: list[str]) -> None:
    add(registered)
    with pytest.raises(RegistrationError, match="registered twice"):
        add(registered)
