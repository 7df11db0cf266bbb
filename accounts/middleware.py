"""Roles count in a session that has shown the second factor, and end when nothing happens for half an hour."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from accounts import second_factor
from accounts.models import User
from core.access import is_open

GetResponse = Callable[[HttpRequest], HttpResponse]

SEEN = "staff_seen"  # in the session: when a person with a role last did something
SEEN_STEP = 60  # seconds between two writes of it
ALWAYS_REACHABLE = ("allauth.account.", "allauth.mfa.", "django.views.", "django.contrib.staticfiles.")


class SecondFactorMiddleware:
    """Withholds the roles of a session without the second factor, on every page; private pages lead to where it is set up.

    Lazy: a page that does not ask who is there costs no query.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(prepared, request))  # type: ignore[assignment]
        request.auser = partial(_aprepared, request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_open(view) or getattr(view, "__module__", "").startswith(ALWAYS_REACHABLE):
            return None
        user = request.user
        if not user.is_authenticated or not user.roles_withheld:
            return None
        if hasattr(view, "cls"):  # REST framework refuses by itself: the roles do not count
            return None
        there = {REDIRECT_FIELD_NAME: request.get_full_path()} if request.method == "GET" else {}
        page = "mfa_reauthenticate" if _has_authenticator(user) else "mfa_activate_totp"
        return HttpResponseRedirect(f"{reverse(page)}?{urlencode(there)}")


def prepared(request: HttpRequest) -> User | AnonymousUser:
    """Who makes this request, with roles that are read once, and withheld when the second factor was not shown."""
    user = get_user(request)
    if not isinstance(user, User):
        return AnonymousUser()
    user.roles_kept, user.absences_kept = {}, {}
    user.came_through = second_factor.came_through(request, user)
    if second_factor.lasted_too_long(request, user):
        request.session.flush()
        return AnonymousUser()
    if not second_factor.is_needed(user):
        return user
    if _was_idle(request):
        request.session.flush()
        return AnonymousUser()
    user.roles_withheld = not second_factor.was_shown(request, user)
    return user


async def _aprepared(request: HttpRequest) -> User | AnonymousUser:
    def who() -> User | AnonymousUser:
        request.user.is_authenticated  # noqa: B018  (asks the lazy object)
        return request.user

    return await sync_to_async(who)()


def _was_idle(request: HttpRequest) -> bool:
    now, seen = time.time(), request.session.get(SEEN)
    if seen is not None and now - seen > settings.STAFF_IDLE_SECONDS:
        return True
    if seen is None or now - seen > SEEN_STEP:
        request.session[SEEN] = now
    return False


def _has_authenticator(user: User) -> bool:
    found: bool = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return found
