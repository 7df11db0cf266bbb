"""Providers come from the environment; what is wrong is said before anybody signs in."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from accounts.checks import identity_providers_are_right
from accounts.oidc.configuration import Kind, is_safe_address, providers, read

RIGHT = {
    "OIDC_PROVIDERS": "stad",
    "OIDC_STAD_URL": "https://aanmelden.example/stad/.well-known/openid-configuration",
    "OIDC_STAD_CLIENT_ID": "gebiedsplein",
    "OIDC_STAD_CLIENT_SECRET": "geheim",
    "OIDC_STAD_LABEL": "Stad Proefdorp",
    "OIDC_STAD_KIND": "staff",
    "OIDC_STAD_MUNICIPALITY": "proefdorp",
}


def test_none_is_needed() -> None:
    assert read({}) == ({}, ())


def test_a_provider_that_is_described_right() -> None:
    found, faults = read(RIGHT)
    assert faults == ()
    stad = found["stad"]
    assert (stad.url, stad.kind, stad.scopes) == (
        "https://aanmelden.example/stad",
        Kind.STAFF,
        ("openid", "profile", "email"),
    )


def test_secret_and_claims_may_be_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("uit een bestand\n")
    rule = 'claim = "g"\nvalue = "v"\nrole = "moderator"\nfrom = 2026-01-01\n'
    (tmp_path / "claims.toml").write_text(f'email = "upn"\n[[roles]]\n{rule}')
    given = {key: value for key, value in RIGHT.items() if key != "OIDC_STAD_CLIENT_SECRET"}
    given |= {
        "OIDC_STAD_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        "OIDC_STAD_CLAIMS_FILE": str(tmp_path / "claims.toml"),
    }
    found, faults = read(given)
    assert faults == ()
    assert found["stad"].client_secret == "uit een bestand"
    assert found["stad"].claims.email == "upn"
    assert len(found["stad"].claims.roles) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"OIDC_PROVIDERS": "stad,stad"}, "named twice"),
        ({"OIDC_PROVIDERS": "stad,De Stad"}, "“De Stad” is no name"),
        ({"OIDC_PROVIDERS": "stad,dorp"}, "OIDC_DORP_URL is missing"),
        ({"OIDC_PROVIDERS": ""}, "OIDC_STAD_URL belongs to no provider"),
        ({"OIDC_STAD_LABLE": "x"}, "OIDC_STAD_LABLE belongs to no provider"),
        ({"OIDC_STAD_CLIENT_ID": " "}, "OIDC_STAD_CLIENT_ID is missing"),
        ({"OIDC_STAD_KIND": "everybody"}, "say staff or residents"),
        ({"OIDC_STAD_URL": "http://aanmelden.example"}, "OIDC_STAD_URL needs https"),
        ({"OIDC_STAD_SCOPES": "profile"}, "lacks openid"),
        ({"OIDC_STAD_CLIENT_SECRET": ""}, "Give either"),
        ({"OIDC_STAD_CLIENT_SECRET_FILE": "/bestaat/niet"}, "Give either"),
        ({"OIDC_STAD_CLAIMS": "{"}, "OIDC_STAD_CLAIMS cannot be read"),
        ({"OIDC_STAD_CLAIMS": "[]"}, "is no table"),
        ({"OIDC_STAD_CLAIMS": '{"a": 1}', "OIDC_STAD_CLAIMS_FILE": "/bestaat/niet"}, "not both"),
        ({"OIDC_STAD_CLAIMS_FILE": "/bestaat/niet"}, "No such file"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, str], said: str, settings: Settings) -> None:
    settings.OIDC = {**RIGHT, **change}
    messages = [str(message.msg) for message in identity_providers_are_right(None)]
    assert any(said in message for message in messages), messages
    with pytest.raises(ImproperlyConfigured):
        providers()


@pytest.mark.parametrize(
    ("address", "in_production", "elsewhere"),
    [
        ("https://aanmelden.example", True, True),
        ("http://127.0.0.1:9000", False, True),
        ("http://localhost.kwaad.example", False, False),
        ("http://aanmelden.example", False, False),
        ("https://ann:geheim@aanmelden.example", False, False),
        ("file:///etc/passwd", False, False),
        ("", False, False),
    ],
)
def test_only_https(address: str, in_production: bool, elsewhere: bool, settings: Settings) -> None:
    assert is_safe_address(address) is elsewhere
    settings.PRODUCTION = True
    assert is_safe_address(address) is in_production
