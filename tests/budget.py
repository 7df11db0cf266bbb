"""What the tests cost: CPU seconds of the tests, of PostgreSQL and of what they started (Chromium, commands), by app.

Seconds of a clock say how busy the machine was; CPU seconds say what a test costs anywhere, give or take a half. Each test
is charged what its own connection to PostgreSQL did; what other connections did is in a line of its own. docs/testing.md
says what a test may cost; `./run test --budget` fails when an app costs more.
"""

import os
import re
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")
HERE = Path(__file__).parent
SLOWEST = 10
WHOLE = "the whole site"
# Ten minutes on two cores are 1,200 CPU seconds, which eight apps share; `areas` holds the files, the figures and the map of all.
BUDGET = 110.0
BUDGETS = {"areas": 260.0, "core": 90.0}
FOLDER = re.compile(r"tests/(\w+)/")
OF_EVERY_APP = re.compile(r"tests/(?:browser/)?\w+\.py::\w+\[(?:chromium-)?(\w+)")


@dataclass(frozen=True)
class Spent:
    """CPU seconds up to a moment: here, in what was started from here, and in our connection to the database."""

    own: float
    started: float
    database: float
    backend: int | None

    def since(self, before: "Spent") -> "Spent":
        """What was spent meanwhile; another connection began at nothing, and what a server took along that ended is not known."""
        was = before.database if before.backend == self.backend else 0.0
        started = max(0.0, self.started - before.started)
        return Spent(self.own - before.own, started, self.database - was, self.backend)

    @property
    def total(self) -> float:
        """All of it."""
        return self.own + self.started + self.database


def spent() -> Spent:
    """What this process has spent until now."""
    times = os.times()
    started = times.children_user + times.children_system + sum(map(cpu, descendants(os.getpid())))
    backend = backend_pid()
    return Spent(time.process_time(), started, cpu(backend, reaped=False) if backend else 0.0, backend)


def cpu(pid: int, *, reaped: bool = True) -> float:
    """CPU seconds of a process, with those of its children that ended; nothing when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11 : 15 if reaped else 13])) / TICK


def descendants(pid: int) -> Iterator[int]:
    """Every process that lives below another."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from descendants(child)


def backend_pid() -> int | None:
    """The process of PostgreSQL that serves our connection, when it runs on this machine."""
    made = connection.connection
    if made is None or made.closed or not made.info.host.startswith("/"):
        return None
    return int(made.info.backend_pid)


def server_cpu(backend: int) -> tuple[int, float] | None:
    """The main process of PostgreSQL, and what it and all its connections spent."""
    try:
        server = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
    return server, cpu(server) + sum(cpu(pid, reaped=False) for pid in descendants(server))


def app_of(nodeid: str) -> str:
    """The app of a test: its folder, or the app it was parametrised with."""
    for pattern in (OF_EVERY_APP, FOLDER):
        found = pattern.match(nodeid)
        if found and (HERE / found[1]).is_dir():
            return found[1]
    return WHOLE


class Meter:
    """Where tests run: in this process, or in each worker of xdist."""

    def __init__(self) -> None:
        self.before = spent()
        self.server: int | None = None
        self.server_before = 0.0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.before = spent()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.when == "teardown":
            now = spent()
            report.cpu = now.since(self.before).total  # type: ignore[attr-defined]
            if self.server is None and now.backend and (found := server_cpu(now.backend)):
                self.server, self.server_before = found[0], found[1] - now.database
            report.database = now.since(self.before).database  # type: ignore[attr-defined]
        return report

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the controller of xdist what the server of PostgreSQL did from our first test to our last."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None and self.server is not None:
            output["server"] = (self.server, self.server_before, self.server_now())

    def server_now(self) -> float:
        """What the server spent until now."""
        assert self.server is not None
        return cpu(self.server) + sum(cpu(pid, reaped=False) for pid in descendants(self.server))


class Bill:
    """Where the run is told of: adds up, and prints before pytest's closing line."""

    def __init__(self, config: pytest.Config, meter: Meter | None) -> None:
        self.config, self.meter = config, meter
        self.tests: dict[str, float] = {}
        self.database = 0.0
        self.servers: dict[int, list[tuple[float, float]]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if hasattr(report, "cpu"):
            self.tests[report.nodeid] = self.tests.get(report.nodeid, 0.0) + report.cpu
            self.database += report.database

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: Any) -> None:
        if found := getattr(node, "workeroutput", {}).get("server"):
            self.servers[found[0]].append((found[1], found[2]))

    @property
    def apps(self) -> dict[str, float]:
        """What each app cost, the dearest first."""
        found: dict[str, float] = defaultdict(float)
        for nodeid, seconds in self.tests.items():
            found[app_of(nodeid)] += seconds
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @property
    def elsewhere(self) -> float:
        """What PostgreSQL did for other connections than those of the tests."""
        if self.meter is not None and self.meter.server is not None:
            self.servers[self.meter.server].append((self.meter.server_before, self.meter.server_now()))
        whole = sum(
            max(end for _begin, end in seen) - min(begin for begin, _end in seen)
            for seen in self.servers.values()
        )
        return max(0.0, whole - self.database)

    def over(self) -> dict[str, float]:
        """The apps that cost more than they may, and how much they may."""
        return {
            app: BUDGETS.get(app, BUDGET)
            for app, cost in self.apps.items()
            if cost > BUDGETS.get(app, BUDGET)
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.config.getoption("budget") and session.exitstatus == 0 and self.over():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if len(self.tests) < 2:
            return
        write, over, elsewhere = terminalreporter.write_line, self.over(), self.elsewhere
        terminalreporter.section("CPU seconds")
        for app, cost in self.apps.items():
            more = f"   MORE THAN ITS BUDGET OF {over[app]:.0f}" if app in over else ""
            write(f"{cost:8.1f}  {app}{more}")
        write(f"{elsewhere:8.1f}  PostgreSQL beside the tests' own connections ({self.database:.1f} in them)")
        write(f"{sum(self.tests.values()) + elsewhere:8.1f}  in all")
        write("The slowest:")
        for nodeid, cost in sorted(self.tests.items(), key=lambda pair: -pair[1])[:SLOWEST]:
            write(f"{cost:8.1f}  {nodeid}")


def add_option(parser: pytest.Parser) -> None:
    """`--budget`."""
    parser.addoption("--budget", action="store_true", help="fail when an app costs more CPU than it may")


def install(config: pytest.Config) -> None:
    """Measure where the tests run, add up where the run is told of."""
    is_worker = hasattr(config, "workerinput")
    runs_here = is_worker or not config.getoption("numprocesses", None)
    meter = Meter() if runs_here else None
    if meter is not None:
        config.pluginmanager.register(meter, "meter")
    if not is_worker:
        config.pluginmanager.register(Bill(config, meter), "bill")
