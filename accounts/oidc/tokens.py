"""Whether an ID token is what it says: signed by the provider, for us, now, for this sign-in.

allauth leaves the signature out when the token came over TLS (the standard allows it). We check it: a proxy that opens TLS on
the way, or a provider that mixes up its customers, is then found out too.
"""

import time
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.providers.base import ProviderException

# No HMAC: a public key must never pass for a shared secret. No "none".
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 60  # seconds that two clocks may differ


class Untrusted(ProviderException):  # type: ignore[misc]
    """The token, or what came with it, is not to be believed; the message is for the log."""


def verified(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> Mapping[str, Any]:
    """The claims of a token that is right; `keys` is the key set of the provider."""
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise Untrusted(f"ID token: {error}") from error
    except (RecursionError, UnicodeError) as error:
        raise Untrusted("ID token: cannot be read") from error
    if claims.get("nonce") != nonce:
        raise Untrusted("ID token: made for another sign-in")
    if claims.get("azp", client_id) != client_id or (
        isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims
    ):
        raise Untrusted("ID token: made for another party")
    return claims


def refuse_level(claims: Mapping[str, Any], wanted: tuple[str, ...]) -> None:
    """Refuse a sign-in at another level than the one that was asked for."""
    if wanted and claims.get("acr") not in wanted:
        raise Untrusted(f"ID token: level {claims.get('acr')!r} instead of {wanted}")


def refuse_old(claims: Mapping[str, Any], seconds: int) -> None:
    """Refuse a sign-in at the provider that was longer ago, when a fresh one was asked for."""
    at = claims.get("auth_time")
    if not isinstance(at, int | float) or time.time() - at > seconds + LEEWAY:
        raise Untrusted("ID token: the person did not sign in anew")


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that the token names; a provider with one key need not name it."""
    header = jwt.get_unverified_header(token)
    try:
        known = [
            key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in (None, "sig")
        ]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Untrusted("the keys of the provider cannot be read") from error
    named = [key for key in known if key.key_id == header.get("kid")] if "kid" in header else known
    if len(named) != 1:
        raise Untrusted("ID token: signed with a key that the provider does not have")
    return named[0]
