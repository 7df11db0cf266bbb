"""`python -m benchmarks`: what the map and its questions cost, beside a plain djangorestframework-gis serialiser."""

import os
import platform
import signal
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Measured as a site runs, without the tools of developers.
os.environ["DEBUG"] = ""
os.environ["DEMO"] = "1"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.cases import Row, figures  # noqa: E402

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure in a database of its own, print a table and keep it."""
    # The names of static files as they are: nothing need be collected.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    creation, own = connection.creation, str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    print("Making a database…")
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        table = as_table(list(figures(say=print)))
        text = f"# Benchmarks\n\n{conditions()}\n\n{table}\n"
    finally:
        creation.destroy_test_db(own, verbosity=0)
    print(text)
    RESULTS.write_text(text)


def conditions() -> str:
    """Where and when this was measured."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(version(), ' ', 2), postgis_lib_version()")
        postgres, postgis = cursor.fetchone()
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"Measured {timezone.now():%Y-%m-%d %H:%M} UTC with `./run bench`: {os.cpu_count()} cores, load {load}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {postgres}, PostGIS {postgis}.\n\n"
        "Milliseconds of CPU, of Python and of the PostgreSQL process that serves it, the middle of three rounds. On a busy "
        "machine CPU time counts double or more, which is why each figure stands beside the baseline of the same run: a "
        "djangorestframework-gis serialiser and Django's JSON on the same 1,000 rows. The area file is a seeded coverage of "
        "1,000 areas of 112 vertices; questions of place are asked of 16,000 areas more."
    )


def as_table(rows: list[Row]) -> str:
    """The figures in Markdown."""
    lines = [
        "| what | Python | PostgreSQL | together | of the baseline | target |",
        "|---|---|---|---|---|---|",
    ]
    baseline = rows[0].cost.total
    for row in rows:
        share = (
            f"{row.cost.total / baseline:.4f}"
            if row.cost.total < baseline / 100
            else f"{row.cost.total / baseline:.3f}"
        )
        lines.append(
            f"| {row.what} | {row.cost.python:.2f} | {row.cost.database:.2f} | {row.cost.total:.2f} | {share} | {row.target} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    # Ended from outside it still drops its database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
