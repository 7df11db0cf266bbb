"""What follows when allauth says that something happened."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.signals import social_account_added
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.oidc.taking import take_over


@receiver(authenticator_added, dispatch_uid="accounts.second_factor_shown")
def second_factor_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who sets up the authenticator app has just shown a code of it; other sessions still have to."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)


@receiver(social_account_added, dispatch_uid="accounts.connected")
def connected(request: HttpRequest, sociallogin: SocialLogin, **kwargs: Any) -> None:
    """What a provider says counts from when it is connected to an account; its roles in the next session through it."""
    if sociallogin.state.get("process") == AuthProcess.CONNECT:  # a sign-in takes over once it is complete
        take_over(sociallogin, sociallogin.user)
