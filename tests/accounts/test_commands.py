"""What operators do at the command line, and what `check` says."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.checks import demo_is_off
from accounts.models import RoleAssignment, User
from tests.accounts.helpers import PASSWORD, browser, link_in_mail
from tests.conftest import Land, make_municipality


def test_the_first_administrator(land: Land) -> None:
    out = StringIO()
    call_command("create_administrator", "eerste@proefdorp.example", site="http://testserver/", stdout=out)
    link = link_in_mail()
    assert link in out.getvalue()
    assert "second factor" in out.getvalue()
    assert "manage.py import_areas FILE --municipality proefdorp" in out.getvalue()
    Client().post(link, {"name": "Els Eerste", "password": PASSWORD})
    role = RoleAssignment.objects.get()
    assert (role.role, role.user.name, role.area) == ("administrator", "Els Eerste", None)


def test_with_several_municipalities_one_is_named(land: Land) -> None:
    make_municipality(slug="elders", code="88888")
    with pytest.raises(CommandError, match="several"):
        call_command("create_administrator", "a@b.example", stdout=StringIO())
    with pytest.raises(CommandError, match="No such"):
        call_command("create_administrator", "a@b.example", municipality="nergens", stdout=StringIO())
    call_command("create_administrator", "a@b.example", municipality="elders", stdout=StringIO())
    assert len(mail.outbox) == 1


def test_a_lost_phone(land: Land, cast: dict[str, User]) -> None:
    TOTP.activate(cast["alderman"], generate_totp_secret())
    browser(cast["alderman"])
    browser(cast["resident"])
    call_command("reset_second_factor", cast["alderman"].email.upper(), stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [str(cast["resident"].pk)]
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@b.example", stdout=StringIO())


@pytest.mark.parametrize(
    ("demo", "debug", "faults"), [(True, False, 1), (True, True, 0), (False, False, 0), (False, True, 0)]
)
def test_the_demo_is_no_place_to_work(settings: Settings, demo: bool, debug: bool, faults: int) -> None:
    settings.DEMO, settings.DEBUG = demo, debug
    assert len(demo_is_off(None)) == faults


def test_the_administration_shows_no_password_and_changes_no_role(land: Land, cast: dict[str, User]) -> None:
    client = browser(User.objects.create_superuser("root@proefdorp.example"))
    page = client.get(f"/beheer/accounts/user/{cast['alderman'].pk}/change/")
    assert page.status_code == 200
    assert "password" not in page.content.decode().split('id="user_form"')[1].split("</form>")[0]
    role = cast["alderman"].roles.get()
    page = client.get(f"/beheer/accounts/roleassignment/{role.pk}/change/")
    assert page.status_code == 200
    assert (
        client.post(f"/beheer/accounts/roleassignment/{role.pk}/change/", {"role": "moderator"}).status_code
        == 403
    )
    assert client.post(f"/beheer/accounts/user/{cast['alderman'].pk}/delete/").status_code == 403
    for model in ("user", "invitation", "accesslog", "roleassignment"):
        assert client.get(f"/beheer/accounts/{model}/").status_code == 200
