"""Progress: seen while the work is not committed, ended in words, for one person only."""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from core import progress as progress_module
from core.models import JobProgress
from core.progress import local_url, reporting, start_job
from core.verbs import Refused

State = JobProgress.State
DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@task()
def count_to(job: str, end: int) -> None:
    with reporting(job) as report:
        for number in range(1, end + 1):
            report(number, end, f"rij {number}")
        report.leads_to("/kaart/")


def make_job(**fields: Any) -> JobProgress:
    return JobProgress.objects.create(title="Grenzen nakijken", **fields)


def outside(job: JobProgress) -> tuple[Any, ...]:
    """The row as another connection sees it."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT state, done, total FROM core_jobprogress WHERE uuid = %s", [job.uuid])
            return tuple(cursor.fetchone() or ())
    finally:
        other.close()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN_WRITES", 0.0)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_transaction_is_open() -> None:
    job = make_job()
    with reporting(job.uuid) as report, transaction.atomic():
        JobProgress.objects.create(title="iets dat nog niet vastligt")
        report(3, 10, "rij 3")
        assert outside(job) == (State.RUNNING, 3, 10)
    assert outside(job) == (State.DONE, 10, 10)


@pytest.mark.django_db(transaction=True)
def test_failure_is_told_though_the_work_is_rolled_back(caplog: pytest.LogCaptureFixture) -> None:
    job = make_job()
    with pytest.raises(ZeroDivisionError), reporting(job.uuid) as report, transaction.atomic():  # noqa: PT012 (the rollback is the point)
        JobProgress.objects.create(title="weg")
        report(1, 2)
        report.leads_to("/kaart/")
        _ = 1 / 0
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "division" not in job.message
    assert job.reference
    assert job.reference in caplog.text
    assert job.result_url == ""
    assert job.finished_at is not None
    assert not JobProgress.objects.filter(title="weg").exists()


@pytest.mark.django_db
def test_refusal_is_told_in_its_own_words() -> None:
    job = make_job()
    with pytest.raises(Refused), reporting(job.uuid):
        raise Refused("Het bestand heeft geen gebieden.", "empty")
    job.refresh_from_db()
    assert (job.state, job.message, job.reference) == (State.FAILED, "Het bestand heeft geen gebieden.", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [ValidationError(["Eerst dit.", "Dan dat."]), PermissionDenied("areas.import_edition")]
)
def test_what_a_verb_says_is_told(error: Exception) -> None:
    job = make_job()
    with pytest.raises(type(error)), reporting(job.uuid):
        raise error
    job.refresh_from_db()
    assert (job.state, job.reference) == (State.FAILED, "")
    assert job.message in ("Eerst dit.\nDan dat.", "Dit mag je niet (meer) doen.")


@pytest.mark.django_db
def test_works_inside_the_transaction_that_made_the_job() -> None:
    job = make_job()
    with reporting(job.uuid) as report:
        report(1, 3)
        job.refresh_from_db()
        assert (job.state, job.done) == (State.RUNNING, 1)
    job.refresh_from_db()
    assert job.state == State.DONE


@pytest.mark.django_db
def test_writes_twice_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN_WRITES", 60.0)
    written: list[dict[str, Any]] = []

    def write(using: object, job: uuid.UUID, values: dict[str, Any]) -> bool:
        written.append(values)
        return True

    monkeypatch.setattr(progress_module, "write_row", write)
    with reporting(make_job().uuid) as report:
        for number in range(1000):
            report(number, 1000)
    assert [values["state"] for values in written] == [State.RUNNING, State.DONE]
    assert written[-1]["done"] == 1000


@pytest.mark.django_db
def test_further_than_the_end_is_the_end() -> None:
    job = make_job()
    with reporting(job.uuid) as report:
        report(12, 10)
        job.refresh_from_db()
        assert (job.done, job.total, job.percent) == (10, 10, 100)
        report(5)
        job.refresh_from_db()
        assert (job.done, job.total, job.percent) == (5, 0, None)


@pytest.mark.django_db
def test_job_speaks_the_language_of_who_asked() -> None:
    job = make_job(language="en")
    with translation.override("nl"), reporting(job.uuid):
        assert translation.get_language() == "en"


@pytest.mark.django_db(transaction=True)
def test_second_connection_is_given_back() -> None:
    def connected() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return int(cursor.fetchone()[0])

    before = connected()
    for _ in range(3):
        with reporting(make_job().uuid) as report:
            report(1, 2)
    deadline = time.monotonic() + 5  # a backend of PostgreSQL takes a moment to leave
    while connected() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert connected() == before


@pytest.mark.django_db(transaction=True)
def test_task_is_queued_with_the_transaction(settings: LazySettings) -> None:
    settings.TASKS = DATABASE_TASKS
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the rollback is the point)
        start_job(count_to, title="Tellen", owner=None, end=3)
        raise RuntimeError
    assert DBTaskResult.objects.count() == JobProgress.objects.count() == 0
    job = start_job(count_to, title="Tellen", owner=None, end=3)
    queued = DBTaskResult.objects.get()
    assert job.task_id == queued.id
    assert queued.args_kwargs["kwargs"] == {"job": str(job.uuid), "end": 3}


@pytest.mark.django_db(transaction=True)
def test_job_runs_from_start_to_end() -> None:
    job = start_job(count_to, title="Tellen", owner=uuid.uuid4(), end=3)
    job.refresh_from_db()
    assert (job.state, job.done, job.message, job.result_url) == (State.DONE, 3, "rij 3", "/kaart/")


@pytest.mark.parametrize(
    "url", ["https://kwaad.example/", "//kwaad.example/", "javascript:1", "kaart", "", "/\\kwaad.example"]
)
def test_leads_only_into_this_site(url: str) -> None:
    assert local_url(url) == ""


def test_leads_into_this_site() -> None:
    assert local_url("/gebieden/meer/?a=1") == "/gebieden/meer/?a=1"


AsPart = Callable[[str], Client]


def test_page_is_for_the_owner_only(as_part: AsPart, cast: dict[str, User]) -> None:
    job = make_job(owner=cast["steward"].uuid)
    nobodys = make_job(owner=None)
    address = reverse("core:progress", args=[job.uuid])
    assert address == f"/voortgang/{job.uuid}/"
    assert as_part("steward").get(address).status_code == 200
    assert as_part("administrator").get(address).status_code == 404
    assert as_part("visitor").get(address).status_code == 302
    assert as_part("steward").get(nobodys.get_absolute_url()).status_code == 404
    assert as_part("steward").get(f"/voortgang/{uuid.uuid4()}/").status_code == 404


def test_page_shows_how_far(as_part: AsPart, cast: dict[str, User]) -> None:
    job = make_job(owner=cast["steward"].uuid, state=State.RUNNING, done=1200, total=4800, message="rij 1200")
    answer = as_part("steward").get(job.get_absolute_url())
    page = answer.content.decode()
    assert '<progress class="progress" aria-label="Grenzen nakijken" max="4800" value="1200">' in page
    assert "rij 1200" in page
    assert '<noscript><meta http-equiv="refresh"' in page  # without script the page asks again by itself
    assert 'hx-trigger="every 1s"' in page
    assert 'role="status"' in page
    assert "no-store" in answer["Cache-Control"]


def poll(client: Client, job: JobProgress, heard: str = "") -> Any:
    return client.get(job.get_absolute_url(), {"heard": heard}, headers={"HX-Request": "true"})


def test_poll_gets_the_part_and_hears_news_once(as_part: AsPart, cast: dict[str, User]) -> None:
    job = make_job(owner=cast["steward"].uuid, state=State.RUNNING, done=31, total=100)
    client = as_part("steward")
    page = poll(client, job).content.decode()
    assert "<html" not in page
    assert "hx-swap-oob" in page
    assert "heard=running-3" in page
    assert "hx-swap-oob" not in poll(client, job, "running-3").content.decode()
    assert "hx-swap-oob" in poll(client, job, "running-2").content.decode()


def test_poll_leads_on_when_done(as_part: AsPart, cast: dict[str, User]) -> None:
    job = make_job(owner=cast["steward"].uuid, state=State.DONE, result_url="/kaart/")
    client = as_part("steward")
    answer = poll(client, job)
    assert (answer.status_code, answer["HX-Redirect"]) == (286, "/kaart/")
    assert "hx-get" not in answer.content.decode()
    assert client.get(job.get_absolute_url())["Location"] == "/kaart/"


def test_failure_says_what_and_under_which_number(as_part: AsPart, cast: dict[str, User]) -> None:
    job = make_job(
        owner=cast["steward"].uuid, state=State.FAILED, message="Er ging iets mis", reference="7K2M-9QXD",
        back_url="/gebieden/",
    )  # fmt: skip
    client = as_part("steward")
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Er ging iets mis" in page
    assert "7K2M-9QXD" in page
    assert 'href="/gebieden/"' in page
    assert "http-equiv" not in page
    assert poll(client, job).status_code == 286


@pytest.mark.django_db(transaction=True)
def test_two_threads_report_their_own_jobs() -> None:
    jobs = [make_job(), make_job()]

    def work(job: JobProgress) -> None:
        try:
            with reporting(job.uuid) as report:
                report(1, 2)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [outside(job)[0] for job in jobs] == [State.DONE, State.DONE]
