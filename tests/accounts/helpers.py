"""What several tests of people need."""

import datetime as dt
import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import RoleAssignment, User
from tests.conftest import Land, show_second_factor

PASSWORD = "een zin die niemand raadt"
FIRST = dt.date(2025, 1, 1)


def give(user: User, role: str, land: Land, slug: str | None = None, **fields: Any) -> RoleAssignment:
    """A role, written straight into the database."""
    values: dict[str, Any] = {"valid_from": FIRST, **fields}
    return RoleAssignment.objects.create(
        user=user, role=role, municipality=land.municipality, area=land[slug] if slug else None, **values
    )


def with_password(user: User) -> User:
    """A person who signs in with a password, at an address that was confirmed."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def browser(user: User, *, second_factor: bool = True) -> Client:
    """A browser in which a person is signed in."""
    client = Client()
    client.force_login(user, backend="accounts.backends.PersonBackend")
    if second_factor:
        show_second_factor(client, user)
    return client


def link_in_mail(number: int = -1) -> str:
    """The path of the link in a mail that was sent."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[number].body))
    assert found, mail.outbox[number].body
    return found[1]
