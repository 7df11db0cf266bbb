"""Long work with a bar that moves: start a job, report from inside it, show how far it is.

job = start_job(check_file, title=_("Check the file"), owner=request.user.uuid, file=str(file.uuid))
return redirect(job)

@task()
def check_file(job: str, file: str) -> None:
    with reporting(job) as report:
        with transaction.atomic():
            for number, row in enumerate(rows, 1):
                report(number, len(rows), _("row %(number)s") % {"number": number})
        report.leads_to(edition.get_absolute_url())
"""

import datetime as dt
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

from core.codes import new_reference
from core.models import JobProgress

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 0.5
COLUMNS = ("state", "done", "total", "message", "reference", "result_url", "updated_at", "finished_at")


def start_job(
    task: "Task[Any, Any]", *, title: str, owner: uuid.UUID | None, back_url: str = "", **arguments: Any
) -> JobProgress:
    """Put a task in the queue and return its progress; the task gets `job` (the identifier as text) and the arguments.

    The queue is in the same database, so the task becomes visible to the worker with the caller's transaction,
    and is forgotten with it.
    """
    with transaction.atomic():
        job = JobProgress(
            title=title,
            owner=owner,
            back_url=local_url(back_url),
            language=translation.get_language() or "nl",
        )
        job.full_clean()
        job.save()
        if isinstance(task.get_backend(), DatabaseBackend):
            result = task.enqueue(job=str(job.uuid), **arguments)
            job.task_id = uuid.UUID(str(result.id))
            job.save(update_fields=["task_id"])
        else:  # a backend that runs at once must not see half a transaction
            transaction.on_commit(partial(enqueue, task, job, arguments))
    return job


def enqueue(task: "Task[Any, Any]", job: JobProgress, arguments: dict[str, Any]) -> None:
    """Hand a task to its backend."""
    task.enqueue(job=str(job.uuid), **arguments)


class Report:
    """What a job tells of itself; every write is seen at once, also while the job's own transaction is open."""

    def __init__(self, job: uuid.UUID) -> None:
        self.job = job
        self.values: dict[str, Any] = {"done": 0, "total": 0, "message": "", "result_url": ""}
        self._written = 0.0
        self._side: BaseDatabaseWrapper | None = None

    def __call__(self, done: int, total: int = 0, message: str = "") -> None:
        """So far, of how much, and what is being done; may be called as often as you like."""
        total = max(total, 0)
        done = max(done, 0)
        self.values.update(done=min(done, total) if total else done, total=total, message=message[:500])
        if time.monotonic() - self._written >= SECONDS_BETWEEN_WRITES:
            self.write()

    def leads_to(self, url: str) -> None:
        """Where the person goes when the job is done; an address of this site."""
        self.values["result_url"] = local_url(url)

    def write(self, **values: Any) -> None:
        """Store what is known now, outside the transaction of the job."""
        self.values.update(values, updated_at=timezone.now())
        self._written = time.monotonic()
        known = {column: self.values[column] for column in COLUMNS if column in self.values}
        if self._side is None:
            self._side = connection.copy()
        if not write_row(self._side, self.job, known):
            # Not visible from outside: the job runs inside the transaction that made the row.
            write_row(connection, self.job, known)

    def close(self) -> None:
        """Give the second connection back."""
        if self._side is not None:
            self._side.close()


def write_row(using: BaseDatabaseWrapper, job: uuid.UUID, values: dict[str, Any]) -> bool:
    """Write columns of the row over a connection of choice, which the ORM cannot; False when it is not there."""
    assignments = ", ".join(f"{column} = %s" for column in values)
    sql = f"UPDATE core_jobprogress SET {assignments} WHERE uuid = %s"  # noqa: S608 (names are ours)
    with using.cursor() as cursor:
        cursor.execute(sql, [*values.values(), job])
        return bool(cursor.rowcount)


@contextmanager
def reporting(job: str | uuid.UUID) -> Iterator[Report]:
    """Follow a job from start to end, in the language of the person who asked for it.

    Put the job's `transaction.atomic` inside: what ends this block is shown as done, so it must be committed by then.
    """
    identifier = uuid.UUID(str(job))
    report = Report(identifier)
    language = JobProgress.objects.filter(uuid=identifier).values_list("language", flat=True).first()
    try:
        with translation.override(language or translation.get_language()):
            report.write(state=JobProgress.State.RUNNING)
            try:
                yield report
            except Exception as error:
                fail(report, error)
                raise
            finish(report)
    finally:
        report.close()


def finish(report: Report) -> None:
    """The job is done: full bar."""
    values = report.values
    report.write(
        state=JobProgress.State.DONE,
        done=values["total"] or values["done"],
        finished_at=timezone.now(),
    )


def fail(report: Report, error: Exception) -> None:
    """The job stopped: say why in words, and give a reference to what the log knows."""
    if isinstance(error, ValidationError):  # also Refused and Conflict: what a verb says to a person
        message, reference = "\n".join(error.messages)[:500], ""
    elif isinstance(error, PermissionDenied):
        message, reference = _("You may not do this (any more)."), ""
    else:
        message, reference = unexpected(), new_reference()
        logger.error("Job %s stopped, reference %s", report.job, reference, exc_info=error)
    report.write(
        state=JobProgress.State.FAILED,
        message=message,
        reference=reference,
        result_url="",
        finished_at=timezone.now(),
    )


def unexpected() -> str:
    """What a person reads when a job stopped for a reason that is not theirs."""
    return _("Something went wrong on our side. Try it again later.")


def fail_abandoned(task_ids: list[uuid.UUID], *, now: dt.datetime) -> int:
    """Jobs whose worker is gone are shown as failed; how many."""
    count = 0
    for job in JobProgress.objects.filter(task_id__in=task_ids).exclude(
        state__in=[JobProgress.State.DONE, JobProgress.State.FAILED]
    ):
        with translation.override(job.language):
            job.message = _("The work was interrupted. Start it again.")
        job.state = JobProgress.State.FAILED
        job.finished_at = now
        job.save(update_fields=["state", "message", "finished_at", "updated_at"])
        count += 1
    return count


def local_url(url: str) -> str:
    """The address when it is one of this site, else nothing."""
    if url.startswith("/") and len(url) <= 500 and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return url
    return ""
