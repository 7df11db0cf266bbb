"""The worker: tasks, mail, signs of life; ends cleanly, and what it leaves behind is seen."""

import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import send_mail
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import worker as worker_module
from core.models import JobProgress, OutgoingMail, TickRun, WorkerHeartbeat
from core.progress import start_job
from core.worker import Attendant, Supervised, Worker, end_abandoned_tasks
from tests.core.database import in_database
from tests.core.slow_task import take_your_time

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _queue(settings: LazySettings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "core.mail.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def slow_job(seconds: float = 0.0) -> JobProgress:
    return start_job(take_your_time, title="Traag werk", owner=None, seconds=seconds)


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def test_carries_out_what_waits_and_signs_off(mailoutbox: list[object]) -> None:
    job = slow_job()
    send_mail("A", "B", None, ["jan@proefdorp.example"])
    Worker(once=True).run_once()
    job.refresh_from_db()
    assert job.state == JobProgress.State.DONE
    assert DBTaskResult.objects.get().return_value == "klaar"
    assert len(mailoutbox) == 1
    assert not WorkerHeartbeat.objects.exists()


def running_task(worker_id: str, *, minutes: float = 5) -> JobProgress:
    job = slow_job()
    JobProgress.objects.filter(pk=job.pk).update(state="running")
    DBTaskResult.objects.filter(id=str(job.task_id)).update(
        status="RUNNING", worker_ids=[worker_id], started_at=timezone.now() - dt.timedelta(minutes=minutes)
    )
    return job


def test_task_of_a_dead_worker_fails_in_words() -> None:
    WorkerHeartbeat.objects.create(worker_id="dead", beat_at=timezone.now() - dt.timedelta(minutes=3))
    dead, unknown = running_task("dead"), running_task("unknown")
    assert end_abandoned_tasks() == 2
    for job in (dead, unknown):
        job.refresh_from_db()
        assert job.state == JobProgress.State.FAILED
        assert job.message
        assert job.finished_at is not None
        assert DBTaskResult.objects.get(id=str(job.task_id)).status == "FAILED"
    assert end_abandoned_tasks() == 0


def test_task_of_a_living_worker_is_left_alone() -> None:
    WorkerHeartbeat.objects.create(worker_id="alive", beat_at=timezone.now() - dt.timedelta(seconds=20))
    job = running_task("alive")
    fresh = running_task("starting", minutes=0)  # its heartbeat is on its way
    assert end_abandoned_tasks() == 0
    for one in (job, fresh):
        one.refresh_from_db()
        assert one.state == "running"


def test_beats_and_looks_after_the_dead() -> None:
    worker = Worker()
    job = running_task("dead")
    OutgoingMail.objects.create(
        recipient="a@b.example", message_id="<a>", state="sending",
        sending_since=timezone.now() - dt.timedelta(hours=1),
    )  # fmt: skip
    worker.beat()
    first = WorkerHeartbeat.objects.get(worker_id=worker.worker_id).beat_at
    worker.beat()
    assert WorkerHeartbeat.objects.get().beat_at > first
    job.refresh_from_db()
    assert job.state == "failed"
    assert OutgoingMail.objects.get().state == "uncertain"


def test_runs_the_night_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "is_due", lambda: True)
    Worker().night()
    runs = TickRun.objects.count()
    assert runs > 0
    Worker().night()
    assert TickRun.objects.count() == runs


def test_thread_goes_on_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    calls: list[int] = []

    def work() -> None:
        calls.append(1)
        if len(calls) < 3:
            raise OperationalError("the database is away")
        stop.set()

    with caplog.at_level(logging.ERROR):
        attendant = Attendant("mail", 0.01, work, stop)
        attendant.start()
        attendant.join(10)
    assert len(calls) == 3
    assert "mail went wrong" in caplog.text


def test_second_signal_stops_at_once() -> None:
    tasks = Worker().tasks
    assert isinstance(tasks, Supervised)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        tasks.shutdown(signal.SIGTERM, None)
        assert tasks.running is False
        with pytest.raises(SystemExit):
            tasks.shutdown(signal.SIGTERM, None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the database of this test."""
    environment = {
        **os.environ,
        "DATABASE_URL": in_database(str(connection.settings_dict["NAME"])),
        "EMAIL_URL": f"filemail:///{tmp_path}/mail",
        "DEMO": "1",
    }
    running = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment)
    yield running
    if running.poll() is None:
        running.kill()
    running.wait(10)


def is_busy() -> bool:
    return DBTaskResult.objects.filter(status="RUNNING").exists()


def test_sigterm_lets_the_task_at_hand_finish(process: subprocess.Popen[bytes], tmp_path: Path) -> None:
    send_mail("Welkom", "Dag", None, ["jan@proefdorp.example"])
    job = slow_job(2.0)
    until(is_busy)
    later = slow_job()
    until(lambda: OutgoingMail.objects.filter(state="sent").exists())  # mail does not wait for the task
    assert WorkerHeartbeat.objects.exists()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    job.refresh_from_db()
    later.refresh_from_db()
    assert (job.state, later.state) == ("done", "waiting")
    assert not WorkerHeartbeat.objects.exists()
    [written] = (tmp_path / "mail").iterdir()
    assert "To: jan@proefdorp.example" in written.read_text()


def test_killed_worker_leaves_a_task_that_fails_visibly(process: subprocess.Popen[bytes]) -> None:
    job = slow_job(60.0)
    until(is_busy)
    process.kill()
    process.wait(10)
    assert end_abandoned_tasks() == 0  # its last sign of life is fresh
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    WorkerHeartbeat.objects.update(beat_at=long_ago)
    DBTaskResult.objects.update(started_at=long_ago)
    assert end_abandoned_tasks() == 1
    job.refresh_from_db()
    assert job.state == "failed"
