"""What the tests of a module share: a furnished municipality, made once in a transaction around them that nobody keeps.

Each test stands in a savepoint of its own (`db`), so none finds what another one changed. Import the fixture where it is wanted.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.utils.safestring import SafeString
from pytest_django import DjangoDbBlocker

from tests.conftest import make_cast, make_land
from tests.doors import World, furnish


@contextmanager
def staged(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around all tests of a module, rolled back after the last."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small municipality, its cast, and something of everything that an address can be about."""
    with staged(django_db_blocker):
        land = make_land()
        cast = make_cast(land)
        yield furnish(World(land, cast, owners=cast))


@contextmanager
def nothing_kept() -> Iterator[None]:
    """A request of which nothing stays, in the database or in the cache."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


class NothingMade:
    """Takes the place of the process that makes documents."""

    def ask(self, **_question: object) -> str:
        """No bytes."""
        return ""


@contextmanager
def unrendered() -> Iterator[None]:
    """Views answer as always, with an empty page or document: for asking who may enter, which is decided before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_given, **_named: SafeString(""))
        patch.setattr("core.pdf.bounded", lambda *_given: nullcontext(NothingMade()))
        yield
