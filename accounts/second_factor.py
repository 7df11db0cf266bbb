"""How a session was entered: with a second factor or not, who needs one, and through which identity providers."""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from accounts.reach import held_by

__all__ = ["AUTHENTICATION_METHODS_SESSION_KEY", "came_through", "is_needed", "lasted_too_long", "was_shown"]

LONGEST = (
    12 * 3600
)  # seconds that a sign-in at a provider lasts here: whoever was let go there is out the next day


def is_needed(user: User) -> bool:
    """Whether the person has a task here or may enter the administration."""
    return user.is_staff or user.is_superuser or bool(held_by(user))


def was_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown the second factor of this person."""
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def came_through(request: HttpRequest, user: User | AnonymousUser) -> frozenset[str]:
    """The identity providers that this session of the person was entered through."""
    return frozenset(str(record["provider"]) for record in _elsewhere(request, user))


def lasted_too_long(request: HttpRequest, user: User) -> bool:
    """Whether a sign-in at a provider was too long ago to go on with."""
    return any(time.time() - record["at"] > LONGEST for record in _elsewhere(request, user))


def _elsewhere(request: HttpRequest, user: User | AnonymousUser) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return [record for record in records if record.get("method") == "socialaccount"]
