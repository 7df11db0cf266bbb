"""How allauth behaves here: whose name mails carry, and that staff keep their second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from accounts import second_factor
from accounts.backends import is_shut
from accounts.models import User
from areas.current import municipality_of


class _Sender:
    """What the mails of allauth call the site: the municipality."""

    def __init__(self, name: str, domain: str) -> None:
        self.name, self.domain = name, domain

    def __str__(self) -> str:
        return self.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails go out in the name of the municipality, through the mail queue."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The last word before a session starts; allauth looks only at `is_active` when a backend refused."""
        if is_shut(user):
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """Send a mail of allauth; `current_site` is the municipality at this address."""
        super().send_mail(template_prefix, email, {**context_, "current_site": _sender()})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Whoever has a role keeps the second factor."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only people without a task may do without."""
        return not second_factor.is_needed(authenticator.user)

    def get_totp_issuer(self) -> str:
        """How an authenticator app calls this site."""
        return f"Gebiedsplein {_sender().name}".strip()


def _sender() -> _Sender:
    request = context.request
    municipality = municipality_of(request)
    return _Sender(municipality.name if municipality else "Gebiedsplein", request.get_host())
