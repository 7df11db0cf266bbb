"""The nightly tick: every job once a day, whoever asks and however many ask at once."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

from django.db import transaction
from django.utils import timezone

from core.codes import new_reference
from core.jobs import NightlyJob, nightly_jobs
from core.models import TickRun

logger = logging.getLogger(__name__)

STARTS_AT = dt.time(2, 0)  # local time
LONGEST = dt.timedelta(hours=1)  # a run that is busy for longer was cut off
State = TickRun.State


@dataclass(frozen=True)
class Outcome:
    """What a job did: `rows` changed (or to change), or the reference of its failure."""

    job: str
    title: str
    rows: int = 0
    reference: str = ""


def is_due() -> bool:
    """Whether the night has come and some job has not run yet today."""
    now = timezone.localtime()
    if now.time() < STARTS_AT:
        return False
    return TickRun.objects.filter(day=now.date()).count() < len(nightly_jobs)


def tick(*, dry_run: bool = False, only: str = "", stop: Event | None = None) -> Iterator[Outcome]:
    """Run the jobs that have not run today, or the one that is asked for, also a second time."""
    day = timezone.localdate()
    for job in [nightly_jobs[only]] if only else list(nightly_jobs):
        if stop is not None and stop.is_set():
            return
        if dry_run:
            yield Outcome(job.name, str(job.title), job.run(dry_run=True))
        elif run := claim(job, day, again=bool(only)):
            yield carry_out(job, run)


def claim(job: NightlyJob, day: dt.date, *, again: bool) -> TickRun | None:
    """Be the one who runs this job today; None when another is."""
    with transaction.atomic():
        TickRun.objects.bulk_create([TickRun(job=job.name, day=day)], ignore_conflicts=True)
        run = TickRun.objects.select_for_update().get(job=job.name, day=day)
        busy = run.state == State.RUNNING and timezone.now() - run.started_at < LONGEST
        if run.state != State.WAITING and (busy or not again):
            return None
        run.state = State.RUNNING
        run.started_at = timezone.now()
        run.save(update_fields=["state", "started_at"])
    return run


def carry_out(job: NightlyJob, run: TickRun) -> Outcome:
    """Run a job in its own transaction and write down what came of it; a failure keeps no other job from running."""
    reference = ""
    rows = 0
    try:
        with transaction.atomic():
            rows = job.run(dry_run=False)
    except Exception:
        reference = new_reference()
        logger.exception("Nightly job %s failed, reference %s", job.name, reference)
    TickRun.objects.filter(pk=run.pk).update(
        state=State.FAILED if reference else State.DONE,
        rows=rows,
        reference=reference,
        finished_at=timezone.now(),
    )
    return Outcome(job.name, str(job.title), rows, reference)
