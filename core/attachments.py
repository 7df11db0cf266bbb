"""Files of a thing: for everybody or for staff alone, with a title, and of a picture in words what is in it.

An app says in its `attachments.py` which of its things have files:

attachment_kinds.register(AttachmentKind(
    name="plans.plan", model=Plan, change="plans.change_plan", private="plans.view_plan",
    seen=lambda *, user: Plan.objects.visible_to(user),
))

Then `attached("plans.plan", plan, request.user)` goes into the page, which shows it by `core/partials/attachments.html`. What
changes the files has pages of its own (`core.attachmentpages`); pictures are made anew (`core.images`).
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.files import CheckedUpload, remove_file, store_file
from core.history import because
from core.images import FORMATS, reencode_image
from core.models import Attachment, PrivateFile
from core.registry import Registry
from core.sniff import DOCX, ODT, XLSX
from core.verbs import Actor, Conflict, Refused, locked, require, same_version, verb

FILES = "core.attachments"
PICTURES = set(FORMATS.values())
MOST = 50  # files of one thing
MAX_BYTES = 25_000_000
FOR_STAFF = gettext_lazy("for staff only")

file_kinds.register(
    FileKind(
        name=FILES,
        title=gettext_lazy("File of a plan or another thing"),
        accepts=("application/pdf", *sorted(PICTURES), XLSX, DOCX, ODT, "text/csv"),
        accepted=gettext_lazy("PDF, JPEG, PNG, WebP, DOCX, ODT, XLSX or CSV, at most 25 MB."),
        max_bytes=MAX_BYTES,
    )
)


class Seen(Protocol):
    """The things that a person may see: whoever does not see the thing sees none of its files."""

    def __call__(self, *, user: Any) -> QuerySet[Any]: ...


class AsksFirst(Protocol):
    """How a person is asked first before everybody reads a file of a thing; this module knows no calendar itself."""

    def check(self, *, thing: Any, by: Actor, consent: Any) -> None:
        """Refuse when somebody has to be asked today, unless with the consent that was given."""

    def prepare(self, form: Any, *, thing: Any, by: Any) -> bool:
        """Give a form the field that asks why, and say whether somebody has to be asked today."""

    def ask(
        self, *, attachment: Attachment, thing: Any, values: dict[str, Any], why: str, by: Any, site: str
    ) -> Any:
        """Ask whether everybody may read it, with these `values` (title, alternative, place)."""

    def answers(self, *, user: Any, attachment: Attachment) -> bool:
        """Whether a person is asked about this file, and so may read it."""


class HoldsBack(Protocol):
    """Whether pictures of mandate holders are left out with a thing today; this module knows no calendar itself."""

    def __call__(self, *, thing: Any) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class AttachmentKind:
    """One kind of things with files, found by their `uuid` and with a page of their own.

    `change` is the permission to bring, change and take away files of a thing, `private` that to read those that are not for
    everybody; both are asked of the thing. `closed` are the words for a file that is not for everybody. `first` says how
    somebody is asked before a file is for everybody, `holds_back` when pictures of mandate holders are for staff alone.
    """

    name: str
    title: str | Promise
    model: type[Model]
    seen: Seen
    change: str
    private: str
    closed: str | Promise = FOR_STAFF
    first: AsksFirst | None = None
    holds_back: HoldsBack | None = None
    order: int = 100

    def thing(self, subject: UUID, user: Any) -> Any:
        """The thing with this identifier, when the person may see it; None otherwise."""
        return self.seen(user=user).filter(uuid=subject).first()

    def is_held_back(self, attachment: Attachment, thing: Any) -> bool:
        """Whether a file is left out today for who it shows."""
        return (
            attachment.shows_mandate_holder and self.holds_back is not None and self.holds_back(thing=thing)
        )


class AttachmentKinds(Registry[AttachmentKind]):
    """The kinds of things with files; however a thing is deleted, its files go with it."""

    def register(self, entry: AttachmentKind) -> AttachmentKind:
        """Add a kind, and look after what its things leave behind."""
        super().register(entry)
        post_delete.connect(_leave_no_files, sender=entry.model, dispatch_uid=entry.name)
        return entry

    def unregister(self, name: str) -> None:
        """Take a kind out again (tests register their own)."""
        post_delete.disconnect(sender=self[name].model, dispatch_uid=name)
        super().unregister(name)


def _leave_no_files(*, instance: Any, **_more: Any) -> None:
    PrivateFile.objects.filter(attachment__subject=instance.uuid).delete()


attachment_kinds = AttachmentKinds(AttachmentKind, "attachments")


@dataclass(frozen=True)
class Attached:
    """The files of a thing that a person may read, and whether they may change them."""

    kind: AttachmentKind
    thing: Any
    files: list[Attachment]
    may_change: bool

    @property
    def add_url(self) -> str:
        """Where one more is added."""
        return reverse("core:attachment_add", args=[self.kind.name, self.thing.uuid])


def attached(kind: str, thing: Any, user: Any) -> Attached:
    """The files of a thing, for its page; one query, and one more where a mandate holder is in a picture."""
    known = attachment_kinds[kind]
    files = list(Attachment.objects.of(thing.uuid))
    if not user.has_perm(known.private, thing):
        files = [one for one in files if one.is_public and not known.is_held_back(one, thing)]
    return Attached(known, thing, files, user.has_perm(known.change, thing))


def attached_each(kind: str, things: Iterable[Any], *, reads: bool, changes: bool) -> list[Attached]:
    """The files of several things, of all of which a person `reads` what is not for everybody and `changes` the files, or of none.

    One query, however many things; who may what is asked once by who calls, of what the things belong to.
    """
    known, things = attachment_kinds[kind], list(things)
    by_thing: dict[UUID, list[Attachment]] = {one.uuid: [] for one in things}
    for file in Attachment.objects.filter(subject__in=by_thing).select_related("file"):
        by_thing[file.subject].append(file)
    return [
        Attached(
            known,
            one,
            [
                file
                for file in by_thing[one.uuid]
                if reads or (file.is_public and not known.is_held_back(file, one))
            ],
            changes,
        )
        for one in things
    ]


def may_read(user: Any, attachment: Attachment) -> bool:
    """Whether a person may read a file: they see the thing, and it is for everybody or they may read what is not."""
    if attachment.kind not in attachment_kinds:
        return False
    kind = attachment_kinds[attachment.kind]
    thing = kind.thing(attachment.subject, user)
    if thing is None:
        return False
    if (attachment.is_public and not kind.is_held_back(attachment, thing)) or user.has_perm(
        kind.private, thing
    ):
        return True
    return kind.first is not None and kind.first.answers(user=user, attachment=attachment)


@verb
def attach(
    *,
    kind: str,
    thing: Any,
    upload: CheckedUpload,
    title: str,
    by: Actor,
    alternative: str = "",
    is_public: bool = False,
    shows_mandate_holder: bool = False,
    consent: Any = None,
) -> Attachment:
    """Bring a file to a thing, after those that are there; one for everybody may ask first, and then takes a `consent`."""
    known = attachment_kinds[kind]
    require(known.change, thing, by=by)
    content = _remade(upload)
    thing = locked(thing)
    require(known.change, thing, by=by)
    if is_public and known.first is not None:
        known.first.check(thing=thing, by=by, consent=consent)
    number = Attachment.objects.filter(subject=thing.uuid).count()
    if number >= MOST:
        raise Refused(_("There are %(most)d files already. Take one away first.") % {"most": MOST}, "full")
    new = Attachment(kind=kind, subject=thing.uuid, order=number + 1)
    said = {"alternative": alternative, "is_public": is_public, "shows_mandate_holder": shows_mandate_holder}
    _write(new, content, title=title, **said)
    with because("core.file_attached", by=by):
        new.file = _stored(content, thing.uuid)
        new.save()
    return new


@verb
def change_attachment(
    *,
    attachment: Attachment,
    title: str,
    by: Actor,
    alternative: str = "",
    is_public: bool = False,
    shows_mandate_holder: bool = False,
    upload: CheckedUpload | None = None,
    place: int | None = None,
    version: str | None = None,
    consent: Any = None,
) -> Attachment:
    """Change what is said of a file, put another `upload` in its stead, or move it to a `place` (1 is the first).

    What everybody reads anew may ask first, and then takes a `consent`; another place or taking it from everybody does not.
    """
    found, thing = _locked(attachment, by=by)
    same_version(found, version)
    first = attachment_kinds[found.kind].first
    said = (found.is_public, found.title, found.alternative)
    if first is not None and is_public and (upload or said != (True, title.strip(), alternative.strip())):
        first.check(thing=thing, by=by, consent=consent)
    content = _remade(upload) if upload is not None else None
    values = {
        "alternative": alternative,
        "is_public": is_public,
        "shows_mandate_holder": shows_mandate_holder,
    }
    _write(found, content, title=title, **values)
    before = found.file
    with because("core.file_changed", by=by):
        if content is not None:
            found.file = _stored(content, found.subject)
        found.save()
        if content is not None:
            remove_file(before)
        if place is not None:
            _put(found, place)
    return found


@verb
def remove_attachment(*, attachment: Attachment, by: Actor) -> None:
    """Take a file away: its row now, its bytes when that is sure."""
    found, _thing = _locked(attachment, by=by)
    with because("core.file_removed", by=by):
        remove_file(found.file)


def _locked(attachment: Attachment, *, by: Actor) -> tuple[Attachment, Any]:
    """The file under a lock, behind that of its thing: who adds one waits. With the thing."""
    kind = attachment_kinds[attachment.kind]
    thing = kind.model._default_manager.filter(uuid=attachment.subject).first()
    if thing is None:
        raise Conflict(None, _("This is no longer there."), "gone")
    thing = locked(thing)
    require(kind.change, thing, by=by)
    return locked(attachment, queryset=Attachment.objects.select_related("file")), thing


def _remade(upload: CheckedUpload) -> CheckedUpload:
    """The upload; a picture from its pixels alone. Raises ValidationError at the field of the file."""
    if upload.content_type not in PICTURES:
        return upload
    try:
        made, content_type = reencode_image(upload.content)
    except ValidationError as error:
        raise ValidationError({"file": error}) from None
    return CheckedUpload(io.BytesIO(made), upload.name, content_type, len(made))


def _stored(content: CheckedUpload, subject: UUID) -> PrivateFile:
    return store_file(content, kind=FILES, owner=None, subject=subject)


def _write(attachment: Attachment, content: CheckedUpload | None, **values: Any) -> None:
    """Set what is said of a file; raises ValidationError by field."""
    for name, value in values.items():
        setattr(attachment, name, value.strip() if isinstance(value, str) else value)
    if content is not None:
        attachment.is_picture = content.content_type in PICTURES
    if not attachment.is_picture:
        attachment.alternative, attachment.shows_mandate_holder = "", False
    elif not attachment.alternative:
        raise ValidationError(
            {"alternative": _("Say what is in the picture, for who does not see it.")}, code="required"
        )
    attachment.clean_fields(exclude=["file"])


def _put(attachment: Attachment, place: int) -> None:
    """Put a file in its place among those of the thing, which are under a lock."""
    rows = [one for one in Attachment.objects.filter(subject=attachment.subject) if one.pk != attachment.pk]
    rows.insert(max(place, 1) - 1, attachment)
    for number, row in enumerate(rows, start=1):
        if row.order != number:
            row.order = number
            row.save(update_fields=["order"])
