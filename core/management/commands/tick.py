"""`manage.py tick`: the nightly jobs, by hand or by cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.jobs import nightly_jobs
from core.tick import tick


class Command(BaseCommand):
    """Runs the nightly jobs that have not run today; the worker does this by itself after two at night."""

    help = "Run the nightly jobs that have not run today."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` and `--job`."""
        parser.add_argument("--dry-run", action="store_true", help="Only count what would change.")
        parser.add_argument("--job", default="", help="Run this job alone, also when it already ran today.")

    def handle(self, *args: Any, dry_run: bool, job: str, **options: Any) -> None:
        """Run, and print one line a job."""
        if job and job not in nightly_jobs:
            known = ", ".join(entry.name for entry in nightly_jobs)
            raise CommandError(f"There is no job {job!r}. There are: {known}.")
        failed = []
        for outcome in tick(dry_run=dry_run, only=job):
            if outcome.reference:
                failed.append(outcome)
            verb = "would change" if dry_run else "changed"
            told = (
                f"failed, reference {outcome.reference}"
                if outcome.reference
                else f"{verb} {outcome.rows} rows"
            )
            self.stdout.write(f"{outcome.job}: {told}")
        if failed:
            raise CommandError(f"{len(failed)} of the nightly jobs failed.")
