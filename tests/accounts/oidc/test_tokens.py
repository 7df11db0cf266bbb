"""An ID token is believed only when the provider signed it, for us, now, for this sign-in. Keys and tokens are made here."""

import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from accounts.oidc.tokens import Untrusted, refuse_level, refuse_old, verified

ISSUER, US, NONCE = "https://aanmelden.example", "gebiedsplein", "van deze keer"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """A key as the provider publishes it."""
    algorithm = ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else RSAAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, **more}


KEYS = {
    "keys": [public(KEY, "nu", use="sig"), public(CURVE, "kromme"), public(OTHER, "versleutelen", use="enc")]
}


def token(key: Any = KEY, kid: str | None = "nu", algorithm: str = "RS256", **changes: Any) -> str:
    """A token that is right but for the changes; None takes a claim out."""
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": "42", "aud": US, "iat": now, "exp": now + 300, "nonce": NONCE, **changes}
    told = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def check(signed: str, keys: dict[str, Any] = KEYS) -> Any:
    return verified(signed, keys=keys, issuer=ISSUER, client_id=US, nonce=NONCE)


@pytest.mark.parametrize(
    "signed",
    [
        lambda: token(),
        lambda: token(CURVE, "kromme", "ES256"),
        lambda: token(aud=[US]),
        lambda: token(aud=[US, "iemand anders"], azp=US),
        lambda: token(exp=int(time.time()) - 10),
    ],
    ids=["as usual", "elliptic curve", "a list of one", "for us among others", "clocks differ a little"],
)
def test_a_token_that_is_right(signed: Callable[[], str]) -> None:
    assert check(signed())["sub"] == "42"


@pytest.mark.parametrize(
    "signed",
    [
        lambda: token(OTHER),
        lambda: token(OTHER, "onbekend"),
        lambda: token(OTHER, "versleutelen"),
        lambda: token(kid=None),
        lambda: token("een gedeeld geheim dat lang genoeg is voor HS256", algorithm="HS256"),
        lambda: token("", algorithm="none"),
        lambda: "geen token",
        lambda: "",
        lambda: token(iss="https://kwaad.example"),
        lambda: token(aud="iemand anders"),
        lambda: token(aud=[US, "iemand anders"]),
        lambda: token(azp="iemand anders"),
        lambda: token(exp=int(time.time()) - 3600),
        lambda: token(iat=int(time.time()) + 3600),
        lambda: token(nonce="van een andere keer"),
        lambda: token(nonce=None),
        lambda: token(sub=None),
        lambda: token(exp=None),
    ],
    ids=[
        "signature of another", "unknown key", "key for something else", "which of the keys", "shared secret", "no signature",
        "no token", "empty", "issuer", "audience", "also for others", "for another party", "expired", "from the future",
        "nonce", "no nonce", "no subject", "no end",
    ],
)  # fmt: skip
def test_a_token_that_is_not(signed: Callable[[], str]) -> None:
    with pytest.raises(Untrusted):
        check(signed())


def test_a_public_key_is_no_shared_secret() -> None:
    """The oldest trick: sign with HMAC and the public key, which everybody has."""
    _head, body, _signature = token().split(".")
    header = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": "nu"}).encode()).decode()
    pem = json.dumps(KEYS["keys"][0]).encode()
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
        f"{header}.{body}".encode(), pem
    )
    with pytest.raises(Untrusted):
        check(f"{header}.{body}.{jwt.utils.base64url_encode(signature).decode()}")


@pytest.mark.parametrize("keys", [{}, {"keys": "geen lijst"}, {"keys": []}, {"keys": [{"kty": "onzin"}]}])
def test_keys_that_cannot_be_read(keys: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        check(token(), keys)


def test_level_and_freshness() -> None:
    refuse_level({"acr": "hoog"}, ("hoog", "hoger"))
    refuse_level({}, ())
    with pytest.raises(Untrusted):
        refuse_level({"acr": "laag"}, ("hoog",))
    refuse_old({"auth_time": time.time() - 100}, 300)
    for claims in ({}, {"auth_time": "nu"}, {"auth_time": time.time() - 3600}):
        with pytest.raises(Untrusted):
            refuse_old(claims, 300)
