"""The worker: one process that carries out tasks, delivers mail, releases on time, runs the nightly tick, shows that it is alive.

Tasks run in the main thread, one at a time, by django-tasks-db's own worker. Four threads stand beside it, each with its own
database connection: a long task does not hold up mail or a release, and a slow mail server does not stop the heart.
"""

import datetime as dt
import logging
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import close_old_connections, connections, transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from core.logs import request_id
from core.mail import deliver, mark_lost
from core.models import WorkerHeartbeat
from core.progress import fail_abandoned
from core.release import release_due
from core.tick import is_due, tick

logger = logging.getLogger(__name__)

HEARTBEAT = 5.0  # seconds between signs of life
MAIL = 1.0
RELEASE = 5.0
NIGHT = 30.0
TASKS = 0.5
# A worker that was silent for so long is dead; far above what a busy database can cost.
SILENT_AFTER = dt.timedelta(minutes=2)
PATIENCE = 45.0  # seconds that threads get to finish what they are at


class WorkerLost(Exception):
    """The worker of a task stopped before the task did."""


class Attendant(threading.Thread):
    """Does one thing again and again until it is told to stop; whatever goes wrong, it tries again."""

    def __init__(self, name: str, every: float, work: Callable[[], object], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.every = every
        self.work = work
        self.stop = stop

    def run(self) -> None:
        """The loop; waits longer after each failure in a row, at most a minute."""
        failures = 0
        while not self.stop.is_set():
            try:
                close_old_connections()
                self.work()
                failures = 0
            except Exception:
                failures += 1
                logger.exception("%s went wrong", self.name)
            finally:
                connections.close_all()
            self.stop.wait(min(60.0, self.every * 2**failures) if failures else self.every)


class Supervised(TaskWorker):
    """Django-tasks-db's worker; on a signal it finishes the task at hand and then stops, also between two steps."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop after this task; a second signal stops at once."""
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        logger.warning("Received %s, stopping after the task at hand", signal.strsignal(signum))
        self.running = False

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """Run one task, with its number in the log."""
        token = request_id.set(str(db_task_result.id))
        try:
            super().run_task(db_task_result)
        finally:
            request_id.reset(token)


class Worker:
    """The whole process."""

    def __init__(self, *, once: bool = False) -> None:
        self.worker_id = uuid.uuid4().hex
        self.once = once
        self.stop = threading.Event()
        self.tasks = Supervised(
            queue_names=["*"],
            interval=TASKS,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )
        self.attendants = [
            Attendant("heartbeat", HEARTBEAT, self.beat, self.stop),
            Attendant("mail", MAIL, deliver, self.stop),
            Attendant("release", RELEASE, release_due, self.stop),
            Attendant("night", NIGHT, self.night, self.stop),
        ]

    def run(self) -> None:
        """Work until a signal comes."""
        self.tasks.configure_signals()
        self.beat()
        for attendant in self.attendants:
            attendant.start()
        logger.warning("Worker %s started", self.worker_id)
        try:
            self.tasks.run()
        finally:
            self.end()

    def run_once(self) -> None:
        """Carry out what is in the queues now, and stop: for tests and scripts."""
        self.beat()
        self.tasks.run()
        release_due()
        deliver()
        self.end()

    def end(self) -> None:
        """Let the threads finish, and sign off."""
        self.stop.set()
        for attendant in self.attendants:
            if attendant.is_alive():
                attendant.join(PATIENCE)
        WorkerHeartbeat.objects.filter(worker_id=self.worker_id).delete()
        logger.warning("Worker %s stopped", self.worker_id)

    def beat(self) -> None:
        """Show a sign of life, and look after what the dead left behind."""
        WorkerHeartbeat.objects.update_or_create(
            worker_id=self.worker_id, defaults={"beat_at": timezone.now()}
        )
        end_abandoned_tasks()
        mark_lost()

    def night(self) -> None:
        """Run the tick when the night has come."""
        if is_due():
            for outcome in tick(stop=self.stop):
                logger.warning("Nightly job %s: %s rows", outcome.job, outcome.rows)


def end_abandoned_tasks() -> int:
    """Tasks whose worker is gone end as failed, visibly; how many. They are not begun again: nobody knows how far they were."""
    now = timezone.now()
    alive = set(
        WorkerHeartbeat.objects.filter(beat_at__gt=now - SILENT_AFTER).values_list("worker_id", flat=True)
    )
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        abandoned = [
            task
            for task in running
            if not alive.intersection(task.worker_ids[-1:])
            and task.started_at < now - dt.timedelta(seconds=30)
        ]
        for task in abandoned:
            task.set_failed(WorkerLost("The worker stopped before the task was done."))
            logger.error("Task %s was abandoned by its worker", task.id)
        fail_abandoned([task.id for task in abandoned], now=now)
    return len(abandoned)
