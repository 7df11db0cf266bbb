"""Reads the first sheet of a workbook: a reader of `core.bounded` for `tables.py`, a small file may hold millions of cells."""

import base64
import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

CHUNK = 1 << 16
BLANK = (
    20_000  # rows without anything, besides as many as the table may have: what lies below is not looked at
)
BESIDE = 100_000  # tags of styles, names and all else that is no cell; a spreadsheet writes some thousands
# Half its start, and a third of its time: what guards against XML guards in Python, where these limits do.
NOT_TAKEN_ALONG = ("numpy", "defusedxml", "lxml")


class Unfit(Exception):
    """A workbook that is larger than a table may be; the word says in what."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def cells_of(data: bytes, *, rows: int, columns: int, padded: int, tags: int) -> Iterator[list[Any]]:
    """The number and the cells of each row that holds something, at most `rows` of them and one more.

    `padded` bounds the cells of the sheet with those that are left out: one cell far to the right stands for sixteen thousand.
    """
    count_tags(data, tags)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    # The size that the sheet claims may be a lie; the bounds are counted.
    sheet.reset_dimensions()
    found = blank = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        padded -= len(row)
        if padded < 0:
            raise Unfit("large")
        if all(value is None or value == "" for value in row):
            blank += 1
            if blank > BLANK + rows:
                return
            continue
        if any(value is not None for value in row[columns:]):
            raise Unfit("columns")
        yield [number, [written(value) for value in row[:columns]]]
        found += 1
        if found > rows + 1:  # the head, and one too many
            return


def count_tags(data: bytes, most: int) -> None:
    """Each is an object while it is read; those of styles and names are heavy ones."""
    beside = BESIDE
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            is_of_table = member.filename.endswith("/sharedStrings.xml") or "/worksheets/" in member.filename
            with archive.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    tags = chunk.count(b"<")
                    most -= tags
                    beside -= 0 if is_of_table else tags
                    if min(most, beside) < 0:
                        raise Unfit("large")


def written(value: Any) -> Any:
    """A value as JSON has it: moments as text, numbers that are none as nothing."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers."""
    for name in NOT_TAKEN_ALONG:
        sys.modules[name] = None  # type: ignore[assignment]

    def answer(question: dict[str, Any]) -> list[list[Any]]:
        return list(cells_of(base64.b64decode(question.pop("data")), **question))

    return answer
