"""CPU time of this process and of the PostgreSQL process that serves it, from /proc."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection

ROUND = 0.3  # seconds of CPU that a figure is made of, at least: the clock of /proc ticks a hundred times a second
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU of one run, in Python and in PostgreSQL."""

    python: float
    database: float

    @property
    def total(self) -> float:
        """Of both."""
        return self.python + self.database


def cost_of(run: Callable[[], object], *, rounds: int = 3, once: bool = False) -> Cost:
    """What a run costs: the middle of some rounds, each long enough for the clock; `once` for what cannot be repeated."""
    server = _server()
    if once:
        return _round(run, 1, server)
    run()
    count = _enough(run, server)
    costs = sorted((_round(run, count, server) for _number in range(rounds)), key=lambda cost: cost.total)
    return Cost(median(cost.python for cost in costs), median(cost.database for cost in costs))


def _enough(run: Callable[[], object], server: int) -> int:
    count = 1
    while (spent := _round(run, count, server).total * count / 1000) < ROUND / 2:
        count = max(count * 2, min(int(count * ROUND / max(spent, 0.01)), count * 20))
    return count


def _round(run: Callable[[], object], count: int, server: int) -> Cost:
    before, served = time.process_time(), _database_seconds(server)
    for _number in range(count):
        run()
    python, database = time.process_time() - before, _database_seconds(server) - served
    return Cost(python / count * 1000, database / count * 1000)


def _server() -> int:
    """The process of PostgreSQL that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number: int = cursor.fetchone()[0]
    return number


def _database_seconds(process: int) -> float:
    """CPU of a process in seconds: nanoseconds of the scheduler, when it tells them, else ticks of 10 ms."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK
