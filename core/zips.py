"""Zips of others: looked at before anything is unpacked, and counted while reading, because their headers may lie."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from core.verbs import Refused

CHUNK = 64 * 1024
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,  # a member that says to begin before the archive does
    zlib.error,
)


@dataclass(frozen=True, kw_only=True)
class ZipRules:
    """What a zip may hold; the ratio is between what comes out and the size of the whole archive."""

    endings: tuple[str, ...]
    members: int = 20
    bytes: int = 200_000_000
    ratio: int = 100


SHAPEFILE = ZipRules(endings=(".shp", ".shx", ".dbf", ".prj", ".cpg"))


class RefusedZip(Refused):
    """A zip that breaks a rule; the message says which."""


def check_zip(content: IO[bytes], rules: ZipRules) -> dict[str, int]:
    """Read a zip to its end without keeping anything: the real size of each member by name; raises RefusedZip."""
    sizes: dict[str, int] = {}
    with opened(content, rules) as (archive, allowed):
        for member in archive.infolist():
            if not member.is_dir():
                sizes[member.filename] = sum(len(chunk) for chunk in chunks(archive, member, allowed))
    return sizes


def read_zip(content: IO[bytes], rules: ZipRules) -> dict[str, bytes]:
    """The members of a zip by name, under the same rules; for archives that fit in memory."""
    with opened(content, rules) as (archive, allowed):
        return {
            member.filename: b"".join(chunks(archive, member, allowed))
            for member in archive.infolist()
            if not member.is_dir()
        }


class Allowance:
    """How many bytes may still come out."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        """Take from what is left; raises RefusedZip when there is not enough."""
        self.left -= count
        if self.left < 0:
            raise RefusedZip(_("This zip unpacks to far more than it should."), code="bomb")


@contextmanager
def opened(content: IO[bytes], rules: ZipRules) -> Iterator[tuple[zipfile.ZipFile, Allowance]]:
    """The archive, when its list of contents keeps the rules, with what may come out of it."""
    content.seek(0, 2)
    archive_size = content.tell()
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            check_members(archive.infolist(), rules)
            allowance = Allowance(min(rules.bytes, rules.ratio * archive_size))
            if sum(member.file_size for member in archive.infolist()) > allowance.left:
                allowance.spend(allowance.left + 1)
            yield archive, allowance
    except UNREADABLE as error:
        raise RefusedZip(_("We cannot read this zip."), code="unreadable") from error
    finally:
        content.seek(0)


def check_members(members: list[zipfile.ZipInfo], rules: ZipRules) -> None:
    """The list of contents: number, names, no links, nothing locked."""
    if len(members) > rules.members:
        raise RefusedZip(
            _("This zip holds too many files: at most %(count)s.") % {"count": rules.members}, code="members"
        )
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if not is_plain(member) or name.lower() in seen:
            raise RefusedZip(_("This zip holds a file with a forbidden name."), code="name")
        seen.add(name.lower())
        if member.flag_bits & 0x1:
            raise RefusedZip(_("This zip is locked with a password."), code="locked")
        if not member.is_dir() and not name.lower().endswith(rules.endings):
            raise RefusedZip(
                _("This zip holds a file that does not belong in it. Allowed: %(endings)s.")
                % {"endings": ", ".join(rules.endings)},
                code="ending",
            )


def is_plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file or folder inside the archive, and not a link or a way out of it."""
    name = member.orig_filename
    path = PurePosixPath(name)
    kind = stat.S_IFMT(member.external_attr >> 16)
    return (
        bool(name)
        and name.isprintable()
        and "\\" not in name
        and ":" not in name
        and not path.is_absolute()
        and ".." not in path.parts
        and kind in (0, stat.S_IFREG, stat.S_IFDIR)
    )


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance) -> Iterator[bytes]:
    """The bytes of a member, counted."""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            allowance.spend(len(chunk))
            yield chunk
