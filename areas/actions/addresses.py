"""What one does with a file of addresses: look at what it would change, and bring it in."""

import datetime as dt
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from areas.addresses.reading import read_addresses
from areas.addresses.staging import Changes, Progress, apply, stage
from areas.models import Address, AddressImport, Municipality
from core.files import checksum_of
from core.history import because
from core.intake import agree
from core.verbs import Actor, Refused, locked, require, verb

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

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a file that waits for a yes."""
        return {**asdict(self), "reference_date": self.reference_date.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "AboutAddresses":
        """As it was kept."""
        return cls(**{**kept, "reference_date": dt.date.fromisoformat(kept["reference_date"])})


@dataclass(frozen=True)
class Brought:
    """What came of a file: the one that the addresses are in by now, and what it changed."""

    file: AddressImport
    changes: Changes


@dataclass(frozen=True)
class AddressPlan:
    """What a file of addresses does; `against` is the file that came in last."""

    changes: Changes
    sha256: str
    against: str

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: whoever confirms, confirms this plan."""
        return self.changes.digest_with(self.sha256, self.against)


def plan_addresses(
    *, municipality: Municipality, file: IO[bytes], is_complete: bool, progress: Progress
) -> AddressPlan:
    """What a file would change now; raises AddressFileRefused when it cannot be read."""
    with suppress(Trial), transaction.atomic():
        plan = _staged(municipality, file, is_complete, progress)
        raise Trial
    return plan


@verb
def import_addresses(
    *,
    municipality: Municipality,
    file: IO[bytes],
    file_name: str,
    about: AboutAddresses,
    by: Actor,
    identifier: uuid.UUID | None = None,
    digest: str | None = None,
    with_large_loss: bool = False,
    progress: Progress,
) -> Brought:
    """Read, check and bring in a file; the same addresses again change nothing.

    `digest` is the plan that was confirmed; `identifier` becomes that of the file. Raises ChangedSince when the plan is another
    one, Refused when too many would go, AddressFileRefused when the file cannot be read.
    """
    require(PERMISSION, municipality, by=by)
    # Two files that come in at once would each compare with what the other is about to change.
    municipality = locked(municipality)
    plan = _staged(municipality, file, about.is_complete, progress)
    agree(plan, digest)
    changes = plan.changes
    if changes.is_large_loss and not with_large_loss:
        raise Refused(
            _("%(gone)d of %(before)d addresses would disappear. Say so when that is right."),
            "large_loss",
            {"gone": changes.gone, "before": changes.before},
        )
    last = _last(municipality)
    if changes.is_empty and last is not None and last.sha256 == plan.sha256:
        return Brought(last, changes)
    with because("areas.addresses_imported", by=by, source=about.source):
        done = AddressImport(
            uuid=identifier or uuid.uuid4(),
            municipality=municipality,
            file_name=file_name[-200:],
            sha256=plan.sha256,
            report={"changes": changes.as_json()},
            **asdict(about),
        )
        done.full_clean()
        done.save()
        apply(done)
        done.count = Address.objects.of(municipality).count()
        done.save(update_fields=["count"])
    progress(4, 4, _("The addresses are in"))
    return Brought(done, changes)


def _staged(
    municipality: Municipality, file: IO[bytes], is_complete: bool, progress: Progress
) -> AddressPlan:
    """Copy and compare in this transaction; what is staged goes with it."""
    progress(0, 4, _("Reading the file"))
    sha256 = checksum_of(file)
    rows = read_addresses(file, municipality)
    changes = stage(rows, municipality, is_complete=is_complete, progress=progress)
    last = _last(municipality)
    return AddressPlan(changes, sha256, str(last.uuid) if last else "")


def _last(municipality: Municipality) -> AddressImport | None:
    """The file that came in last."""
    return AddressImport.objects.of(municipality).first()
