"""Every view is private unless it says that it is open; an object that somebody has no permission for is not there."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

View = TypeVar("View", bound=Callable[..., Any])
M = TypeVar("M", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])
Condition = Callable[[Any, type[Model]], Q]

_conditions: dict[str, Condition] = {}


def answers_for_rows(permission: str, condition: Condition) -> None:
    """Say which rows of a model a person has a permission for; whoever decides about people registers it (accounts.rules)."""
    if permission in _conditions:
        raise KeyError(f"the rows of {permission} are said already")
    _conditions[permission] = condition


def permitted(queryset: Rows, user: Any, permission: str) -> Rows:
    """Those of a queryset that a person has a permission for: `user.has_perm(permission, obj)` of each, in the same query."""
    return queryset.filter(_conditions[permission](user, queryset.model))


def permitted_or_404(queryset: QuerySet[M], user: Any, permission: str, **lookup: Any) -> M:
    """The one object that is looked for, when the person has the permission for it; for others it is as if it were not there."""
    return get_object_or_404(permitted(queryset, user, permission), **lookup)


def owner_of(request: HttpRequest) -> UUID:
    """Who asks, as jobs and files know people; only for pages that nobody sees without signing in."""
    owner: UUID = request.user.uuid  # type: ignore[union-attr]  # a visitor has no permission
    return owner


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
