"""Tables that go in and out as CSV or XLSX: text stays text, and no cell can start a formula.

Written CSV is what a Dutch or Flemish spreadsheet opens by a double click: UTF-8 with a mark, `;` between cells. What is read
may be UTF-8 or Windows-1252, with `;`, `,`, `|` or tabs. A cell that a spreadsheet would take for a formula is written behind an
apostrophe, and loses that apostrophe again when it is read.
"""

import base64
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core import workbookchild
from core.bounded import BOUNDS, UNREADABLE, Limits, NotAnswered, bounded
from core.verbs import Refused

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 5_000
MAX_UNPACKED = 100_000_000
MAX_TAGS = 6_000_000  # in a workbook; each is an object while it is read
MAX_PADDED = 10_000_000  # cells of a sheet with those that are left out: one cell far to the right stands for sixteen thousand
MAX_MEMBERS = 500
MAX_RATIO = 40  # of what comes out to what came in; tables of people come to 20
SMALL = 300_000  # bytes out of a workbook for which no ratio counts
MB = 1024 * 1024
LIMITS = Limits(cpu=30, seconds=90, memory=512 * MB, output=64 * MB)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

# What starts a formula in a spreadsheet, also behind blanks and quotes, and in its full-width form.
FORMULA = re.compile(r"""[\s'"’‘“”]*[=+\-@＝＋－＠\t\r]""")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class TableError(Refused):
    """A file that is not a table we can read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "unreadable")


class NumberText(str):
    """The text of a cell that its file holds as a number, with a decimal comma: nobody has to guess what its sign means."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row that was read, under the number that the spreadsheet shows, by the names of its columns."""

    number: int
    cells: dict[str, str]


Head = Callable[[list[str]], bool]


def first_line(names: list[str]) -> bool:
    """The default of which line names the columns: the first that is not blank."""
    return True


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    return FORMULA.match(text) is not None


def escaped(value: object) -> str:
    """A value as the text of a cell that starts no formula; a number may start with a minus."""
    if isinstance(value, int | float | Decimal):
        return as_text(value)
    text = CONTROL.sub("", as_text(value))
    return f"'{text}" if starts_formula(text) else text


def unescaped(text: str) -> str:
    """The text as it was before `escaped`."""
    return text[1:] if text.startswith("'") and starts_formula(text[1:]) else text


def as_text(value: object) -> str:
    """A value of a cell as text: whole numbers without a point, decimal commas, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float | Decimal) -> str:
    if value == int(value):
        return str(int(value))
    return repr(value).replace(".", ",") if isinstance(value, float) else str(value).replace(".", ",")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table as the lines of a CSV file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff".encode()
    for row in _with_head(columns, rows):
        writer.writerow([escaped(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _with_head(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield columns
    yield from rows


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> bytes:
    """A table as a workbook with one sheet; every cell is text, but for decimal numbers, which can be added up."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"
    for row in _with_head(columns, rows):
        cells = []
        for value in row:
            if isinstance(value, Decimal):
                cells.append(WriteOnlyCell(sheet, value))
                continue
            cell = WriteOnlyCell(sheet, escaped(value))
            cell.data_type = "s"
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_table(
    data: bytes, *, most_rows: int = MAX_ROWS, most_cell: int = MAX_CELL, is_head: Head = first_line
) -> list[Row]:
    """The rows of a CSV or XLSX file, blank ones left out; raises TableError when it cannot be read or is too large.

    `is_head` says of the names in a line whether the columns are called so; what stands above that line is left out.
    """
    if len(data) > MAX_BYTES:
        raise TableError(_("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1_000_000})
    if not data.strip():
        raise TableError(_("The file is empty."))
    lines = _read_xlsx(data, most_rows) if data.startswith(b"PK") else _read_csv(data)
    return _rows(lines, most_rows, most_cell, is_head)


def _rows(lines: Iterable[tuple[int, list[str]]], most_rows: int, most_cell: int, is_head: Head) -> list[Row]:
    columns: list[str] | None = None
    rows: list[Row] = []
    for number, cells in lines:
        cells = [cell if isinstance(cell, NumberText) else unescaped(cell).strip() for cell in cells]
        if not any(cells):
            continue
        if columns is None:
            if is_head([_name(cell) for cell in cells if cell]):
                columns = _head(cells)
            continue
        if len(rows) == most_rows:
            raise TableError(_("The table has more than %(most)d rows.") % {"most": most_rows})
        if any(cells[len(columns) :]):
            raise TableError(_("Row %(row)d has more cells than there are columns.") % {"row": number})
        if any(len(cell) > most_cell for cell in cells):
            raise TableError(_("Row %(row)d has a cell that is too long.") % {"row": number})
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        rows.append(Row(number, {name: cell for name, cell in zip(columns, padded, strict=False) if name}))
    if columns is None:
        raise TableError(
            _("The file is empty.") if is_head is first_line else _("No line of the file names the columns.")
        )
    return rows


def _name(cell: str) -> str:
    return " ".join(cell.lower().split())


def _head(cells: list[str]) -> list[str]:
    names = [_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise TableError(_("The table has more than %(most)d columns.") % {"most": MAX_COLUMNS})
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise TableError(_("This column is there twice: %(names)s.") % {"names": ", ".join(sorted(twice))})
    return names


def _read_csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decoded(data)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MAX_COLUMNS:
                raise TableError(_("The table has more than %(most)d columns.") % {"most": MAX_COLUMNS})
            yield number, cells
    except csv.Error as error:
        raise TableError(_("Line %(line)d is not a line of a table.") % {"line": reader.line_num}) from error


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16 (with a mark), else Windows-1252."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise TableError(_("The file is not text that we can read. Save it as CSV UTF-8.")) from None
    if "\x00" in text:
        raise TableError(_("The file is not a table. Save it as CSV or XLSX."))
    return text


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,|\t", key=lambda sign: (head.count(sign), sign == ";"))


def _read_xlsx(data: bytes, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    _look_before(data)
    encoded = base64.b64encode(data).decode()
    try:
        with bounded(workbookchild.__file__, LIMITS) as process:
            found = process.ask(
                data=encoded, rows=most_rows, columns=MAX_COLUMNS, padded=MAX_PADDED, tags=MAX_TAGS
            )
        for number, cells in found:
            yield int(number), [_cell_text(value) for value in cells]
    except NotAnswered as why:
        raise _refusal(why.word) from None


def _look_before(data: bytes) -> None:
    """What the list of contents says; zipfile reads no more of a member than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refusal(UNREADABLE) from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > min(MAX_UNPACKED, SMALL + MAX_RATIO * len(data)):
        raise _refusal("large")


def _refusal(word: str) -> TableError:
    if word == "columns":
        return TableError(_("The table has more than %(most)d columns.") % {"most": MAX_COLUMNS})
    if word == "large":
        return TableError(_("The workbook is too large. Save the sheet with the table as CSV."))
    if word == BOUNDS:
        return TableError(
            _("Reading the workbook takes too much time or memory. Save the sheet with the table as CSV.")
        )
    return TableError(_("The file is not a workbook that we can read. Save it as XLSX or CSV."))


def _cell_text(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return NumberText(as_text(value)) if is_number else as_text(value)
