"""The round trip to an identity provider: what allauth does, with what it leaves out (nonce, signature, level, freshness)."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from requests import RequestException

from accounts.addresses import PRINTABLE
from accounts.oidc import claims, tokens
from accounts.oidc.configuration import IdentityProvider, is_safe_address, providers
from accounts.oidc.tokens import Untrusted

ID = "oidc"
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
REMEMBERED = 600  # seconds: where the endpoints of a provider are
ANEW = 300  # seconds: how long ago a fresh sign-in may be


class Said:
    """What a provider said in one sign-in: the signed token, and with it what the rest of the claims add."""

    def __init__(self, token: Mapping[str, Any], userinfo: Mapping[str, Any]) -> None:
        self.token = token
        self.claims = {**userinfo, **token}
        if not claims.are_text(self.claims):
            raise Untrusted("the claims hold characters that are no text")


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the provider; `state` is what the callback took from the session."""

    state: dict[str, Any]

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where the endpoints of the provider are."""
        return discovered(self.get_provider().configured)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the person back to; has to be known there."""
        return request.build_absolute_uri(reverse("oidc_callback", args=[self.provider_id]))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Exchange the code for tokens."""
        try:
            data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except RequestException:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise Untrusted("the answer with the tokens cannot be read") from error
        return data

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token; used once and never kept."""
        token = data["access_token"]
        if not isinstance(token, str) or not PRINTABLE.fullmatch(token):
            raise Untrusted("the access token is no text")
        return SocialToken(token=token)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who signed in, once everything about it was checked."""
        provider = self.get_provider()
        configured: IdentityProvider = provider.configured
        where = self.openid_config
        id_token = tokens.verified(
            str(kwargs["response"].get("id_token", "")),
            keys=ask(where["jwks_uri"]),
            issuer=where["issuer"],
            client_id=configured.client_id,
            nonce=str(self.state.get("nonce", "")),
        )
        tokens.refuse_level(id_token, configured.acr)
        if self.state.get("again"):
            tokens.refuse_old(id_token, ANEW)
        return provider.sociallogin_from_response(request, Said(id_token, _userinfo(where, token, id_token)))


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """An identity provider of the municipality, as allauth wants to see it."""

    id = ID
    oauth2_adapter_class = Adapter
    supports_token_authentication = False
    pkce_enabled_default = True

    @property
    def configured(self) -> IdentityProvider:
        """Our own description of it."""
        return providers()[self.app.provider_id]

    def serialize(self) -> dict[str, Any]:
        """As a session remembers it: by its name, which is unique."""
        return {"id": self.app.provider_id}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What the visitor may choose: where to go afterwards, connecting instead of signing in, and signing in anew."""
        connects = request.GET.get("process") == AuthProcess.CONNECT
        return {
            "next_url": get_next_redirect_url(request),
            "process": AuthProcess.CONNECT if connects else AuthProcess.LOGIN,
            "again": "again" in request.GET,
        }

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """A page that leads on to the provider: a redirect of a form to elsewhere is what our content policy forbids."""
        configured, nonce, again = self.configured, secrets.token_urlsafe(32), bool(kwargs.get("again"))
        asked = {
            "nonce": nonce,
            **({"acr_values": " ".join(configured.acr)} if configured.acr else {}),
            **({"prompt": "login", "max_age": "0"} if again else {}),
        }
        try:
            response = super().redirect(
                request, process, next_url, data,
                scope=list(configured.scopes), auth_params=asked, nonce=nonce, again=again,
            )  # fmt: skip
        except (RequestException, Untrusted) as error:
            failed: HttpResponse = render_authentication_error(
                request, self, exception=error, extra_context={"state": {"next": next_url}}
            )
            return failed
        return render(
            request, "socialaccount/leave.html", {"provider": self, "address": response["Location"]}
        )

    def sociallogin_from_response(self, request: HttpRequest, response: Said) -> SocialLogin:
        """The sign-in, with what we take from it."""
        login = super().sociallogin_from_response(request, response)
        login.vouched = claims.read_vouched(
            self.configured.claims, response.claims, response.token, today=timezone.localdate()
        )
        return login

    def extract_uid(self, data: Said) -> str:
        """A print of who it is at the provider: it may be a national number, which we do not keep."""
        key = settings.OIDC.get("OIDC_SUBJECT_KEY", settings.SECRET_KEY)
        subject = f"{self.configured.name}|{data.token['iss']}|{data.token['sub']}"
        return hmac.new(key.encode(), subject.encode(), hashlib.sha256).hexdigest()

    def extract_extra_data(self, data: Said) -> dict[str, Any]:
        """Nothing of what the provider said is kept as such."""
        return {}

    def extract_common_fields(self, data: Said) -> dict[str, Any]:
        """What a new account starts with."""
        wanted = self.configured.claims
        return {
            "email": claims.email_of(wanted, data.claims)[0],
            "name": claims.name_of(wanted, data.claims),
        }

    def extract_email_addresses(self, data: Said) -> list[EmailAddress]:
        """The address, confirmed or not."""
        email, verified = claims.email_of(self.configured.claims, data.claims)
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []


class Callback(OAuth2CallbackView):  # type: ignore[misc]
    """The way back; hands the adapter what was kept at the way out."""

    def _get_state(self, request: HttpRequest, provider: Provider) -> Any:
        state, refusal = super()._get_state(request, provider)
        self.adapter.state = state or {}
        if refusal is None:
            try:
                _ = self.adapter.openid_config  # asked outside of what allauth catches
            except (RequestException, Untrusted) as error:
                refusal = render_authentication_error(
                    request, provider, exception=error, extra_context={"state": state}
                )
        return state, refusal


def discovered(configured: IdentityProvider) -> dict[str, Any]:
    """What the provider says of itself, when it is the one that was configured and everything goes over https."""
    key = f"oidc:{hashlib.sha256(configured.url.encode()).hexdigest()}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        known = dict(ask(configured.url + WELL_KNOWN))
        _refuse_wrong_discovery(configured, known)
        cache.set(key, known, REMEMBERED)
    return known


def signing_out(configured: IdentityProvider, back: str) -> str:
    """Where one signs out at the provider itself; empty when it does not say."""
    try:
        address = discovered(configured).get("end_session_endpoint", "")
    except (RequestException, Untrusted):
        return ""
    if not isinstance(address, str) or not is_safe_address(address):
        return ""
    query = urlencode({"client_id": configured.client_id, "post_logout_redirect_uri": back})
    return f"{address}{'&' if '?' in address else '?'}{query}"


def ask(address: str, **headers: str) -> Mapping[str, Any]:
    """The JSON object at an address of a provider."""
    with get_adapter().get_requests_session() as session:
        response = session.get(address, headers=headers)
        response.raise_for_status()
        try:
            answer = response.json() if response.status_code == 200 else None
        except RecursionError as error:
            raise Untrusted(f"{address}: nested too deep") from error
    if not isinstance(answer, dict):
        raise Untrusted(f"{address}: no JSON object")
    return answer


def _refuse_wrong_discovery(configured: IdentityProvider, found: Mapping[str, Any]) -> None:
    if str(found.get("issuer", "")).rstrip("/") != configured.url:
        raise Untrusted(f"the provider calls itself {found.get('issuer')!r} instead of {configured.url!r}")
    unsafe = [name for name in ENDPOINTS if not is_safe_address(str(found.get(name, "")))]
    if unsafe:
        raise Untrusted(f"missing or not over https: {', '.join(unsafe)}")


def _userinfo(where: Mapping[str, Any], token: SocialToken, id_token: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rest of the claims, of the same person."""
    if not where.get("userinfo_endpoint"):
        return {}
    said = ask(str(where["userinfo_endpoint"]), Authorization=f"Bearer {token.token}")
    if said.get("sub") != id_token["sub"]:
        raise Untrusted("userinfo: of somebody else")
    return said
