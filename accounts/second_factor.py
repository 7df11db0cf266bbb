"""The second factor: who needs it, and whether a session has shown it."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.http import HttpRequest

from accounts.models import User
from accounts.reach import held_by

__all__ = ["AUTHENTICATION_METHODS_SESSION_KEY", "is_needed", "was_shown"]


def is_needed(user: User) -> bool:
    """Whether the person has a task here or may enter the administration."""
    return user.is_staff or user.is_superuser or bool(held_by(user))


def was_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown the second factor of this person."""
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)
