"""Every nightly job once a day, however many ask."""

import datetime as dt
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connections

from core.jobs import NightlyJob, nightly_jobs
from core.models import TickRun
from core.tick import is_due, tick

NIGHT = "2026-03-04T02:30+01:00"
State = TickRun.State


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """Only two jobs: one that counts, one that breaks."""
    calls: list[str] = []
    others = list(nightly_jobs)
    for job in others:
        nightly_jobs.unregister(job.name)

    def count(*, dry_run: bool) -> int:
        calls.append("dry" if dry_run else "real")
        return 3

    def broken(*, dry_run: bool) -> int:
        TickRun.objects.create(job="tests.halfway", day=dt.date(2000, 1, 1))
        raise ValueError("jan@proefdorp.example")

    nightly_jobs.register(NightlyJob(name="tests.broken", title="Breekt", run=broken, order=1))
    nightly_jobs.register(NightlyJob(name="tests.count", title="Telt", run=count, order=2))
    yield calls
    for name in ("tests.broken", "tests.count"):
        nightly_jobs.unregister(name)
    for job in others:
        nightly_jobs.register(job)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-03-04T01:59+01:00", False),
        ("2026-03-04T02:01+01:00", True),
        ("2026-03-04T15:00+01:00", True),  # it was off at night
        ("2026-07-04T00:01Z", True),  # summer time: 02:01
        ("2026-07-03T23:59Z", False),
    ],
)
def test_night_begins_at_two_local_time(calls: list[str], moment: str, due: bool) -> None:
    with time_machine.travel(moment, tick=False):
        assert is_due() is due


@pytest.mark.django_db
def test_once_a_day_and_a_failure_stops_no_other(calls: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        broken, counted = list(tick())
        assert broken.reference
        assert broken.reference in caplog.text
        assert (counted.rows, counted.reference) == (3, "")
        assert not TickRun.objects.filter(job="tests.halfway").exists()  # rolled back
        assert list(tick()) == []
        assert not is_due()
        assert calls == ["real"]
        runs = dict(TickRun.objects.values_list("job", "state"))
        assert runs == {"tests.broken": State.FAILED, "tests.count": State.DONE}
        clock.shift(dt.timedelta(days=1))
        assert is_due()
        list(tick())
        assert calls == ["real", "real"]


@pytest.mark.django_db
def test_dry_run_changes_nothing(calls: list[str]) -> None:
    nightly_jobs.unregister("tests.broken")
    try:
        assert [outcome.rows for outcome in tick(dry_run=True)] == [3]
    finally:
        nightly_jobs.register(NightlyJob(name="tests.broken", title="B", run=lambda *, dry_run: 0))
    assert calls == ["dry"]
    assert not TickRun.objects.exists()


@pytest.mark.django_db
def test_one_job_again_when_asked_by_name(calls: list[str]) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        list(tick())
        assert [outcome.job for outcome in tick(only="tests.count")] == ["tests.count"]
        assert calls == ["real", "real"]
        TickRun.objects.filter(job="tests.count").update(state=State.RUNNING)
        assert list(tick(only="tests.count")) == []  # somebody is at it
        clock.shift(dt.timedelta(hours=2))
        assert len(list(tick(only="tests.count"))) == 1  # that somebody was cut off


@pytest.mark.django_db
def test_stops_between_two_jobs(calls: list[str]) -> None:
    stop = threading.Event()
    stop.set()
    assert list(tick(stop=stop)) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_run_it_once(calls: list[str]) -> None:
    start = threading.Barrier(4)

    def work() -> None:
        try:
            start.wait()
            list(tick())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert calls == ["real"]


@pytest.mark.django_db
def test_command_tells_and_fails_loudly(calls: list[str]) -> None:
    told = StringIO()
    with pytest.raises(CommandError, match="1 of the nightly jobs failed"):
        call_command("tick", stdout=told)
    assert "tests.count: changed 3 rows" in told.getvalue()
    assert "tests.broken: failed, reference" in told.getvalue()
    with pytest.raises(CommandError, match=r"no job 'x.y'. There are: tests.broken, tests.count"):
        call_command("tick", job="x.y")
    told = StringIO()
    call_command("tick", "--dry-run", "--job", "tests.count", stdout=told)
    assert "tests.count: would change 3 rows" in told.getvalue()
