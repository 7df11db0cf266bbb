"""Who may sign in, and stay signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.models import User


def is_shut(user: Any) -> bool:
    """Whether this is a demo account outside the demo."""
    return bool(getattr(user, "is_demo", False)) and not settings.DEMO


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by e-mail; demo accounts exist in the demo only, also those that were signed in already."""

    def user_can_authenticate(self, user: User | None) -> bool:
        """Whether the account is open."""
        return bool(super().user_can_authenticate(user)) and not is_shut(user)

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session."""
        found: User | None = super().get_user(user_id)
        return found
