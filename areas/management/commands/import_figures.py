"""Bring a table of figures in from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from areas.actions import FiguresRefused, import_figures
from areas.figures.periods import NoPeriod, read_period
from areas.figures.plan import Ask, Plan
from areas.figures.tables import read_rows
from areas.models import AreaKind, Indicator, Municipality
from core.tables import MAX_BYTES, TableError
from core.verbs import Operator


class Command(BaseCommand):
    """Adds and changes figures from a CSV, XLSX or JSON file: all of it, or nothing."""

    help = "Bring in figures from a CSV, XLSX or JSON file. Areas that are not known must be matched on the page first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, help="the kind of areas: wijk, deelgemeente…")
        parser.add_argument("--indicator", help="its slug; without it, each column is named after its own")
        parser.add_argument("--municipality", help="its slug; not needed when there is only one")
        parser.add_argument(
            "--period", default="", help="when the table does not tell: 2024, 2024-Q3, 2024-03…"
        )
        parser.add_argument(
            "--decimal-sign", choices=[",", "."], default="", help="when the figures do not tell"
        )
        parser.add_argument("--without-faulty", action="store_true", help="leave faulty figures out")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = self._kind(options["municipality"], options["kind"])
        file: Path = options["file"]
        try:
            with file.open("rb") as stream, override("nl"):
                plan = import_figures(
                    kind=kind,
                    indicator=self._indicator(kind, options["indicator"]),
                    rows=read_rows(stream.read(MAX_BYTES + 1)),
                    by=Operator("import_figures"),
                    ask=Ask(
                        sign=options["decimal_sign"],
                        period=read_period(options["period"]) if options["period"] else "",
                    ),
                    file_name=file.name,
                    without_faulty=options["without_faulty"],
                    dry_run=options["dry_run"],
                )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except (TableError, NoPeriod) as error:
            raise CommandError(str(error)) from error
        except FiguresRefused as refused:
            self._tell(refused.plan)
            raise CommandError("Nothing was written.") from refused
        self._tell(plan)
        self.stdout.write(
            f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.same)} the same"
            f"{' (nothing was written)' if options['dry_run'] else ''}"
        )
        if not options["dry_run"]:
            self.stdout.write(
                "The rest is done on the pages by who has a role: docs/operations.md, “The first day”."
            )

    def _kind(self, municipality: str | None, kind: str) -> AreaKind:
        found = Municipality.objects.filter(slug=municipality) if municipality else Municipality.objects.all()
        one = list(found[:2])
        if len(one) != 1:
            raise CommandError("Say which municipality: --municipality SLUG")
        kinds = {known.slug: known for known in one[0].kinds.select_related("municipality")}
        if kind not in kinds:
            raise CommandError(f"There is no kind “{kind}”. Known: {', '.join(kinds) or '-'}.")
        return kinds[kind]

    def _indicator(self, kind: AreaKind, slug: str | None) -> Indicator | None:
        if not slug:
            return None
        indicator = Indicator.objects.of(kind.municipality).filter(slug=slug).first()
        if indicator is None:
            raise CommandError(f"There is no indicator “{slug}”.")
        return indicator

    def _tell(self, plan: Plan) -> None:
        for problem in plan.problems:
            self.stderr.write(problem)
        for match in plan.open_matches:
            guesses = ", ".join(area.name for area in match.guesses)
            self.stderr.write(f"not known: {match.words}{f' (like {guesses})' if guesses else ''}")
        for fault in plan.faults:
            self.stderr.write(f"row {fault.row}: {fault.text}")
        for note in plan.notes:
            self.stdout.write(note)
