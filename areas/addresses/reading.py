"""A file of addresses, whatever it is: CSV (also zipped), GeoPackage, or an extract of the BAG."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from areas.addresses.bag import is_bag, read_bag
from areas.addresses.rows import AddressFileRefused, AddressRow, Fault, Register, registers
from areas.addresses.tables import read_csv, read_geopackage
from areas.models import Municipality
from core.zips import RefusedZip, ZipRules, chunks, opened

HEAD = 16
CHUNK = 1 << 20
ZIPPED_CSV = ZipRules(endings=(".csv", ".txt", ".pdf", ".html", ".xml"), members=20, bytes=1_000_000_000)


def register_of(municipality: Municipality) -> Register:
    """The register that a municipality's addresses come from."""
    return registers()[municipality.country]


def read_addresses(file: IO[bytes], municipality: Municipality) -> Iterator[AddressRow | Fault]:
    """The rows of a file; raises AddressFileRefused when it cannot be read."""
    register = register_of(municipality)
    head = file.read(HEAD)
    file.seek(0)
    try:
        if head.startswith(b"SQLite format 3\x00"):
            with _on_disk(file) as path:
                yield from read_geopackage(path, municipality, register)
        elif head.startswith(b"PK"):
            yield from _read_zip(file, municipality, register)
        else:
            yield from read_csv(file, municipality, register)
    except RefusedZip as refused:
        raise AddressFileRefused(refused.messages[0]) from refused


def _read_zip(
    file: IO[bytes], municipality: Municipality, register: Register
) -> Iterator[AddressRow | Fault]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise AddressFileRefused(_("We cannot read this zip.")) from None
    file.seek(0)
    if is_bag(names):
        yield from read_bag(file)
        return
    with opened(file, ZIPPED_CSV) as (archive, allowance):
        tables = [one for one in archive.infolist() if one.filename.lower().endswith((".csv", ".txt"))]
        if len(tables) != 1:
            raise AddressFileRefused(_("A zip must hold one CSV file, or an extract of the BAG."))
        with tempfile.TemporaryFile() as table:
            for chunk in chunks(archive, tables[0], allowance):
                table.write(chunk)
            table.seek(0)
            yield from read_csv(table, municipality, register)


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[Path]:
    """A copy with a path of its own, which SQLite wants."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
