"""Tables in and out."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
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


def workbook(**changed: Callable[[str], str]) -> bytes:
    """A small workbook of which some parts are written anew: sheet1, styles, workbook, sharedStrings."""
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(["a"], [["b"]], "t"))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    for stem, write in changed.items():
        name = next((name for name in members if name.endswith(f"/{stem}.xml")), f"xl/{stem}.xml")
        members[name] = write(members.get(name, ""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def rows(text: str) -> Callable[[str], str]:
    """A sheet of these rows."""
    return lambda sheet: re.sub("<sheetData>.*</sheetData>", f"<sheetData>{text}</sheetData>", sheet)


def before(end: str, text: str) -> Callable[[str], str]:
    """A part with something before its end."""
    return lambda part: part.replace(end, text + end)


SST = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
BOMBS: dict[str, dict[str, Callable[[str], str]]] = {
    "empty rows": {"sheet1": rows("<row/>" * 1_000_000)},
    "empty cells": {"sheet1": rows("<row>" + "<c/>" * 1_000_000 + "</row>")},
    "far to the right": {"sheet1": rows('<row><c r="XFD1"/></row>' * 200_000)},
    "shared strings": {"sharedStrings": lambda _none: SST + "<si/>" * 1_000_000 + "</sst>"},
    "styles": {"styles": before("</cellXfs>", "<xf/>" * 1_000_000)},
    "merged cells": {
        "sheet1": before("</worksheet>", "<mergeCells>" + "<mergeCell/>" * 400_000 + "</mergeCells>")
    },
    "names": {
        "workbook": before("</workbook>", "<definedNames>" + "<definedName/>" * 400_000 + "</definedNames>")
    },
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_workbook_that_becomes_large_starts_no_process(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came out of 59 kB took 25 seconds; what would come out is in the list of contents."""
    monkeypatch.setattr(tables, "bounded", lambda *_given: pytest.fail("there was no need"))
    data = workbook(**BOMBS[name])
    assert len(data) < 60_000
    with pytest.raises(TableError, match="te groot"):
        read_table(data, most_rows=30_000)


def test_a_workbook_has_so_much_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let past the list of contents, it is ended by its limit."""
    monkeypatch.setattr(tables, "MAX_RATIO", 10_000)
    monkeypatch.setattr(tables, "LIMITS", replace(tables.LIMITS, cpu=1))
    with pytest.raises(TableError, match="te veel tijd of geheugen"):
        read_table(workbook(**BOMBS["empty cells"]), most_rows=30_000)


def test_a_workbook_has_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_RATIO", 10_000)
    monkeypatch.setattr(tables, "LIMITS", replace(tables.LIMITS, memory=100 * tables.MB))
    with pytest.raises(TableError, match="te veel tijd of geheugen"):
        read_table(workbook(**BOMBS["empty cells"]))


@pytest.mark.parametrize(
    ("bound", "most", "text"),
    [
        ("MAX_PADDED", 100_000, '<row><c r="XFD1"/></row>' * 20),
        ("MAX_TAGS", 10_000, "<row>" + "<c/>" * 20_000 + "</row>"),
        ("MAX_MEMBERS", 3, ""),
    ],
)
def test_what_is_counted(bound: str, most: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell at the end of a row has the reader make sixteen thousand."""
    monkeypatch.setattr(tables, bound, most)
    with pytest.raises(TableError, match="te groot"):
        read_table(workbook(sheet1=rows(text)))


@pytest.mark.parametrize("name", ["styles", "names"])
def test_what_is_no_cell_is_counted_apart(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A style is twenty times the work of a cell."""
    monkeypatch.setattr(tables, "MAX_RATIO", 10_000)
    with pytest.raises(TableError, match="te groot"):
        read_table(workbook(**BOMBS[name]))


def test_sizes_that_lie_are_not_believed() -> None:
    """The list of contents says ten bytes of a part; no more of it is read."""
    data = workbook(sheet1=rows("<row/>" * 1_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = next(one for one in archive.infolist() if one.filename.endswith("sheet1.xml")).file_size
    with pytest.raises(TableError, match="niet lezen"):
        read_table(data.replace(true.to_bytes(4, "little"), (10).to_bytes(4, "little")))


def test_rows_below_so_many_blank_ones_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = '<row r="{}"><c t="inlineStr"><is><t>{}</t></is></c></row>'
    few = workbook(sheet1=rows(cell.format(1, "naam") + cell.format(20_000, "laag")))
    assert [(row.number, row.cells) for row in read_table(few, most_rows=10)] == [(20_000, {"naam": "laag"})]
    many = workbook(sheet1=rows(cell.format(1, "naam") + cell.format(20_100, "te laag")))
    assert read_table(many, most_rows=10) == []


def test_a_wide_row_is_refused_whatever_stands_there() -> None:
    wide = '<row r="1"><c r="DA1" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(TableError, match="100 kolommen"):
        read_table(workbook(sheet1=rows(wide)))


def test_xml_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
        )
    with pytest.raises(TableError):
        read_table(out.getvalue())


def test_what_stands_above_the_names_of_the_columns_is_left_out() -> None:
    data = b"Meerjarenplan 2026-2031;;\n\nCode;Naam\nBD1;Bergen\n"
    (row,) = read_table(data, is_head=lambda names: "code" in names)
    assert (row.number, row.cells) == (4, {"code": "BD1", "naam": "Bergen"})
    with pytest.raises(TableError):
        read_table(data, is_head=lambda names: "bedrag" in names)


def test_a_longer_cell_when_it_is_said_so() -> None:
    data = f"naam\n{'a' * 6_000}\n".encode()
    assert read_table(data, most_cell=6_000)
    with pytest.raises(TableError):
        read_table(data)
