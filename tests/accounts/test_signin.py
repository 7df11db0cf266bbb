"""Signing up, in and resetting say nothing about who has an account; demo accounts exist in the demo only."""

import re

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.second_factor import is_needed
from tests.accounts.helpers import PASSWORD, browser, with_password
from tests.conftest import Land

CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+"|"x-csrftoken": "\w+"|nonce="[^"]+"')


def seen(response: HttpResponseBase, *addresses: str) -> tuple[int, str, str]:
    """What a stranger can tell apart: status, where to, and the page without what changes every time."""
    text = CHANGING.sub("", getattr(response, "content", b"").decode())
    for address in addresses:
        text = text.replace(address, "ADDRESS")
    return response.status_code, response.headers.get("Location", ""), text


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/account/login/", {"login": "{}", "password": "een verkeerd wachtwoord"}),
        ("/account/password/reset/", {"email": "{}"}),
        ("/account/signup/", {"email": "{}", "password1": PASSWORD, "password2": PASSWORD}),
    ],
)
def test_a_known_and_an_unknown_address_look_the_same(
    land: Land, cast: dict[str, User], page: str, fields: dict[str, str]
) -> None:
    known = with_password(cast["resident"]).email
    unknown = "unknown.person@proefdorp.example"
    answers = []
    for address in (known, unknown):
        client = Client()
        response = client.post(page, {name: value.format(address) for name, value in fields.items()})
        answers.append([seen(response, known, unknown)])
        if response.status_code == 302:
            answers[-1].append(seen(client.get(response.headers["Location"]), known, unknown))
    assert answers[0] == answers[1]


def test_mails_go_out_in_the_name_of_the_municipality(land: Land, cast: dict[str, User]) -> None:
    Client().post("/account/password/reset/", {"email": with_password(cast["resident"]).email})
    assert "Proefdorp" in str(mail.outbox[0].body)
    assert "example.com" not in str(mail.outbox[0].body)


def test_guessing_is_slowed_down(land: Land, cast: dict[str, User]) -> None:
    with_password(cast["resident"])
    client = Client()
    for _ in range(12):
        client.post("/account/login/", {"login": cast["resident"].email, "password": "fout"})
    response = client.post("/account/login/", {"login": cast["resident"].email, "password": PASSWORD})
    assert response.status_code in (422, 429)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_account_signs_in_in_the_demo_only(
    land: Land, cast: dict[str, User], settings: Settings, demo: bool
) -> None:
    settings.DEMO = True
    resident = with_password(cast["resident"])
    User.objects.filter(pk=resident.pk).update(is_demo=True)
    before = browser(resident)
    settings.DEMO = demo
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert ("_auth_user_id" in client.session) is demo
    assert (before.get("/mijn/").status_code == 200) is demo, "also one who was signed in already"


def test_who_needs_a_second_factor(land: Land, cast: dict[str, User]) -> None:
    needing = {part for part, person in cast.items() if is_needed(person)}
    assert needing == {
        "secretary",
        "worker_here",
        "worker_elsewhere",
        "moderator",
        "alderman",
        "steward",
        "administrator",
    }
