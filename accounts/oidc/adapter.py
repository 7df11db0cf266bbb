"""What a sign-in elsewhere means here: whose account it is, and which mistakes get which page."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from requests import RequestException

from accounts.models import User
from accounts.oidc.claims import may_link
from accounts.oidc.configuration import providers
from accounts.oidc.provider import ID, Provider
from accounts.oidc.session import ProviderSession
from areas.current import municipality_of

log = logging.getLogger(__name__)


class ProviderAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the environment only, each at the site of its own municipality."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of the municipality of this site."""
        found = providers()
        here = municipality_of(request) if found and request is not None else None
        return [
            SocialApp(
                provider=ID, provider_id=one.name, name=one.label, client_id=one.client_id,
                secret=one.client_secret, settings={"server_url": one.url},
            )
            for one in found.values()
            if provider in (None, ID, one.name) and here is not None and one.municipality == here.slug
        ]  # fmt: skip

    def get_requests_session(self) -> ProviderSession:
        """How a provider is asked."""
        return ProviderSession()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """What a new account starts with."""
        user: User = sociallogin.user
        user.email = data.get("email", "")
        user.name = data.get("name", "")[: User._meta.get_field("name").max_length]
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """The whole new account, or nothing of it."""
        user: User = super().save_user(request, sociallogin, form)
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Whose account it is by the address: when both sides confirmed it, and the configuration trusts this provider with it.

        Never that of an operator; nor one that somebody with the same address at this provider has already (addresses of former
        colleagues are given out again).
        """
        configured = sociallogin.provider.configured
        for address in sociallogin.email_addresses:
            if not address.verified or not may_link(configured.claims, address.email):
                continue
            owner = (
                User.objects.filter(
                    pk__in=EmailAddress.objects.filter(email=address.email, verified=True).values("user"),
                    is_staff=False,
                    is_superuser=False,
                )
                .exclude(pk__in=SocialAccount.objects.filter(provider=configured.name).values("user"))
                .first()
            )
            if owner is not None:
                return owner, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep what is vouched for until then, drop the access token; connecting asks for the second factor first."""
        sociallogin.state["facts"] = sociallogin.vouched.stored()
        sociallogin.token = None
        connects = sociallogin.state.get("process") == AuthProcess.CONNECT
        if connects and getattr(request.user, "roles_withheld", False):
            raise ImmediateHttpResponse(redirect("socialaccount_connections"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """A page that says what went wrong, and leads back to where the person was going."""
        state = (extra_context or {}).get("state")
        if error == AuthError.CANCELLED:
            reason, status = "cancelled", 200
        elif isinstance(exception, RequestException):
            reason, status = "down", 503
        elif exception is None and state is None:
            reason, status = "expired", 400
        else:
            reason, status = "refused", 403
        if reason in ("down", "refused"):
            said = str(exception or request.GET.get("error", ""))[:200]
            log.warning(
                "sign-in with %s failed: %s: %r", provider.app.provider_id, type(exception).__name__, said
            )
        context = {"provider": provider, "reason": reason, "next": (state or {}).get("next") or ""}
        raise ImmediateHttpResponse(
            render(request, "socialaccount/authentication_error.html", context, status=status)
        )
