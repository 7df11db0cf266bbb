"""Alive, ready, and what is told of the worker."""

import datetime as dt
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core import health
from core.models import OutgoingMail, WorkerHeartbeat


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(health, "_migrated_until", 0.0)
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_alive_asks_nobody(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_with_a_worker(client: Client) -> None:
    WorkerHeartbeat.objects.create(worker_id="a", beat_at=timezone.now())
    status, parts = ask(client)
    assert status == 200
    assert parts == {
        "status": "ok", "database": "ok", "migrations": "ok", "channel_layer": "ok", "worker": "ok", "mail": "ok"
    }  # fmt: skip


@pytest.mark.django_db
def test_missing_worker_is_told_but_pages_can_be_read(client: Client) -> None:
    status, parts = ask(client)
    assert (status, parts["status"], parts["worker"]) == (200, "degraded", "missing")
    WorkerHeartbeat.objects.create(worker_id="a", beat_at=timezone.now() - dt.timedelta(seconds=31))
    status, parts = ask(client)
    assert (status, parts["status"], parts["worker"]) == (200, "degraded", "silent")


@pytest.mark.django_db
def test_mail_that_does_not_leave_is_told(client: Client, settings: LazySettings) -> None:
    OutgoingMail.objects.create(
        recipient="a@b.example", message_id="<a@b>", next_attempt_at=timezone.now() - dt.timedelta(hours=1)
    )
    assert ask(client)[1]["mail"] == "late"
    settings.MAIL_DELIVERY_BACKEND = None
    assert ask(client)[1]["mail"] == "off"


@pytest.mark.django_db
def test_no_database_no_requests(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*given: Any) -> Any:
        raise OperationalError("connection to 10.0.0.5, user geheim, refused")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert answer.json()["status"] == "unready"
    assert "geheim" not in answer.content.decode()
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_missing_migration_no_requests(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'core' AND name = "
            "(SELECT max(name) FROM django_migrations WHERE app = 'core')"
        )
    status, parts = ask(client)
    assert (status, parts["migrations"]) == (503, "missing")


@pytest.mark.django_db
def test_migrations_are_remembered_for_a_moment(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(client)
    with django_assert_num_queries(3):  # is it there, the worker, the mail
        ask(client)


@pytest.mark.django_db
def test_silent_channel_layer_no_requests(client: Client, settings: LazySettings) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.core.test_health.Deaf"}}
    status, parts = ask(client)
    assert (status, parts["channel_layer"]) == (503, "unreachable")


class Deaf:
    """A channel layer that cannot be reached."""

    async def new_channel(self, prefix: str = "") -> str:
        raise ConnectionRefusedError
