"""The provider of the tests runs once for all of them; what it says is new for each."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from tests.accounts.oidc.provider import SECRET, RunningProvider
from tests.conftest import Land

BACK = [
    "http://testserver/account/aanmelden/staff/terug/",
    "http://testserver/account/aanmelden/residents/terug/",
]
STAFF = {
    "second_factor": {"amr": ["mfa"]},
    "link_by_email": ["hier.example"],
    "roles": [
        {"claim": "groups", "value": "gebiedswerkers", "role": "area_worker", "area": "ggw7:99999W01"},
        {"claim": "groups", "value": "redactie", "role": "moderator"},
    ],
}
RESIDENTS = {
    "lives_in": {"claim": "address.postal_code", "values": ["2320", "2321"]},
    "age": {"birth_date": "birthdate"},
}
Configure = Callable[..., None]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    provider = RunningProvider(tmp_path_factory.mktemp("provider"), BACK)
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running: RunningProvider, configure: Configure, land: Land) -> RunningProvider:
    """The provider, for staff and for residents of the small municipality."""
    running.forget()
    configure(running.url)
    return running


@pytest.fixture
def configure(settings: Settings) -> Configure:
    """Describe the two providers of the small municipality; `staff` and `residents` change their claims map."""

    def describe(
        url: str, *, staff: dict[str, Any] = STAFF, residents: dict[str, Any] = RESIDENTS, **more: str
    ) -> None:
        settings.OIDC = {
            "OIDC_PROVIDERS": "staff,residents",
            **described("STAFF", url, "staff", "Proefdorp", staff),
            **described("RESIDENTS", url, "residents", "Burgerloket", residents),
            **more,
        }

    return describe


def described(name: str, url: str, kind: str, label: str, claims: dict[str, Any]) -> dict[str, str]:
    """The settings of one provider."""
    values = {
        "URL": url, "CLIENT_ID": "gebiedsplein", "CLIENT_SECRET": SECRET, "KIND": kind, "LABEL": label,
        "MUNICIPALITY": "proefdorp", "CLAIMS": json.dumps(claims),
    }  # fmt: skip
    return {f"OIDC_{name}_{key}": value for key, value in values.items()}
