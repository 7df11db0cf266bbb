"""Tables in and out."""

import csv
import datetime as dt
import io
import time
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core import tables
from core.tables import (
    TableError,
    as_text,
    csv_lines,
    escaped,
    read_table,
    starts_formula,
    unescaped,
    xlsx_bytes,
)

ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
RISKY = st.builds("".join, st.lists(st.sampled_from(list("=+-@'\" \tx1|＝＋")), max_size=8))
CELLS = st.one_of(ANY, RISKY)


@given(CELLS)
def test_no_written_cell_starts_a_formula(text: str) -> None:
    cell = escaped(text)
    assert not cell.lstrip('"’‘“” \t\n').startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert cell == text or cell == f"'{text}"
    assert unescaped(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+32 3", "-1", "@SUM", "\t=1", " =1", "'=1", '"=1', "＝1", "\r"])
def test_formulas_are_known(text: str) -> None:
    assert starts_formula(text)


@pytest.mark.parametrize("text", ["", "a=1", "Dreef 42", "2320", "1-2", "'t Dreefke", "e@x.example"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert escaped(text) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS.map(str.strip), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_goes_out_comes_in(rows: list[list[str]]) -> None:
    kept = [row for row in rows if any(row)]
    for data in (b"".join(csv_lines(["a", "b"], rows)), xlsx_bytes(["a", "b"], rows, "t")):
        back = [[row.cells["a"], row.cells["b"]] for row in read_table(data)]
        assert back == [[cell.strip() for cell in row] for row in kept]


@settings(max_examples=30, deadline=None)
@given(st.lists(RISKY, min_size=1, max_size=5))
def test_a_workbook_holds_no_formula(cells: list[str]) -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(["a"], [[cell] for cell in cells], "=t")))
    for row in book.worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_csv_opens_in_a_spreadsheet() -> None:
    data = b"".join(csv_lines(["naam", "plaats"], [["Café", "a;b"]]))
    assert data.startswith("\ufeff".encode())
    assert data.decode("utf-8-sig") == 'naam;plaats\r\nCafé;"a;b"\r\n'
    assert next(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")) == ["naam", "plaats"]


def test_values_as_text() -> None:
    values = [None, True, 3, 3.0, 51.4004, Decimal("1.50"), dt.date(2026, 1, 2), dt.time(9), "x"]
    shown = [as_text(value) for value in values]
    assert shown[0] == ""
    assert shown[2:] == ["3", "3", "51,4004", "1,50", "2026-01-02", "09:00:00", "x"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_signs(encoding: str, delimiter: str) -> None:
    text = f"Naam{delimiter}Plaats\nCafé De Lindé{delimiter}2320\n"
    (row,) = read_table(text.encode(encoding))
    assert row.cells == {"naam": "Café De Lindé", "plaats": "2320"}


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    rows = read_table(b'naam;x\n\n"a\nb";1\n;\nc;2\n')
    assert [(row.number, row.cells["naam"]) for row in rows] == [(3, "a\nb"), (5, "c")]


def test_numbers_of_a_workbook_stay_codes() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["postcode", "lat", "formule"])
    sheet.append([2320, 51.4004, "=1+1"])
    out = io.BytesIO()
    book.save(out)
    (row,) = read_table(out.getvalue())
    assert row.cells == {"postcode": "2320", "lat": "51,4004", "formule": "=1+1"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n ",
        b"PK\x03\x04 no zip",
        b"naam;naam\n1;2\n",
        b"naam\na;b\n",
        b'naam\n"open',
        b"a\x00b\n1\n",
        ("\n".join(["naam", *["x"] * (tables.MAX_ROWS + 1)])).encode(),
        (";".join(f"k{n}" for n in range(tables.MAX_COLUMNS + 1))).encode(),
        b"naam\n" + b"x" * (tables.MAX_CELL + 1),
        b"naam\n" + b"x" * tables.MAX_BYTES,
        b"\x81\x8d\n",
    ],
)
def test_refused(data: bytes) -> None:
    with pytest.raises(TableError) as caught:
        read_table(data)
    assert str(caught.value)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2_000_000)
    with pytest.raises(TableError):
        read_table(out.getvalue())


@pytest.mark.parametrize(
    "rows",
    ['<row><c r="XFD1"/></row>' * 2_000, "<row>" + '<c r="A1"/>' * 200_000 + "</row>"],
    ids=["far to the right", "many"],
)
def test_a_small_workbook_that_becomes_large_is_refused(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell at the end of a row has the reader make sixteen thousand; a megabyte of cells becomes a gigabyte."""
    monkeypatch.setattr(tables, "MAX_TAGS", 100_000)
    out = io.BytesIO(xlsx_bytes(["a"], [["b"]], "t"))
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    members["xl/worksheets/sheet1.xml"] = f"{sheet[:start]}<sheetData>{rows}{sheet[end:]}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    started = time.monotonic()
    with pytest.raises(TableError, match="te groot"):
        read_table(out.getvalue(), most_rows=30_000)
    assert time.monotonic() - started < 10


def test_xml_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
        )
    with pytest.raises(TableError):
        read_table(out.getvalue())
