"""Signing in with an identity provider, coming back from it, and which of them open one's account."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from allauth.socialaccount.views import signup
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.providers import disconnect
from accounts.oidc.configuration import providers
from accounts.oidc.links import links_of
from accounts.oidc.provider import Adapter, Callback, Provider, signing_out
from accounts.views.access import fresh, me, site_of
from core.access import open_to_all
from core.limits import limited


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("elsewhere", per_minute=30)
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider, after a click: a link on another site signs nobody in."""
    response: HttpResponse = OAuth2LoginView.adapter_view(_adapter(request, provider_id))(request)
    return response


@open_to_all
@never_cache
@require_safe
@limited("elsewhere", per_minute=30)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    try:
        response: HttpResponse = Callback.adapter_view(_adapter(request, provider_id))(request)
    except (
        IntegrityError
    ):  # the same person in two windows: the other one was first, and signing in again finds its account
        return redirect("account_login")
    return response


@open_to_all
@never_cache
@require_safe
def signed_out(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Who signed out here hears that they are still signed in at the provider, and where to end that."""
    provider = _offered(request, provider_id)
    address = signing_out(provider.configured, site_of(request))
    return render(request, "socialaccount/signed_out.html", {"provider": provider, "address": address})


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The address of somebody whose provider does not tell it."""
    response: HttpResponse = signup(request)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def connections(request: HttpRequest) -> HttpResponse:
    """What opens my account besides a password; a link can be taken away, a provider connected."""
    offered = get_adapter().list_providers(request)
    links = list(links_of(request))
    if not offered and not links:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            disconnect(by=me(request), link=request.POST.get("link", ""))
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("It no longer opens your account."))
            return redirect("socialaccount_connections")
    known = {one.name: one.label for one in providers().values()}
    connected = {link.provider for link in links}
    context = {
        "links": [(link, known.get(link.provider, link.provider)) for link in links],
        "offered": [one for one in offered if one.app.provider_id not in connected],
        "error": error,
    }
    return render(request, "socialaccount/connections.html", context, status=422 if error else 200)


def _offered(request: HttpRequest, provider_id: str) -> Provider:
    try:
        provider: Provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return provider


def _adapter(request: HttpRequest, provider_id: str) -> Adapter:
    _offered(request, provider_id)
    return Adapter(request, provider_id)
