"""What one does with boundaries: read, check and compare a file, and bring it into force."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.actions.shared import forget_map, lock_kinds
from areas.filekinds import BOUNDARIES
from areas.importers.activation import Activation, Progress, no_progress
from areas.importers.candidate import Candidate
from areas.importers.check import checked
from areas.importers.coverage import Coverage
from areas.importers.difference import Difference, difference_of
from areas.importers.faults import Fault, Faults, ImportRefused, refuse
from areas.importers.outlines import outlines_of
from areas.importers.presets import Preset, preset_for
from areas.importers.reading import ReadFile, about_reading, read_file
from areas.importers.residual import keep_residual
from areas.models import AreaEdition, AreaKind, Municipality
from core.files import CheckedUpload, checksum_of
from core.history import because
from core.intake import Gone, agree, answer, discard, keep, replace_file
from core.models import Intake
from core.verbs import Actor, Refused, require, verb

OF_FILE = "file"  # the date was left open: the file tells it
Recodings = Collection[tuple[str, str]] | None


class RetirementsUnconfirmed(Refused):
    """More areas would retire than may go unnoticed, and nobody named them; `codes` are theirs."""

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = frozenset(codes)
        super().__init__(
            ngettext(
                "%(count)d area would retire: more than four in ten. Nobody has confirmed that.",
                "%(count)d areas would retire: more than four in ten. Nobody has confirmed that.",
                len(self.codes),
            ),
            "retirements",
            {"count": len(self.codes)},
        )


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said of a set of boundaries; without a date it is the one that the file itself tells, else today."""

    reference_date: dt.date | None
    source: str
    licence: str = ""
    credit: str = ""
    is_schematic: bool = False


@dataclass(frozen=True)
class Reading:
    """A file, read and checked and compared with what is in force."""

    sha256: str
    candidates: list[Candidate]
    faults: Faults
    difference: Difference
    is_same_file: bool
    file: ReadFile
    coverage: Coverage | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the same boundaries are in force already."""
        return self.is_same_file or (not len(self.faults) and self.difference.is_empty)

    @property
    def digest(self) -> str:
        """Changes when anything would become otherwise: whoever confirms, confirms this reading."""
        faults = sorted((fault.number, fault.code) for fault in self.faults)
        told = [self.sha256, self.is_same_file, faults, *self.difference.told()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def refuse_faults(self, *, without_faulty: bool) -> None:
        """Raise ImportRefused unless there are no faults, or only such as can be left out."""
        if self.faults.of_file or (len(self.faults) and not without_faulty):
            raise ImportRefused(self.faults)
        if not self.candidates:
            raise ImportRefused(self.faults)


def read_edition(
    *,
    kind: AreaKind,
    data: bytes,
    preset: Preset,
    recodings: Recodings = None,
    progress: Progress = no_progress,
) -> Reading:
    """Read and check a file, and compare it with what is in force; writes nothing. `recodings` as in `succession_between`."""
    progress(0, 4, _("Reading the file"))
    file = read_file(data, preset, kind.municipality)
    progress(1, 4, _("Checking %(count)d areas") % {"count": len(file.features)})
    candidates, coverage = checked(file, kind)
    progress(2, 4, _("Comparing with the boundaries in force"))
    base = AreaEdition.objects.in_force().filter(kind=kind).first()
    difference = difference_of(kind, base, candidates, retires=not len(file.faults), recodings=recodings)
    sha256 = hashlib.sha256(data).hexdigest()
    is_same_file = base is not None and base.sha256 == sha256 and _read_as(base) == preset.mapping
    # A file with faults was in force without its faulty areas; mended or not, it is the same file.
    return Reading(sha256, candidates, file.faults, difference, is_same_file, file, coverage)


@verb
def draft_edition(
    *, kind: AreaKind, upload: CheckedUpload, preset: Preset, by: Actor, about: About
) -> AreaEdition:
    """Keep a file as a draft, to look at what it would change; it is the municipality's, not of one person."""
    require("areas.import_edition", kind, by=by)
    edition = _edition(kind, checksum_of(upload.content), preset, about)
    with because("areas.boundaries_uploaded", by=by):
        edition.save()
        keep(
            kind=BOUNDARIES,
            upload=upload,
            place=kind.municipality_id,
            subject=edition.uuid,
            owner=None,
            by=by,
        )
    return edition


@verb
def replace_draft(*, edition: AreaEdition, upload: CheckedUpload, by: Actor) -> Intake:
    """Take another file for a draft; how it is read and which codes are one area stays."""
    kept = replace_file(intake=file_of(edition), upload=upload, by=by)
    with because("areas.draft_replaced", by=by):
        draft = _locked_draft(edition)
        draft.sha256 = kept.file.sha256
        draft.save(update_fields=["sha256"])
    return kept


def file_of(edition: AreaEdition) -> Intake:
    """The file of a draft; raises Gone when it has none any more."""
    kept = Intake.objects.select_related("file").filter(subject=edition.uuid).first()
    if kept is None:
        raise Gone
    return kept


def read_draft(
    *, edition: AreaEdition, kept: Intake, data: bytes, progress: Progress = no_progress
) -> Reading:
    """Read the file of a draft as was said and answered."""
    chosen = kept.answers.get("recodings")
    return read_edition(
        kind=edition.kind,
        data=data,
        preset=_preset_of(edition),
        recodings=None if chosen is None else {(old, new) for old, new in chosen},
        progress=progress,
    )


@verb
def date_draft(*, edition: AreaEdition, file: ReadFile, by: Actor) -> None:
    """Give a draft the day that its file tells, when that was left open; a day that was said otherwise is a doubt of the file."""
    require("areas.import_edition", edition.kind, by=by)
    if _take_date(edition, file):
        with because("areas.draft_checked", by=by):
            edition.save(update_fields=["reference_date"])


def told_of_draft(edition: AreaEdition, found: Reading | Refused, *, by: Actor) -> dict[str, Any]:
    """What the page needs of a check."""
    if isinstance(found, Refused):
        is_file = isinstance(found, ImportRefused)
        faults = found.faults if isinstance(found, ImportRefused) else [Fault(0, "", str(found))]
        return {
            **Faults(faults).as_json(),
            "read": {},
            "ask": {"field": found.ask, "choices": found.choices} if is_file else {},  # type: ignore[attr-defined]
            "difference": Difference(None, ()).as_json(),
            "outlines": {},
        }
    date_draft(edition=edition, file=found.file, by=by)
    return {
        **found.faults.as_json(),
        "read": about_reading(found.file),
        "ask": {},
        "difference": found.difference.as_json(),
        "outlines": outlines_of(found.candidates, found.difference),
    }


@verb
def choose_recodings(*, edition: AreaEdition, by: Actor, recodings: Collection[tuple[str, str]]) -> None:
    """Say which pairs of codes (before, after) are one area; the draft must be checked again to see what follows."""
    answer(intake=file_of(edition), answers={"recodings": sorted(recodings)}, by=by)


@verb
def answer_draft(*, edition: AreaEdition, by: Actor, layer: str = "", srid: int | None = None) -> None:
    """Say what the file of a draft does not: its layer, its reference system."""
    require("areas.import_edition", edition.kind, by=by)
    given = {key: value for key, value in (("layer", layer), ("srid", srid)) if value}
    with because("areas.draft_answered", by=by):
        draft = _locked_draft(edition)
        draft.mapping = {**draft.mapping, **given}
        draft.save(update_fields=["mapping"])


@verb
def discard_edition(*, edition: AreaEdition, by: Actor) -> None:
    """Throw a draft away."""
    require("areas.import_edition", edition.kind, by=by)
    # In the same order as who brings it into force at the same moment: its file, the kinds, the draft.
    with suppress(Gone):
        discard(intake=file_of(edition), by=by)
    with because("areas.draft_discarded", by=by):
        lock_kinds(edition.kind)
        AreaEdition.objects.filter(pk=edition.pk, status=AreaEdition.Status.DRAFT).delete()


@verb
def activate_edition(
    *,
    edition: AreaEdition,
    kept: Intake,
    data: bytes,
    by: Actor,
    digest: str | None = None,
    without_faulty: bool = False,
    confirmed_retirements: Collection[str] = (),
    progress: Progress = no_progress,
) -> AreaEdition:
    """Bring a draft into force, in the place of what is in force; returns the edition in force.

    `kept` is its file with what was answered, `data` the bytes, `digest` the reading that was confirmed. When many areas retire,
    `confirmed_retirements` must hold their codes, neither more nor fewer. Raises ChangedSince when it is another reading.
    """
    require("areas.activate_edition", edition.kind, by=by)
    with because("areas.boundaries_activated", by=by, edition=str(edition.uuid)):
        kind = lock_kinds(edition.kind)
        draft = _locked_draft(edition)
        draft.kind = kind
        reading = read_draft(edition=draft, kept=kept, data=data, progress=progress)
        agree(reading, digest)
        reading.refuse_faults(without_faulty=without_faulty)
        base = reading.difference.base
        if base is not None and reading.changes_nothing:
            draft.delete()
            return _repeated(base, kind, reading)
        if reading.difference.retires_many:
            _require_confirmed(reading.difference, confirmed_retirements)
        _take_date(draft, reading.file)
        return _activate(draft, reading, progress)


@verb
def import_areas(
    *,
    municipality: Municipality,
    kind: AreaKind | str,
    data: bytes,
    preset: Preset | str,
    by: Actor,
    reference_date: dt.date | None,
    source: str,
    licence: str = "",
    credit: str = "",
    is_schematic: bool = False,
    without_faulty: bool = False,
    retire_many: bool = False,
    recodings: Recodings = None,
    progress: Progress = no_progress,
) -> AreaEdition:
    """Read, check and bring into force in one go; the same boundaries again change nothing. Returns the edition in force.

    `retire_many` lets more than four in ten of the areas in force retire; `recodings` as in `succession_between`.

    Raises ImportRefused with every fault unless there are none, or `without_faulty` leaves those areas out.
    """
    if isinstance(kind, str):
        kind = kind_of(municipality, kind)
    if isinstance(preset, str):
        preset = preset_for(preset)
    require("areas.activate_edition", kind, by=by)
    about = About(
        reference_date=reference_date, source=source, licence=licence, credit=credit,
        is_schematic=is_schematic,
    )  # fmt: skip
    with because("areas.boundaries_imported", by=by):
        kind = lock_kinds(kind)
        reading = read_edition(kind=kind, data=data, preset=preset, recodings=recodings, progress=progress)
        reading.refuse_faults(without_faulty=without_faulty)
        base = reading.difference.base
        if base is not None and reading.changes_nothing:
            return _repeated(base, kind, reading)
        if reading.difference.retires_many and not retire_many:
            raise RetirementsUnconfirmed(reading.difference.retirements)
        edition = _edition(kind, reading.sha256, preset, about)
        _take_date(edition, reading.file)
        edition.save()
        return _activate(edition, reading, progress)


def _locked_draft(edition: AreaEdition) -> AreaEdition:
    """A draft under lock; raises Gone when it is none any more."""
    draft = AreaEdition.objects.select_for_update().filter(pk=edition.pk, status="draft").first()
    if draft is None:
        raise Gone
    return draft


def kind_of(municipality: Municipality, slug: str) -> AreaKind:
    """The kind of a municipality by its word; raises ImportRefused when there is none."""
    kinds = {kind.slug: kind for kind in AreaKind.objects.filter(municipality=municipality)}
    if slug not in kinds:
        known = ", ".join(kinds) or "-"
        raise refuse(
            _("There is no kind of area “%(slug)s”. Known: %(known)s.") % {"slug": slug, "known": known}
        )
    return kinds[slug]


def _repeated(base: AreaEdition, kind: AreaKind, reading: Reading) -> AreaEdition:
    """The boundaries in force, when a file only repeats them; an area without a place may still come with it."""
    if reading.file.residual:
        keep_residual(kind, reading.file.residual)
    return base


def _require_confirmed(difference: Difference, confirmed: Collection[str]) -> None:
    """What was shown to the person must be what retires now."""
    if difference.retirements != frozenset(confirmed):
        raise RetirementsUnconfirmed(difference.retirements)


def _activate(edition: AreaEdition, reading: Reading, progress: Progress) -> AreaEdition:
    progress(3, 4, _("Bringing the boundaries into force"))
    edition.is_complete = not len(reading.faults)
    edition.notes = reading.faults.notes()
    Activation(edition, reading.candidates, reading.difference, reading.coverage).write()
    if reading.file.residual:
        keep_residual(edition.kind, reading.file.residual)
    forget_map(edition.kind.municipality_id)
    progress(4, 4, _("The boundaries are in force"))
    return edition


def _edition(kind: AreaKind, sha256: str, preset: Preset, about: About) -> AreaEdition:
    edition = AreaEdition(
        kind=kind,
        sha256=sha256,
        mapping=preset.mapping if about.reference_date else {**preset.mapping, "date": OF_FILE},
        reference_date=about.reference_date or timezone.localdate(),
        source=about.source,
        licence=about.licence,
        credit=about.credit,
        is_schematic=about.is_schematic,
    )
    edition.full_clean()
    return edition


def _take_date(edition: AreaEdition, file: ReadFile) -> bool:
    """Give it the day that the file itself tells, when that was left open; whether it is another one."""
    told = file.reference_date
    if told is None or told == edition.reference_date:
        return False
    if edition.mapping.get("date") == OF_FILE:
        edition.reference_date = told
        return True
    file.faults.doubt(
        _("the file tells %(told)s, you said %(said)s")
        % {"told": date_format(told), "said": date_format(edition.reference_date)}
    )
    return False


def _read_as(edition: AreaEdition) -> dict[str, Any]:
    return {key: value for key, value in edition.mapping.items() if key != "date"}


def _preset_of(edition: AreaEdition) -> Preset:
    given = _read_as(edition)
    return preset_for(given.pop("preset", "free"), **given)
