"""What is over goes, at night, and a dry run only counts."""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import nightly
from core.files import private_storage
from core.jobs import nightly_jobs
from core.models import JobProgress, OutgoingMail, PrivateFile, TickRun, WorkerHeartbeat

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def aged(model: type[Model], field: str, days: float, **values: Any) -> Any:
    row = model._default_manager.create(**values)
    model._default_manager.filter(pk=row.pk).update(**{field: ago(days)})
    return row


def mail(days: float, state: str = "sent") -> Any:
    number = f"<{days}{state}@x.example>"
    return aged(
        OutgoingMail,
        "created_at",
        days,
        recipient="a@b.example",
        message_id=number,
        state=state,
        sent_at=ago(days),
    )


def task(days: float | None) -> "DBTaskResult[Any, Any]":
    return DBTaskResult.objects.create(
        task_path="a.b", backend_name="default", args_kwargs={"args": [], "kwargs": {}},
        status="SUCCESSFUL" if days is not None else "READY", finished_at=ago(days) if days is not None else None,
    )  # fmt: skip


def session(days: float) -> Session:
    return Session.objects.create(session_key=f"k{days}", session_data="", expire_date=ago(days))


def file(days: float | None) -> PrivateFile:
    row = PrivateFile.objects.create(
        kind="a.b", name="a.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        expires_at=ago(days) if days is not None else None,
    )  # fmt: skip
    private_storage().save(str(row.uuid), ContentFile(b"x"))
    return row


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "old", "kept"),
    [
        ("core.sessions", lambda: session(1), lambda: session(-1)),
        ("core.tasks", lambda: task(15), lambda: task(13)),
        ("core.tasks", lambda: task(15), lambda: task(None)),
        ("core.mails", lambda: mail(31), lambda: mail(29)),
        ("core.mails", lambda: mail(31, "uncertain"), lambda: mail(29, "failed")),
        (
            "core.progress",
            lambda: aged(JobProgress, "created_at", 15, title="a"),
            lambda: aged(JobProgress, "created_at", 13, title="b"),
        ),
        ("core.files", lambda: file(0.1), lambda: file(-1)),
        ("core.files", lambda: file(0.1), lambda: file(None)),
        (
            "core.runs",
            lambda: aged(TickRun, "started_at", 91, job="a.b", day=dt.date(2026, 1, 1)),
            lambda: aged(TickRun, "started_at", 89, job="a.b", day=dt.date(2026, 1, 2)),
        ),
        (
            "core.runs",
            lambda: WorkerHeartbeat.objects.create(worker_id="a", beat_at=ago(2)),
            lambda: WorkerHeartbeat.objects.create(worker_id="b", beat_at=ago(0.5)),
        ),
    ],
)
def test_old_goes_and_new_stays(name: str, old: Any, kept: Any) -> None:
    gone, stays = old(), kept()
    model = type(gone)
    run = nightly_jobs[name].run
    assert run(dry_run=True) == 1
    assert model._default_manager.count() == 2
    assert run(dry_run=False) == 1
    assert model._default_manager.get().pk == stays.pk
    assert run(dry_run=False) == 0


@pytest.mark.django_db(transaction=True)
def test_bytes_of_old_files_go_too() -> None:
    gone, stays = file(0.1), file(None)
    nightly.private_files(dry_run=False)
    assert not private_storage().exists(str(gone.uuid))
    assert private_storage().exists(str(stays.uuid))


def test_bytes_without_a_row_go_after_a_day() -> None:
    storage = private_storage()
    for name, age in (("wees", 2), ("nieuw", 0)):
        storage.save(name, ContentFile(b"x"))
        moment = time.time() - age * 86400
        os.utime(storage.path(name), (moment, moment))
    assert nightly.private_files(dry_run=True) == 1
    assert storage.exists("wees")
    assert nightly.private_files(dry_run=False) == 1
    assert (storage.exists("wees"), storage.exists("nieuw")) == (False, True)


def test_model_without_retention_is_refused() -> None:
    with pytest.raises(ValueError, match="declares no retention"):
        nightly.past_retention(WorkerHeartbeat)
