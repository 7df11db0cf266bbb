"""Bring in a table of work locations from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from areas.models import Municipality
from core.tables import MAX_BYTES, TableError, read_table
from core.verbs import Operator
from workplaces.actions import import_locations
from workplaces.plan import Plan


class Command(BaseCommand):
    """Adds and changes work locations from a CSV or XLSX file; refused rows are told and left out."""

    help = "Bring in work locations from a CSV or XLSX file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--municipality", help="its slug; not needed when there is only one")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = self._municipality(options["municipality"])
        file: Path = options["file"]
        try:
            with file.open("rb") as stream:
                rows = read_table(stream.read(MAX_BYTES + 1))
            with override("nl"):
                plan = import_locations(
                    municipality=municipality,
                    by=Operator("import_locations"),
                    rows=rows,
                    dry_run=options["dry_run"],
                    file_name=file.name,
                )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except TableError as error:
            raise CommandError(str(error)) from error
        self._tell(plan, dry_run=options["dry_run"])
        if plan.refused:
            raise CommandError(f"{len(plan.refused)} rows were refused")

    def _municipality(self, slug: str | None) -> Municipality:
        found = Municipality.objects.filter(slug=slug) if slug else Municipality.objects.all()
        one = list(found[:2])
        if len(one) != 1:
            raise CommandError("Say which municipality: --municipality SLUG")
        return one[0]

    def _tell(self, plan: Plan, *, dry_run: bool) -> None:
        for row in plan.rows:
            for reason in row.reasons:
                self.stderr.write(f"row {row.number} ({row.name}): refused: {reason}")
            for column, before, after in row.changes:
                self.stdout.write(f"row {row.number} ({row.slug}): {column}: {before!r} -> {after!r}")
            if row.outcome == "add":
                self.stdout.write(f"row {row.number} ({row.slug}): new")
        counts = f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.same)} the same, {len(plan.refused)} refused"
        self.stdout.write(f"{counts}{' (nothing was written)' if dry_run else ''}")
