"""How allauth behaves here: whose name mails carry, that staff keep their second factor, what a sign-in elsewhere brings."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import second_factor
from accounts.addresses import spelled
from accounts.backends import is_shut
from accounts.devices import remember_device
from accounts.guessing import take_turn
from accounts.models import RoleAssignment, User
from accounts.oidc.taking import take_over, vouched_of
from areas.current import municipality_of


class _Sender:
    """What the mails of allauth call the site: the municipality."""

    def __init__(self, name: str, domain: str) -> None:
        self.name, self.domain = name, domain

    def __str__(self) -> str:
        return self.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails go out in the name of the municipality, through the mail queue."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: whether it may be tried now. allauth counts by account, so that anybody could shut it."""
        self._take_back = take_turn(request, str(credentials.get("email", "")), "password")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who it is; a password that was right does not count as a try."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            self._take_back()
        return user

    def clean_email(self, email: str) -> str:
        """An address that somebody gives, in every form that takes one: as it is kept."""
        return spelled(email)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The last word before a session starts; allauth looks only at `is_active` when a backend refused."""
        if is_shut(user):
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        login = _sign_in_elsewhere(kwargs)
        if login is not None and user.is_active and vouched_of(login).second_factor:
            record_authentication(request, user, "mfa", type="provider", provider=login.account.provider)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Somebody is in: what the provider said of them counts from now."""
        login = _sign_in_elsewhere(kwargs)
        if login is not None:
            take_over(login, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.email)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin with what waits for them."""
        is_staff = RoleAssignment.objects.filter(user=request.user.pk).current().exists()
        return reverse("accounts:waiting") if is_staff else str(super().get_login_redirect_url(request))

    def get_login_stages(self) -> list[str]:
        """The steps of a sign-in; a second factor that the provider asked for is not asked again."""
        return [OURS.get(stage, stage) for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who came through a provider hears that they are still signed in there."""
        through = sorted(second_factor.came_through(request, request.user))
        return (
            reverse("oidc_signed_out", args=[through[0]])
            if through
            else str(super().get_logout_redirect_url(request))
        )

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """Send a mail of allauth; `current_site` is the municipality at this address."""
        super().send_mail(template_prefix, email, {**context_, "current_site": _sender()})


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """The code of the authenticator app, unless this sign-in has shown a second factor already."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Ask, or go on."""
        if second_factor.was_shown(self.request, self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


OURS = {"allauth.mfa.stages.AuthenticateStage": "accounts.adapter.SecondFactorStage"}


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Whoever has a role keeps the second factor."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only people without a task may do without."""
        return not second_factor.is_needed(authenticator.user)

    def get_totp_issuer(self) -> str:
        """How an authenticator app calls this site."""
        return f"Gebiedsplein {_sender().name}".strip()


def _sign_in_elsewhere(arguments: dict[str, Any]) -> SocialLogin | None:
    return (arguments.get("signal_kwargs") or {}).get("sociallogin")


def _sender() -> _Sender:
    request = context.request
    municipality = municipality_of(request)
    return _Sender(municipality.name if municipality else "Gebiedsplein", request.get_host())
