"""CPU time from the process table: of this process, and of every process of the PostgreSQL server it speaks to."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 3
LEAST = (
    0.15  # seconds of CPU in a round, at least: the clock of ended processes ticks a hundred times a second
)
TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
Run = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU of one run, in Python and in PostgreSQL, and the number of its queries."""

    python: float
    database: float
    queries: int = 0

    @property
    def total(self) -> float:
        """Of both."""
        return self.python + self.database


def cost_once(run: Run) -> Cost:
    """What a run costs that cannot be repeated."""
    with CaptureQueriesContext(connection) as captured:
        cost = _round(run, 1)
    return Cost(cost.python, cost.database, len(captured))


def costs_of(runs: Mapping[str, Run]) -> dict[str, Cost]:
    """What each run costs: the middle of some rounds, in turns, so that a busy machine weighs on all of them alike."""
    counts = {name: _enough(run) for name, run in runs.items()}
    rounds: dict[str, list[Cost]] = {name: [] for name in runs}
    for _number in range(ROUNDS):
        for name, run in runs.items():
            rounds[name].append(_round(run, counts[name]))
    return {name: _middle(costs, _queries(runs[name])) for name, costs in rounds.items()}


def _middle(costs: list[Cost], queries: int) -> Cost:
    return Cost(median(cost.python for cost in costs), median(cost.database for cost in costs), queries)


def _queries(run: Run) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _enough(run: Run) -> int:
    """How often a run must be repeated for the clock; the first time, which fills what is remembered, does not count."""
    run()
    spent = _round(run, 1).total / 1000
    return max(1, min(int(LEAST / max(spent, 0.0001)), 500))


def _round(run: Run, count: int) -> Cost:
    served = database_seconds()
    before = time.process_time()
    for _number in range(count):
        run()
    python = time.process_time() - before
    return Cost(python / count * 1000, (database_seconds() - served) / count * 1000)


def database_seconds() -> float:
    """CPU of the whole server: the processes that run, helpers of parallel queries too, and those that ended."""
    server = _server()
    ended = _stat(server)[13:15]  # of the children that it waited for
    running = [int(path.name) for path in PROC.iterdir() if path.name.isdigit()]
    return sum(map(int, ended)) / TICK + sum(_seconds(one) for one in running if _parent(one) == server)


def _server() -> int:
    """The first process of the server: the parent of the one that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return _parent(cursor.fetchone()[0])


def _parent(process: int) -> int:
    fields = _stat(process)
    return int(fields[1]) if fields else 0


def _seconds(process: int) -> float:
    """Nanoseconds of the scheduler, when it tells them, else ticks of 10 ms."""
    try:
        return int((PROC / str(process) / "schedstat").read_text().split()[0]) / 1e9
    except OSError:
        fields = _stat(process)
        return sum(map(int, fields[11:13])) / TICK if fields else 0.0


def _stat(process: int) -> list[str]:
    """What the process table says of a process after its name; nothing when it has ended."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
