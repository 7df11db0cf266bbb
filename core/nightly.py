"""The nightly jobs of the plumbing itself: what is over goes."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from core.files import private_storage
from core.jobs import NightlyJob, nightly_jobs
from core.models import JobProgress, OutgoingMail, PrivateFile, TickRun, WorkerHeartbeat
from core.personal import declaration

TASKS_KEPT = dt.timedelta(days=14)
HEARTBEATS_KEPT = dt.timedelta(days=1)
# Bytes without a row: a transaction that was rolled back after the file was written.
ORPHANS_KEPT = dt.timedelta(days=1)


def remove(rows: "QuerySet[Any]", dry_run: bool) -> int:
    """Delete rows, or count them."""
    if dry_run:
        return rows.count()
    _total, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


def past_retention(model: type[Model]) -> "QuerySet[Any]":
    """The rows of a model that are older than its declaration keeps them."""
    personal = declaration(model)
    if personal is None or personal.retention_days is None:
        raise ValueError(f"{model._meta.label} declares no retention")
    limit = timezone.now() - dt.timedelta(days=personal.retention_days)
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{personal.retention_from}__lt": limit})
    return rows


def sessions(*, dry_run: bool) -> int:
    """Sessions that are over."""
    return remove(Session.objects.filter(expire_date__lt=timezone.now()), dry_run)


def task_results(*, dry_run: bool) -> int:
    """Tasks that ended two weeks ago."""
    return remove(
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT), dry_run
    )


def mails(*, dry_run: bool) -> int:
    """Mails of a month ago; those that still wait for a person too."""
    return remove(past_retention(OutgoingMail), dry_run)


def progress(*, dry_run: bool) -> int:
    """Progress of jobs of two weeks ago."""
    return remove(past_retention(JobProgress), dry_run)


def nightly_runs(*, dry_run: bool) -> int:
    """What we did at night, and workers that are no more."""
    gone = WorkerHeartbeat.objects.filter(beat_at__lt=timezone.now() - HEARTBEATS_KEPT)
    return remove(past_retention(TickRun), dry_run) + remove(gone, dry_run)


def private_files(*, dry_run: bool) -> int:
    """Private files whose time is over, and bytes that belong to no file."""
    return remove(PrivateFile.objects.expired(), dry_run) + orphans(dry_run)


def orphans(dry_run: bool) -> int:
    """Bytes in the private folder that no row knows."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return 0
    known = {str(identifier) for identifier in PrivateFile.objects.values_list("uuid", flat=True)}
    limit = timezone.now() - ORPHANS_KEPT
    lost = [name for name in names if name not in known and storage.get_modified_time(name) < limit]
    for name in lost if not dry_run else []:
        storage.delete(Path(name).name)
    return len(lost)


for name, title, run in (
    ("core.sessions", gettext_lazy("Clear sessions that are over"), sessions),
    ("core.tasks", gettext_lazy("Clear old task results"), task_results),
    ("core.mails", gettext_lazy("Clear old mails"), mails),
    ("core.progress", gettext_lazy("Clear old progress of jobs"), progress),
    ("core.files", gettext_lazy("Clear private files whose time is over"), private_files),
    ("core.runs", gettext_lazy("Clear old nightly runs"), nightly_runs),
):
    nightly_jobs.register(NightlyJob(name=name, title=title, run=run, order=200))
