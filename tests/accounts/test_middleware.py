"""The second factor and the idle half hour."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from accounts.models import User
from tests.accounts.helpers import PASSWORD, browser, with_password
from tests.conftest import Land

STAFF = ["secretary", "worker_here", "moderator", "alderman", "steward", "administrator"]


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time() // 30))))


@pytest.mark.parametrize("part", STAFF)
def test_staff_set_up_a_second_factor_before_any_private_page(
    land: Land, cast: dict[str, User], part: str
) -> None:
    client = browser(cast[part], second_factor=False)
    for address in ("/mijn/", "/account/rollen/", "/beheer/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/2fa/totp/activate/?next=")
    assert client.post("/account/logout/").status_code == 302


def test_a_resident_needs_none(land: Land, cast: dict[str, User]) -> None:
    assert browser(cast["resident"], second_factor=False).get("/mijn/").status_code == 200


def test_operators_need_one_too(land: Land) -> None:
    operator = User.objects.create_superuser("root@proefdorp.example")
    assert browser(operator, second_factor=False).get("/beheer/").status_code == 302
    assert browser(operator).get("/beheer/").status_code == 200


def test_roles_do_not_count_on_open_pages_without_it(land: Land, cast: dict[str, User]) -> None:
    for shown in (False, True):
        response = browser(cast["administrator"], second_factor=shown).get("/werklocaties/")
        user = response.wsgi_request.user
        assert user.has_perm("accounts.manage_roles", land.municipality) is shown


def test_one_who_has_an_app_shows_a_code_of_it(land: Land, cast: dict[str, User]) -> None:
    TOTP.activate(cast["alderman"], generate_totp_secret())
    response = browser(cast["alderman"], second_factor=False).get("/mijn/")
    assert response.headers["Location"].startswith("/account/2fa/reauthenticate/?next=")


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_opens_the_door_in_this_session_only(land: Land, cast: dict[str, User]) -> None:
    alderman = with_password(cast["alderman"])
    other = browser(alderman, second_factor=False)
    client = Client()
    client.post("/account/login/", {"login": alderman.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    code = code_of(client.session["mfa.totp.secret"])
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/mijn/").status_code == 200
    assert other.get("/mijn/").status_code == 302


def test_staff_cannot_put_it_off(land: Land, cast: dict[str, User]) -> None:
    for part in ("alderman", "resident"):
        TOTP.activate(cast[part], generate_totp_secret())
        client = browser(with_password(cast[part]))
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        client.post("/account/2fa/totp/deactivate/")
    left = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user__email", flat=True)
    assert list(left) == [cast["alderman"].email]


def test_signing_in_with_a_password_asks_for_the_code(land: Land, cast: dict[str, User]) -> None:
    alderman = with_password(cast["alderman"])
    secret = generate_totp_secret()
    TOTP.activate(alderman, secret)
    client = Client()
    response = client.post("/account/login/", {"login": alderman.email, "password": PASSWORD})
    assert response.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/mijn/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/mijn/").status_code == 200


@pytest.mark.parametrize(("part", "status"), [("alderman", 302), ("resident", 200)])
def test_staff_are_signed_out_after_half_an_hour_of_nothing(
    land: Land, cast: dict[str, User], part: str, status: int
) -> None:
    with time_machine.travel(0, tick=False) as clock:
        clock.move_to("2026-03-02 10:00+01:00")
        client = browser(cast[part])
        for minute in (0, 25, 50):  # busy people stay
            clock.move_to(f"2026-03-02 10:{minute:02}+01:00")
            assert client.get("/mijn/").status_code == 200
        clock.move_to("2026-03-02 11:21+01:00")
        response = client.get("/mijn/")
        assert response.status_code == status
        if status == 302:
            assert response.headers["Location"] == "/account/login/?next=/mijn/"
            assert "_auth_user_id" not in client.session


def test_the_door_of_the_administration_is_the_same_door(land: Land, cast: dict[str, User]) -> None:
    assert Client().get("/beheer/login/").headers["Location"].startswith("/account/login/")
    assert browser(cast["resident"]).get("/beheer/login/").status_code == 403
