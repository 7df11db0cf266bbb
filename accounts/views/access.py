"""Who may see the pages about people."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.oidc.links import provider_of
from areas.current import municipality_or_404

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def me(request: HttpRequest) -> User:
    """The person of a private page; the lazy object itself is kept out of the database layer."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return cast(User, getattr(user, "_wrapped", user))


def fresh(view: View[P]) -> View[P]:
    """Ask for the password or a code again when that was a while ago; signing in a moment ago counts.

    Who has neither signs in anew with the identity provider that knows them.
    """
    decorated: View[P] = reauthentication_required(view, enabled=signed_in_long_ago)

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if signed_in_long_ago(request) and not get_adapter().get_reauthentication_methods(me(request)):
            elsewhere = provider_of(request)
            if elsewhere is not None:
                back = request.get_full_path() if request.method == "GET" else reverse("accounts:mine")
                return redirect(elsewhere.get_login_url(request, again=1, next=back))
        return decorated(request, *args, **kwargs)

    return cast("View[P]", guarded)


def signed_in_long_ago(request: HttpRequest) -> bool:
    """Whether the last time that this session showed a password or a code is past the term for risky pages."""
    shown = [record["at"] for record in get_authentication_records(request, me(request))]
    return time.time() - max(shown, default=0) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def for_administrators(view: View[P]) -> View[P]:
    """A page of the administrators of the municipality; for others it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipality_or_404(request, "accounts.manage_roles")
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def site_of(request: HttpRequest) -> str:
    """The address of this site, for links in mails."""
    return request.build_absolute_uri("/")
