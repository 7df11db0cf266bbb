"""`python -m benchmarks`: what the map and its questions cost, beside plain djangorestframework-gis."""

import os
import platform
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Measured as a site runs, without the tools of developers.
os.environ["DEBUG"] = ""
os.environ["DEMO"] = "1"
# Importing 16,000 areas is no request.
os.environ["STATEMENT_TIMEOUT_MS"] = "0"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.cases import Region, Row, imports, measured  # noqa: E402
from benchmarks.land import POINTS_A_SIDE, make_municipality  # noqa: E402
from benchmarks.measure import ROUNDS  # noqa: E402
from benchmarks.plans import plans  # noqa: E402
from benchmarks.tables import as_table  # noqa: E402

ALONE = "plans"  # `./run bench plans`
RESULTS = Path(__file__).parent / "RESULTS.md"
EXPLANATION = f"""\
Milliseconds of CPU from the process table: of Python, and of every process of the PostgreSQL server. Each figure is the middle of
{ROUNDS} rounds, in which it takes turns with the usual way: a plain djangorestframework-gis serialiser on the same rows. “× less”
says how many times less CPU than that. On a busy machine CPU time counts double or more; the ratio holds better. An import is
measured once; the usual way there only reads the boundaries and writes them to the table, without codes, checks, comparison,
overviews or drawings. The areas are a seeded coverage whose common borders have detail at every scale; sizes are of what is
sent, before it is compressed for a layer that is made anew. Which layers there are is remembered for five seconds: a warm one whose
queries are not 0 was counted just after that."""


def main() -> None:
    """Measure in a database of its own, print tables and keep them."""
    # The names of static files as they are: nothing need be collected.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
    creation, own = connection.creation, str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    start, load = time.monotonic(), os.getloadavg()
    print("Making a database…")
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        tables = []
        for title, rows in plans_alone() if ALONE in sys.argv else everything():
            tables.append(f"## {title.capitalize()}\n\n{as_table(rows)}")
            print(tables[-1], flush=True)
        text = "\n\n".join(["# Benchmarks", conditions(load, time.monotonic() - start), *tables]) + "\n"
    finally:
        creation.destroy_test_db(own, verbosity=0)
    if ALONE not in sys.argv:
        RESULTS.write_text(text)


def everything() -> Iterator[tuple[str, list[Row]]]:
    """The map and its questions, then a large plan."""
    sets = regions()
    yield from measured(sets, print)
    yield "a large plan", list(plans(sets[0].kind.municipality))


def plans_alone() -> Iterator[tuple[str, list[Row]]]:
    """Only what a large plan costs; nothing is kept."""
    region = Region(make_municipality().kinds.get(slug="wijk"), 5, 4, POINTS_A_SIDE, has_targets=False)
    list(imports(region, again=False))
    yield "a large plan", list(plans(region.kind.municipality))


def regions() -> list[Region]:
    """1,000 areas with much detail, and 16,000 small ones in the same region."""
    kinds = {kind.slug: kind for kind in make_municipality().kinds.select_related("municipality")}
    return [
        Region(kinds["wijk"], 50, 20, POINTS_A_SIDE, has_targets=True),
        Region(kinds["sector"], 200, 80, 7, has_targets=False),
    ]


def conditions(load: tuple[float, float, float], seconds: float) -> str:
    """Where, when and how this was measured."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(version(), ' ', 2), postgis_lib_version()")
        postgres, postgis = cursor.fetchone()
    versions = f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {postgres}, PostGIS {postgis}"
    return (
        f"Measured {timezone.now():%Y-%m-%d %H:%M} UTC with `./run bench` in {seconds:.0f} seconds: {os.cpu_count()} cores, "
        f"load {load[0]:.1f} before and {os.getloadavg()[0]:.1f} after, {versions}.\n\n{EXPLANATION}"
    )


if __name__ == "__main__":
    # Ended from outside it still drops its database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
