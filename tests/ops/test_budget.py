"""The bill of CPU seconds."""

import subprocess
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from tests.budget import WHOLE, Bill, Spent, app_of, backend_pid, cpu, descendants, spent


@pytest.mark.parametrize(
    ("nodeid", "app"),
    [
        ("tests/areas/map/test_layers.py::test_it", "areas"),
        ("tests/test_access_matrix.py::test_every_door[workplaces-steward]", "workplaces"),
        ("tests/test_query_counts.py::test_queries_do_not_grow[core]", "core"),
        ("tests/browser/test_screen.py::test_every_page[chromium-portal-/kaart/]", "portal"),
        ("tests/browser/test_map.py::test_a_reload_shows_the_same[chromium]", "browser"),
        ("tests/test_layers.py::test_models[x-y]", WHOLE),
        ("tests/test_personal.py::test_it", WHOLE),
    ],
)
def test_whose_test_it_is(nodeid: str, app: str) -> None:
    assert app_of(nodeid) == app


def test_what_is_started_counts_while_it_runs_and_after() -> None:
    before = spent()
    # The shell waits for what works, as Playwright waits for Chromium.
    work = "import time\nwhile time.process_time() < 0.3: pass\ntime.sleep(60)"
    with subprocess.Popen(["sh", "-c", f"python3 -c '{work}' & wait"]) as shell:
        until = time.monotonic() + 60
        while spent().since(before).started < 0.25 and time.monotonic() < until:
            time.sleep(0.05)
        below = list(descendants(shell.pid))
        assert len(below) == 1
        assert cpu(below[0]) >= 0.25
        subprocess.run(["kill", str(below[0])], check=True)
    assert spent().since(before).started >= 0.25
    assert list(descendants(shell.pid)) == []
    assert cpu(below[0]) == 0


def test_the_database_counts(db: None) -> None:
    before = spent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(sqrt(n)) FROM generate_series(1, 1500000) n")
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == (backend_pid(),)
    after = spent().since(before)
    assert after.database > 0.02
    assert after.total >= after.database


def test_another_connection_began_at_nothing() -> None:
    assert Spent(5, 2, 1.5, 8).since(Spent(4, 2, 9, 7)) == Spent(1, 0, 1.5, 8)
    assert Spent(5, 2, 9.5, 7).since(Spent(4, 2, 9, 7)) == Spent(1, 0, 0.5, 7)


def test_an_app_that_costs_more_than_it_may_fails_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.budget.BUDGETS", {"areas": 3.0})
    for asked, status in ((True, pytest.ExitCode.TESTS_FAILED), (False, pytest.ExitCode.OK)):
        config: Any = SimpleNamespace(getoption=lambda _name, asked=asked: asked)
        bill = Bill(config, None)
        for nodeid, seconds in (("tests/areas/test_a.py::a", 2.0), ("tests/areas/test_b.py::b", 1.5)):
            bill.pytest_runtest_logreport(SimpleNamespace(nodeid=nodeid, cpu=seconds, database=0.0))
        session: Any = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
        bill.pytest_sessionfinish(session)
        assert bill.over() == {"areas": 3.0}
        assert session.exitstatus == status
