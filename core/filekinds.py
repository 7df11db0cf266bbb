"""Kinds of private files: what may be uploaded, who may read it, how long it is kept. Registered in an app's `filekinds.py`."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.models import PrivateFile
from core.registry import RegistrationError, Registry
from core.sniff import SIGNATURES


class MayRead(Protocol):
    """Whether a person who does not own a private file may read it."""

    def __call__(self, *, user: Any, file: PrivateFile) -> bool: ...


def nobody_else(*, user: Any, file: PrivateFile) -> bool:
    """The default of who may read a file besides its owner."""
    return False


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """One kind of private files.

    `accepts` are the content types an upload may have (recognised by its bytes, never by what the browser says); `accepted` says
    them in words, with the bounds, beside the field.
    The owner may always read; `may_read` says who else. `keep` counts from storing; None keeps until it is removed.
    """

    name: str
    title: str | Promise
    accepts: tuple[str, ...]
    max_bytes: int
    accepted: str | Promise = ""
    may_read: MayRead = nobody_else
    keep: dt.timedelta | None = None
    order: int = 100

    def __post_init__(self) -> None:
        unknown = [content_type for content_type in self.accepts if content_type not in SIGNATURES]
        if unknown or not self.accepts:
            raise RegistrationError(
                f"FileKind {self.name!r}: accepts {unknown or 'nothing'}, expected some of {', '.join(SIGNATURES)}"
            )
        if self.max_bytes <= 0:
            raise RegistrationError(f"FileKind {self.name!r}: max_bytes must be more than 0")


file_kinds: Registry[FileKind] = Registry(FileKind, "filekinds")
