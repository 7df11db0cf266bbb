"""Bring the boundaries of a file into force, or show what they would change."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.actions import Recodings, import_areas, kind_of, read_edition
from areas.importers.changes import AreaChange, State, Structure
from areas.importers.difference import Difference
from areas.importers.faults import ImportRefused
from areas.importers.presets import Preset, preset_for, presets
from areas.importers.reading import MAX_BYTES, ReadFile
from areas.importers.systems import ALLOWED_SRIDS
from areas.models import AreaKind, Municipality
from core.verbs import Operator


class Command(BaseCommand):
    """`manage.py import_areas FILE --municipality hoogstraten --kind wijk --preset provincies-in-cijfers`."""

    help = "Bring the boundaries of a file into force; --check only shows what they would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="GeoJSON (at most 20 MB), GeoPackage or zipped shapefile (64 MB)"
        )
        parser.add_argument(
            "--municipality", default="", help="its short name; may be left out when there is one"
        )
        parser.add_argument(
            "--kind", required=True, help="the word of the kind: gemeente, deelgemeente, wijk…"
        )
        parser.add_argument("--preset", default="free", help=", ".join(presets()))
        parser.add_argument("--code-field", default="", help="the property that holds the code")
        parser.add_argument("--name-field", default="", help="the property that holds the name")
        parser.add_argument("--layer", default="", help="which layer, when the file holds more than one")
        parser.add_argument(
            "--srid",
            type=int,
            choices=ALLOWED_SRIDS,
            help="the reference system, when the file does not say it",
        )
        parser.add_argument(
            "--date",
            type=dt.date.fromisoformat,
            help="boundaries as of (YYYY-MM-DD); as the file tells, else today",
        )
        parser.add_argument("--source", default="", help="who made them")
        parser.add_argument("--licence", default="")
        parser.add_argument("--credit", default="", help="how the source wants to be named")
        parser.add_argument("--schematic", action="store_true", help="drawn by hand, not measured")
        parser.add_argument(
            "--without-faulty", action="store_true", help="leave faulty areas out; retires nothing"
        )
        parser.add_argument(
            "--retire-many", action="store_true", help="even when more than four in ten of the areas retire"
        )
        parser.add_argument(
            "--keep-apart",
            action="store_true",
            help="another code is another area, even at the very same place",
        )
        parser.add_argument("--check", "--dry-run", action="store_true", dest="dry_run", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._run(options)
        except ImportRefused as refused:
            self._print_faults(refused)
            raise CommandError(_("Refused: nothing was changed.")) from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None

    def _run(self, options: dict[str, Any]) -> None:
        preset = preset_for(
            options["preset"],
            code_field=options["code_field"],
            name_field=options["name_field"],
            layer=options["layer"],
            srid=options["srid"],
        )
        municipality = self._municipality(options["municipality"])
        kind = kind_of(municipality, options["kind"])
        data = self._data(options["file"])
        if options["dry_run"]:
            self._show(
                kind, data, preset, without_faulty=options["without_faulty"], recodings=_recodings(options)
            )
            return
        edition = import_areas(
            municipality=municipality,
            kind=kind,
            data=data,
            preset=preset,
            by=Operator("import_areas"),
            reference_date=options["date"],
            source=options["source"] or preset.source or options["file"].name,
            licence=options["licence"] or preset.licence,
            credit=options["credit"] or preset.credit,
            is_schematic=options["schematic"],
            without_faulty=options["without_faulty"],
            retire_many=options["retire_many"],
            recodings=_recodings(options),
            progress=self._progress,
        )
        for note in edition.notes:
            self.stdout.write(self.style.WARNING(note))
        count = edition.shapes.count()
        self.stdout.write(
            self.style.SUCCESS(
                _("In force: %(kind)s, %(count)d areas, boundaries as of %(date)s.")
                % {"kind": kind.plural, "count": count, "date": edition.reference_date}
            )
        )
        self.stdout.write(_("Next: another kind of area, or the addresses: manage.py import_addresses FILE"))

    def _municipality(self, slug: str) -> Municipality:
        found = list(Municipality.objects.filter(slug=slug) if slug else Municipality.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        known = ", ".join(Municipality.objects.values_list("slug", flat=True)) or "-"
        raise CommandError(_("Say which municipality: --municipality %(known)s.") % {"known": known})

    def _data(self, file: Path) -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None

    def _show(
        self,
        kind: AreaKind,
        data: bytes,
        preset: Preset,
        *,
        without_faulty: bool,
        recodings: Recodings,
    ) -> None:
        reading = read_edition(
            kind=kind, data=data, preset=preset, recodings=recodings, progress=self._progress
        )
        self._print_difference(reading.difference)
        self._print_reading(reading.file)
        reading.refuse_faults(without_faulty=without_faulty)
        for fault in reading.faults:
            self.stdout.write(self.style.WARNING(str(fault)))
        for repair in reading.faults.kept_repairs:
            self.stdout.write(_("Repaired: %(what)s") % {"what": repair})
        for doubt in reading.faults.doubts:
            self.stdout.write(_("To look at: %(what)s") % {"what": doubt})
        self.stdout.write(_("A trial: nothing was changed."))

    def _print_reading(self, file: ReadFile) -> None:
        self.stdout.write(
            _(
                "Read: %(count)d areas, code from %(code)s, name from %(name)s, EPSG:%(srid)d; %(skipped)d rows skipped."
            )
            % {
                "count": len(file.features),
                **file.columns,
                "srid": file.reference.srid,
                "skipped": file.skipped,
            }
        )

    def _print_difference(self, difference: Difference) -> None:
        for change in difference.changes:
            if change.state != State.SAME:
                self.stdout.write(f"{change.code:<12} {change.name}: {in_words(change, difference)}")
        counts = {
            _("the same"): len(difference.same),
            _("renamed"): len(difference.renamed),
            _("recoded"): len(difference.recoded),
            _("redrawn"): len(difference.redrawn),
            _("moved"): len(difference.moved),
            _("new"): len(difference.new),
            _("no longer there"): len(difference.gone),
        }
        self.stdout.write(", ".join(f"{count} {word}" for word, count in counts.items()))

    def _print_faults(self, refused: ImportRefused) -> None:
        for fault in refused.faults:
            self.stderr.write(str(fault))

    def _progress(self, done: int, total: int, message: str) -> None:
        self.stdout.write(f"[{done}/{total}] {message}")


def _recodings(options: dict[str, Any]) -> Recodings:
    """By the proof of the places, or none at all."""
    return () if options["keep_apart"] else None


STRUCTURES = {
    Structure.SPLIT: gettext_lazy("split"),
    Structure.MERGED: gettext_lazy("merged"),
    Structure.REPLACED: gettext_lazy("replaced"),
    Structure.REGROUPED: gettext_lazy("regrouped"),
}


def in_words(change: AreaChange, difference: Difference) -> str:
    """What happens to one area."""
    said = [str(STRUCTURES[change.structure])] if change.structure else []
    if change.state == State.GONE:
        said.append(_("no longer there, retires") if difference.retires else _("not brought in, stays"))
    elif change.state in {State.NEW, State.BACK}:
        said.append(_("new") if change.state == State.NEW else _("back again"))
    if change.is_renamed:
        said.append(_("was called %(name)s") % {"name": change.old_name})
    if change.is_recoded:
        said.append(_("had code %(code)s") % {"code": change.old_code})
    if change.iou is not None:
        words = (
            _("moved, %(share)s %% in common") if change.is_moved else _("redrawn, %(share)s %% in common")
        )
        said.append(words % {"share": f"{change.iou * 100:.2f}"})
    for sign, shares in (("→", change.goes), ("←", change.comes)):
        said += [f"{share.percentage:.0f} % {sign} {share.name}" for share in shares if not share.is_own]
    return ", ".join(said)
