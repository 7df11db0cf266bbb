"""Private files: taking them in, storing them, handing them out again.

upload = check_upload(request.FILES["file"], kind="areas.boundaries")      # raises ValidationError
file = store_file(upload, kind="areas.boundaries", owner=request.user.uuid)
with file_content(file) as content: ...
"""

import hashlib
import re
import tempfile
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from core.filekinds import FileKind, file_kinds
from core.models import PrivateFile
from core.sniff import SIGNATURES, sniff

CHUNK = 64 * 1024
IN_MEMORY = 2_000_000  # bytes; what is larger goes to a temporary file
LONGEST_NAME = 100


class PrivateStorage(FileSystemStorage):
    """A folder beside the public one, for no web server to serve; only its owner on the machine may look in."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @cached_property
    def base_location(self) -> Path:
        """Where the files lie."""
        return Path(settings.MEDIA_ROOT) / "private"

    def url(self, name: str | None) -> str:
        """No address: private files are read through a view."""
        raise ValueError("Private files have no address of their own.")


def private_storage() -> Storage:
    """Where the bytes of private files are."""
    return storages["private"]


@dataclass(frozen=True)
class CheckedUpload:
    """An upload that was read to its end and found to be what its kind accepts."""

    content: IO[bytes]
    name: str
    content_type: str
    size: int


def check_upload(upload: File[Any], *, kind: str) -> CheckedUpload:
    """Read an upload while counting, and recognise it by its bytes; raises ValidationError in words for the person."""
    wanted = file_kinds[kind]
    content = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (its reader closes it)
    size = 0
    for chunk in upload.chunks(CHUNK):
        size += len(chunk)
        if size > wanted.max_bytes:
            content.close()
            raise ValidationError(
                _("This file is too large: at most %(size)s.") % {"size": size_words(wanted.max_bytes)},
                code="too_large",
            )
        content.write(chunk)
    content.seek(0)
    name = str(upload.name or "")
    content_type = sniff(content.read(4096), name, wanted.accepts)
    content.seek(0)
    if size == 0:
        raise ValidationError(_("This file is empty."), code="empty")
    if content_type is None:
        raise ValidationError(
            _("This is not a file we can read here. Choose one of: %(kinds)s.")
            % {"kinds": ", ".join(SIGNATURES[accepted][1] for accepted in wanted.accepts)},
            code="wrong_kind",
        )
    return CheckedUpload(content, safe_name(name, content_type), content_type, size)


def size_words(size: int) -> str:
    """A bound as it is said beside the field: whole millions of bytes are so many MB."""
    return filesizeformat(size) if size % 1_000_000 else f"{size // 1_000_000} MB"


def safe_name(name: str, content_type: str) -> str:
    """A file name without folders, control characters and surprises, with the ending of what it really is."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Also the characters that reverse the reading direction, which can hide an ending.
    base = "".join(letter for letter in base if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    base = re.sub(r'[<>:"|?*;%]+', "-", base)
    base = re.sub(r"\s+", " ", base).strip(" .-")
    ending = SIGNATURES[content_type][1]
    stem = base[: -len(ending)] if base.lower().endswith(ending) else base.rpartition(".")[0] or base
    while stem.lower().endswith(ending):
        stem = stem[: -len(ending)]
    return (stem.strip(" .-")[: LONGEST_NAME - len(ending)] or "document") + ending


def store_file(
    upload: CheckedUpload, *, kind: str, owner: uuid.UUID | None, subject: uuid.UUID | None = None
) -> PrivateFile:
    """Store a checked upload."""
    return store_bytes(
        iter(lambda: upload.content.read(CHUNK), b""),
        kind=kind,
        owner=owner,
        subject=subject,
        name=upload.name,
        content_type=upload.content_type,
    )


def store_bytes(
    content: bytes | Iterable[bytes],
    *,
    kind: str,
    owner: uuid.UUID | None,
    name: str,
    content_type: str,
    subject: uuid.UUID | None = None,
) -> PrivateFile:
    """Store bytes that this site made itself (an export), or that were checked."""
    wanted = file_kinds[kind]
    if content_type not in wanted.accepts:
        raise ValueError(f"{kind} does not accept {content_type}")
    file = PrivateFile(kind=kind, owner=owner, subject=subject, content_type=content_type)
    file.name = safe_name(name, content_type)
    checksum = hashlib.sha256()
    size = 0
    with tempfile.TemporaryFile() as spool:
        for chunk in [content] if isinstance(content, bytes) else content:
            checksum.update(chunk)
            size += len(chunk)
            spool.write(chunk)
        spool.seek(0)
        file.size, file.sha256 = size, checksum.hexdigest()
        file.expires_at = timezone.now() + wanted.keep if wanted.keep else None
        file.full_clean()
        with transaction.atomic():
            file.save()
            private_storage().save(str(file.uuid), File(spool))
    return file


def checksum_of(content: IO[bytes]) -> str:
    """The checksum of a file, which is at its start again."""
    found = hashlib.file_digest(content, "sha256")  # type: ignore[arg-type]  # any file in bytes does
    content.seek(0)
    return found.hexdigest()


@contextmanager
def file_content(file: PrivateFile) -> Iterator[IO[bytes]]:
    """The bytes, to read."""
    with private_storage().open(str(file.uuid), "rb") as content:
        yield content


def kept_file(identifier: uuid.UUID | None, *, kind: str, owner: uuid.UUID | None) -> PrivateFile | None:
    """A file that was kept for its owner alone while the form that it came with was not right yet; None when it is gone."""
    if identifier is None or owner is None:
        return None
    return PrivateFile.objects.current().filter(uuid=identifier, kind=kind, owner=owner).first()


@contextmanager
def as_upload(file: PrivateFile) -> Iterator[CheckedUpload]:
    """A kept file as it came in."""
    with file_content(file) as content:
        yield CheckedUpload(content, file.name, file.content_type, file.size)


def remove_file(file: PrivateFile) -> None:
    """Remove a file: the row now, the bytes when the transaction is committed."""
    PrivateFile.objects.filter(pk=file.pk).delete()


def kind_of(file: PrivateFile) -> FileKind | None:
    """The kind of a file; None when the app that knew it is gone."""
    return file_kinds[file.kind] if file.kind in file_kinds else None  # noqa: SIM401 (a registry has no get)


def may_read(user: Any, file: PrivateFile) -> bool:
    """Whether this person may read the file: its owner, or whom its kind allows."""
    if not user.is_authenticated:
        return False
    if file.owner is not None and file.owner == getattr(user, "uuid", None):
        return True
    kind = kind_of(file)
    return kind is not None and kind.may_read(user=user, file=file)
