"""A page that shows a form again because something is wrong in it says 422, whoever made the page."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.helpers import PASSWORD, browser, with_password

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("/account/login/", {"login": "geen adres", "password": ""}),
        ("/account/login/", {"login": "niemand@proefdorp.example", "password": "onbekend"}),
        ("/account/signup/", {"email": "geen adres", "password1": "a", "password2": "b"}),
        ("/account/password/reset/", {"email": "geen adres"}),
    ],
)
def test_pages_of_signing_in(page: str, sent: dict[str, str]) -> None:
    client = Client()
    assert client.get(page).status_code == 200
    answer = client.post(page, sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "field__error" in html or "notice--error" in html
    assert sent.get("email", sent.get("login", "")) in html


def test_pages_of_an_account(cast: dict[str, User]) -> None:
    client = browser(with_password(cast["resident"]))
    wrong = {"oldpassword": "onzin", "password1": "x", "password2": "y"}
    assert client.post("/account/password/change/", wrong).status_code == 422
    assert client.post("/account/email/", {"action_add": "", "email": "geen adres"}).status_code == 422


def test_what_is_right_leads_on(cast: dict[str, User]) -> None:
    resident = with_password(cast["resident"])
    answer = Client().post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_the_administration(cast: dict[str, User]) -> None:
    operator = cast["administrator"]
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = browser(operator)
    municipality = "/beheer/areas/municipality/add/"
    assert client.get(municipality).status_code == 200
    assert client.post(municipality, {"slug": ""}).status_code == 422
