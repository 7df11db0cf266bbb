"""Tables of addresses, read row by row: CSV, and the table of a GeoPackage."""

import codecs
import csv
import io
import re
import sqlite3
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from areas.addresses.rows import RANGES, AddressFileRefused, AddressRow, Fault, Register, RowReader
from areas.models import Municipality

CHUNK = 1 << 20
LONGEST_LINE = 20_000
MOST_COLUMNS = 300
LONGEST_VALUE = 10_000_000  # bytes; a column can also be computed, for as long and as large as it likes
SECONDS, STEPS = 120, 100_000  # that SQLite may take, and of its instructions between two looks at the clock
Read = Iterator[AddressRow | Fault]
# The envelope of a geometry in a GeoPackage by its kind, in bytes.
ENVELOPES = (0, 32, 48, 48, 64)
POINTS = (1, 1001, 2001, 3001)


def read_csv(file: IO[bytes], municipality: Municipality, register: Register) -> Read:
    """The addresses of a CSV file in UTF-8 or Windows-1252, with `;`, `,`, `|` or tabs."""
    text = io.TextIOWrapper(file, encoding=encoding_of(file), newline="")
    try:
        lines = csv.reader(_bounded(text), delimiter=_delimiter(text), strict=True)
        head = next(lines, [])
        if len(head) > MOST_COLUMNS:
            raise AddressFileRefused(_("The table has more than %(most)d columns.") % {"most": MOST_COLUMNS})
        reader = RowReader(municipality, register.places_of(head))
        for cells in lines:
            found = reader.read(lines.line_num, dict(zip(head, cells, strict=False))) if any(cells) else None
            if found is not None:
                yield found
    except csv.Error as error:
        raise AddressFileRefused(
            _("Line %(line)d is not a line of a table.") % {"line": lines.line_num}
        ) from error
    finally:
        text.detach()


def encoding_of(file: IO[bytes]) -> str:
    """UTF-8 when the whole file is, else Windows-1252; the file is at its start again."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        encoding = "cp1252"
    file.seek(0)
    return encoding


def _delimiter(text: io.TextIOWrapper) -> str:
    head = text.readline(LONGEST_LINE)
    text.seek(0)
    return max(";,\t|", key=lambda sign: (head.count(sign), sign == ";"))


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a file, none of them without end."""
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise AddressFileRefused(_("The file is not a table of addresses: a line has no end."))
            yield line.replace("\x00", "")
    except UnicodeDecodeError:
        raise AddressFileRefused(_("The file is not text that we can read. Save it as CSV UTF-8.")) from None


def read_geopackage(path: Path, municipality: Municipality, register: Register) -> Read:
    """The addresses of the first table with points; SQLite reads it, and nothing in the file can make it do more."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            ends = time.monotonic() + SECONDS
            database.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
            database.row_factory = sqlite3.Row
            yield from _rows_of(database, municipality, register)
    except (sqlite3.Error, struct.error) as error:
        raise AddressFileRefused(_("We cannot read this GeoPackage.")) from error


def _rows_of(database: sqlite3.Connection, municipality: Municipality, register: Register) -> Read:
    table, column, srid = _layer(database)
    quoted = f'"{table}"'
    head = [str(row["name"]) for row in database.execute(f"PRAGMA table_info({quoted})")]
    x, y = ("lon", "lat") if srid == 4326 else ("x", "y")
    free = [name for name in head if name != column and name.lower() not in (x, y)]
    reader = RowReader(municipality, register.places_of([*free, x, y]))
    point = _point_reader()
    for line, row in enumerate(database.execute(f"SELECT * FROM {quoted}"), start=1):  # noqa: S608 (checked below)
        at = point(row[column])
        found = reader.read(line, {**{name: row[name] for name in free}, x: at[0], y: at[1]})
        if found is not None:
            yield found


def _layer(database: sqlite3.Connection) -> tuple[str, str, int]:
    """The first table with a geometry of its own (no view), its column and its grid."""
    views = database.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name LIKE 'gpkg\\_%' ESCAPE '\\'"
    )
    if views.fetchone():
        raise AddressFileRefused(_("The GeoPackage computes its own lists of layers; export it anew."))
    rows = database.execute(
        "SELECT layer.table_name, layer.column_name, layer.srs_id FROM gpkg_geometry_columns layer "
        "JOIN sqlite_master made ON made.name = layer.table_name AND made.type = 'table' ORDER BY 1"
    ).fetchall()
    for table, column, srid in rows:
        if re.fullmatch(r"\w[\w .-]*", str(table)) and srid in RANGES:
            return str(table), str(column), int(srid)
    raise AddressFileRefused(_("This GeoPackage has no table with points in a grid that we know."))


def _point_reader() -> Callable[[Any], tuple[float, float]]:
    nowhere = (float("nan"), float("nan"))

    def point(blob: Any) -> tuple[float, float]:
        if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
            return nowhere
        kind = blob[3] >> 1 & 7
        start = 8 + ENVELOPES[kind] if kind < len(ENVELOPES) else len(blob)
        if len(blob) < start + 21:
            return nowhere
        order = "<" if blob[start] else ">"
        if struct.unpack_from(f"{order}I", blob, start + 1)[0] not in POINTS:
            return nowhere
        x, y = struct.unpack_from(f"{order}dd", blob, start + 5)
        return x, y

    return point
