"""Bring the addresses of a register in, or show what they would change."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.actions import AboutAddresses, import_addresses, plan_addresses
from areas.addresses.reading import register_of
from areas.addresses.staging import Changes
from areas.models import Municipality
from core.verbs import Operator


class Command(BaseCommand):
    """`manage.py import_addresses FILE --municipality hoogstraten`."""

    help = "Bring addresses in: CSV (also zipped), GeoPackage, or a BAG extract; --dry-run only shows what they would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--municipality", default="", help="its short name; may be left out when there is one"
        )
        parser.add_argument("--date", type=dt.date.fromisoformat, help="addresses as of (YYYY-MM-DD); today")
        parser.add_argument("--source", default="", help="the register; told by the country")
        parser.add_argument("--licence", default="")
        parser.add_argument(
            "--part", action="store_true", help="a part: nothing that is not in it disappears"
        )
        parser.add_argument(
            "--with-large-loss",
            action="store_true",
            help="also when more than 40 %% of the addresses disappear",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = self._municipality(options["municipality"])
        register = register_of(municipality)
        about = AboutAddresses(
            reference_date=options["date"] or timezone.localdate(),
            source=options["source"] or register.title,
            licence=options["licence"] or register.licence,
            is_complete=not options["part"],
        )
        try:
            with options["file"].open("rb") as file:
                if options["dry_run"]:
                    changes = plan_addresses(
                        municipality=municipality,
                        file=file,
                        is_complete=about.is_complete,
                        progress=self._progress,
                    ).changes
                else:
                    changes = import_addresses(
                        municipality=municipality, file=file, file_name=options["file"].name, about=about,
                        by=Operator("import_addresses"), with_large_loss=options["with_large_loss"], progress=self._progress,
                    ).changes  # fmt: skip
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self._show(changes, is_trial=options["dry_run"])

    def _municipality(self, slug: str) -> Municipality:
        found = list(Municipality.objects.filter(slug=slug) if slug else Municipality.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        known = ", ".join(Municipality.objects.values_list("slug", flat=True)) or "-"
        raise CommandError(_("Say which municipality: --municipality %(known)s.") % {"known": known})

    def _show(self, changes: Changes, *, is_trial: bool) -> None:
        for line, what, reason in changes.shown_faults:
            self.stdout.write(self.style.WARNING(f"{line}: {what}: {reason}"))
        counts = {
            _("new"): changes.new,
            _("changed"): changes.changed,
            _("the same"): changes.same,
            _("no longer there"): changes.gone,
            _("refused"): sum(changes.refused.values()),
        }
        self.stdout.write(", ".join(f"{count} {word}" for word, count in counts.items()))
        if is_trial:
            self.stdout.write(_("A trial: nothing was changed."))
        else:
            self.stdout.write(_("Next, what is known in numbers: manage.py import_figures FILE --kind …"))

    def _progress(self, done: int, total: int, message: str) -> None:
        self.stdout.write(f"[{done}/{total}] {message}")
