"""Every view is private unless it says that it is open."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Mark a view as open to visitors who are not signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def is_open(view: Any) -> bool:
    """Whether visitors may see the view; wrappers and class-based views are looked through."""
    while view is not None:
        if getattr(view, "open_to_all", False):
            return True
        for holder in ("view_class", "cls"):
            if getattr(getattr(view, holder, None), "open_to_all", False):
                return True
        view = getattr(view, "__wrapped__", None)
    return False
