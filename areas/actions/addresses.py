"""What one does with a file of addresses: look at what it would change, bring it in, or throw it away."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.addresses.reading import checksum, read_addresses
from areas.addresses.rows import AddressFileRefused
from areas.addresses.staging import Changes, Progress, apply, stage
from areas.filekinds import ADDRESSES
from areas.models import Address, AddressImport, Municipality
from core.files import CheckedUpload, file_content, remove_file, store_file
from core.history import because
from core.models import PrivateFile
from core.verbs import Actor, Conflict, Refused, require, verb

PERMISSION = "areas.import_addresses"


class Trial(Exception):
    """Ends a transaction in which everything was only tried."""


@dataclass(frozen=True, kw_only=True)
class AboutAddresses:
    """What is said of a file of addresses."""

    reference_date: dt.date
    source: str
    licence: str = ""
    is_complete: bool = True


@verb
def draft_addresses(
    *,
    municipality: Municipality,
    upload: CheckedUpload,
    about: AboutAddresses,
    by: Actor,
    owner: uuid.UUID | None,
) -> AddressImport:
    """Keep a file, to look at what it would change."""
    require(PERMISSION, municipality, by=by)
    draft = _draft(municipality, upload.name, checksum(upload.content), about)
    with because("areas.addresses_uploaded", by=by):
        draft.save()
        store_file(upload, kind=ADDRESSES, owner=owner, subject=draft.uuid)
    return draft


@verb
def check_addresses(*, draft: AddressImport, by: Actor, progress: Progress) -> None:
    """Read the file of a draft, and keep what was found with it; changes no address."""
    require(PERMISSION, draft.municipality, by=by)
    changes: Changes | None = None
    try:
        with transaction.atomic(), _content(draft) as content:
            changes = _staged(draft, content, progress)
            raise Trial
    except Trial:
        report = {
            "changes": changes.as_json() if changes else None,
            "compared_with": _last(draft.municipality),
        }
    except AddressFileRefused as refused:
        report = {"refused": str(refused)}
    AddressImport.objects.drafts().filter(pk=draft.pk).update(report=report)
    progress(4, 4, _("Checked"))


@verb
def bring_addresses(
    *, draft: AddressImport, by: Actor, with_large_loss: bool = False, progress: Progress
) -> AddressImport:
    """Bring the addresses of a checked draft in; returns the file that they came with.

    Raises Conflict when other addresses came in after the check, Refused when too many would go or the file cannot be read.
    """
    require(PERMISSION, draft.municipality, by=by)
    with because("areas.addresses_brought", by=by, source=draft.source):
        municipality = _locked(draft.municipality)
        found = AddressImport.objects.drafts().select_for_update().filter(pk=draft.pk).first()
        if found is None or not found.report or found.report.get("compared_with") != _last(municipality):
            raise outdated()
        found.municipality = municipality
        with _content(found) as content:
            changes = _staged(found, content, progress)
        done = _bring(found, changes, with_large_loss=with_large_loss)
        for file in _files(draft):
            remove_file(file)
    progress(4, 4, _("The addresses are in"))
    return done


@verb
def import_addresses(
    *,
    municipality: Municipality,
    file: IO[bytes],
    file_name: str,
    about: AboutAddresses,
    by: Actor,
    with_large_loss: bool = False,
    dry_run: bool = False,
    progress: Progress,
) -> Changes:
    """Read, check and bring in a file in one go; the same addresses again change nothing."""
    require(PERMISSION, municipality, by=by)
    changes: Changes | None = None
    try:
        with transaction.atomic(), because("areas.addresses_imported", by=by):
            municipality = _locked(municipality)
            one = _draft(municipality, file_name, checksum(file), about)
            changes = _staged(one, file, progress)
            if dry_run:
                raise Trial
            _bring(one, changes, with_large_loss=with_large_loss)
    except Trial:
        pass
    assert changes is not None  # noqa: S101 (both ways pass it)
    return changes


@verb
def discard_addresses(*, draft: AddressImport, by: Actor) -> None:
    """Throw a draft and its file away."""
    require(PERMISSION, draft.municipality, by=by)
    with because("areas.addresses_discarded", by=by):
        for file in _files(draft):
            remove_file(file)
        AddressImport.objects.drafts().filter(pk=draft.pk).delete()


def outdated() -> Conflict:
    """The addresses are not those that the file was compared with."""
    return Conflict(None, _("The addresses have changed in the meantime. Check the file again."))


def _staged(draft: AddressImport, content: IO[bytes], progress: Progress) -> Changes:
    progress(0, 4, _("Reading the file"))
    rows = read_addresses(content, draft.municipality)
    return stage(rows, draft.municipality, is_complete=draft.is_complete, progress=progress)


def _bring(draft: AddressImport, changes: Changes, *, with_large_loss: bool) -> AddressImport:
    """Write what was staged; when it changes nothing and the same file is in, that one stays the last."""
    if changes.is_large_loss and not with_large_loss:
        raise Refused(
            _("%(gone)d of %(before)d addresses would disappear. Say so when that is right."),
            "large_loss",
            {"gone": changes.gone, "before": changes.before},
        )
    last = AddressImport.objects.of(draft.municipality).done().first()
    if changes.is_empty and last is not None and last.sha256 == draft.sha256:
        if draft.pk:
            draft.delete()
        return last
    draft.status, draft.imported_at = AddressImport.Status.DONE, timezone.now()
    draft.report = {"changes": changes.as_json()}
    draft.save()
    apply(draft)
    draft.count = Address.objects.of(draft.municipality).count()
    draft.save(update_fields=["count"])
    return draft


def _draft(municipality: Municipality, file_name: str, sha256: str, about: AboutAddresses) -> AddressImport:
    draft = AddressImport(
        municipality=municipality,
        file_name=file_name[-200:],
        sha256=sha256,
        source=about.source,
        licence=about.licence,
        reference_date=about.reference_date,
        is_complete=about.is_complete,
    )
    draft.full_clean()
    return draft


def _locked(municipality: Municipality) -> Municipality:
    """Two files that come in at once would each compare with what the other is about to change."""
    return Municipality.objects.select_for_update().get(pk=municipality.pk)


def _last(municipality: Municipality) -> str:
    """The file that came in last, by its identifier."""
    last = AddressImport.objects.of(municipality).done().first()
    return str(last.uuid) if last else ""


def _files(draft: AddressImport) -> "list[PrivateFile]":
    return list(PrivateFile.objects.filter(kind=ADDRESSES, subject=draft.uuid))


@contextmanager
def _content(draft: AddressImport) -> Iterator[IO[bytes]]:
    """The bytes of a draft's file; they are kept for two weeks."""
    files = _files(draft)
    if not files:
        raise AddressFileRefused(_("The file is no longer there. Upload it again."))
    with file_content(files[0]) as content:
        yield content
