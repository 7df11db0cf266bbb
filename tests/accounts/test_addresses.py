"""One spelling of each address: nobody is taken for somebody else because two letters look alike to one of the machines."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import invite
from accounts.actions.invitations import account_of
from accounts.addresses import spelled
from accounts.models import Invitation, User
from tests.accounts.helpers import PASSWORD, browser, with_password
from tests.conftest import Land

# What PostgreSQL's UPPER or Python's lower() makes an ASCII letter of, and what only looks like one.
LOOKALIKES = (
    "ſam@hier.example",
    "mıa@hier.example",
    "\u212aim@hier.example",
    "İda@hier.example",
    "аnn@hier.example",
)
REFUSED = (
    *LOOKALIKES, "ann@hıer.example", "ann@straße.example", "an n@hier.example",
    "ann@hier.example\0", "ann\ud800@x.example", "",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_what_cannot_be_kept(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spelled(address)
    assert refused.value.code == "not_ascii"


def test_what_is_kept() -> None:
    assert spelled("  Sam.O'Neill+Wijk@Hier.Example ") == "sam.o'neill+wijk@hier.example"
    assert spelled("ann@xn--strae-oqa.example") == "ann@xn--strae-oqa.example"


@pytest.mark.parametrize("address", LOOKALIKES)
def test_no_account_starts_with_it(land: Land, address: str) -> None:
    with pytest.raises(ValidationError):
        User.objects.create_user(address)
    Client().post("/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD})
    assert not [user.email for user in User.objects.all() if not user.email.isascii()]


def test_a_form_says_what_it_takes(land: Land) -> None:
    form = {"email": "ſam@hier.example", "password1": PASSWORD, "password2": PASSWORD}
    answer = Client().post("/account/signup/", form)
    page = answer.content.decode()
    assert "Schrijf het adres zonder accenten" in page
    assert "ſam@hier.example" in page, "nothing typed is lost"
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["ſam@hier.example", "mıa@hier.example"])
def test_resetting_and_adding_do_not_reach_a_look_alike(land: Land, address: str) -> None:
    for plain in ("sam@hier.example", "mia@hier.example"):
        with_password(User.objects.create_user(plain))
    ann = with_password(User.objects.create_user("ann@hier.example"))
    Client().post("/account/password/reset/", {"email": address})
    Client().post("/account/login/code/", {"email": address})
    Client().post("/account/login/", {"login": address, "password": PASSWORD})
    browser(ann).post("/account/email/", {"action_add": "", "email": address})
    assert not mail.outbox
    assert not EmailAddress.objects.filter(email=address).exists()


@pytest.mark.parametrize("address", ["ſam@hier.example", "\u212aim@hier.example"])
def test_an_invitation_is_for_one_spelling(land: Land, cast: dict[str, User], address: str) -> None:
    for plain in ("sam@hier.example", "kim@hier.example"):
        User.objects.create_user(plain)
    assert account_of(Invitation(email=address)) is None
    with pytest.raises(ValidationError) as refused:
        invite(
            by=cast["administrator"], municipality=land.municipality, email=address, role="moderator",
            valid_from=timezone.localdate(), why="proef", site="https://hier.example/",
        )  # fmt: skip
    assert "email" in refused.value.message_dict


def test_what_was_written_before_comes_in_lower_case(land: Land) -> None:
    User.objects.create_user("ann@hier.example")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user DROP CONSTRAINT user_email_in_lower_case")
    User.objects.update(email="Ann@Hier.example")
    import_module("accounts.migrations.0003_addresses_in_lower_case").write_in_lower_case(apps, None)
    assert User.objects.get().email == "ann@hier.example"


def test_the_database_keeps_lower_case(land: Land) -> None:
    user = User.objects.create_user("Sam@Hier.example")
    assert user.email == "sam@hier.example"
    with pytest.raises(IntegrityError, match="user_email_in_lower_case"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="Sam@hier.example")
