"""Navigation: the entries of the main menu, of a person's own menu and of the foot of every page, each brought by its app."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise

from core.registry import RegistrationError, Registry


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One of the views of a thing, as `partials/tabs.html` shows them; `count` is how much there is in it."""

    title: str | Promise
    url: str
    count: int | None = None
    is_current: bool = False


class Place(Enum):
    """Where an entry stands."""

    MAIN = "main"
    ACCOUNT = "account"
    FOOT = "foot"


class Shown(Protocol):
    """Whether the person who asks sees an entry; it runs no query."""

    def __call__(self, *, request: HttpRequest) -> bool: ...


def everybody(*, request: HttpRequest) -> bool:
    """The default of who sees an entry."""
    return True


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry in `navigation.py` of an app: `url` is its address ("/kaart/"), `shown` says who sees it; with
    `is_exact` it is the current one on that page alone, not on those below it; pages below one of `also` are its pages too."""

    name: str
    label: str | Promise
    url: str
    order: int = 100
    place: Place = Place.MAIN
    shown: Shown = everybody
    is_exact: bool = False
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.url.startswith("/"):
            raise RegistrationError(f"NavItem {self.name!r}: url {self.url!r} must start with a slash")


@dataclass(frozen=True)
class ShownItem:
    """An entry as the page shows it."""

    label: str | Promise
    url: str
    is_current: bool


nav_items: Registry[NavItem] = Registry(NavItem, "navigation")


def items_for(request: HttpRequest, place: Place) -> list[ShownItem]:
    """The entries of a place that exist and that this person may see, in order."""
    return [
        ShownItem(item.label, item.url, _is_current(item, request.path))
        for item in nav_items
        if item.place is place and _exists(item.url) and item.shown(request=request)
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `account_nav` and `foot_nav`."""
    return {
        "nav": items_for(request, Place.MAIN),
        "account_nav": items_for(request, Place.ACCOUNT),
        "foot_nav": items_for(request, Place.FOOT),
    }


def _is_current(item: NavItem, path: str) -> bool:
    return path == item.url if item.is_exact else path.startswith((item.url, *item.also))


@cache
def _exists(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
