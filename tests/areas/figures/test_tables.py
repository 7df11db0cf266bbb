"""Which column of a table holds what."""

import json
from typing import Any

import pytest

from areas.figures.tables import Layout, cells_of, columns_of, layout_of, needs_period, read_rows
from areas.models import AreaKind, Indicator
from core.tables import NumberText, TableError, xlsx_bytes

WIJK = AreaKind(slug="wijk", name="Wijk")
PEOPLE = Indicator(pk=1, slug="inwoners", name="Inwoners")
HOMES = Indicator(pk=2, slug="sociale-huur", name="Sociale huur")


def layout(head: str, indicator: Indicator | None = PEOPLE, **asked: str) -> Layout:
    rows = read_rows(f"{head}\n{';'.join('1' * (head.count(';') + 1))}\n".encode())
    return layout_of(columns_of(rows), WIJK, indicator, [PEOPLE, HOMES], asked)


def told(found: Layout) -> tuple[str, str, str, list[tuple[str, str]]]:
    return found.code, found.name, found.period, [(value.column, value.period) for value in found.values]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Code;Naam;Jaar;Waarde", ("code", "naam", "jaar", [("waarde", "")])),
        ("naam;periode;aantal", ("", "naam", "periode", [("aantal", "")])),
        ("wijkcode;wijk;2023;2024", ("wijkcode", "wijk", "", [("2023", "2023"), ("2024", "2024")])),
        ("geoitem;gemeente;wijk;2024-Q1", ("geoitem", "wijk", "", [("2024-q1", "2024-q1")])),
        ("CD_SECTOR;TX_DESCR_SECTOR_NL;TOTAL", ("cd_sector", "tx_descr_sector_nl", "", [("total", "")])),
        ("wijk;jaar;INWONERS;Sociale huur", ("", "wijk", "jaar", [("inwoners", "")])),
        ("wijk;jaar;mijn kolom", ("", "wijk", "jaar", [("mijn kolom", "")])),
        ("period;ValueString;wijkcode;wijk", ("wijkcode", "wijk", "period", [("valuestring", "")])),
    ],
)
def test_columns_are_known_by_what_publishers_call_them(head: str, expected: Any) -> None:
    found = layout(head)
    assert told(found) == expected
    assert not found.problems


def test_a_column_for_each_indicator() -> None:
    found = layout("code;jaar;inwoners;Sociale_huur;opmerking", indicator=None)
    assert [(value.column, value.indicator) for value in found.values] == [
        ("inwoners", PEOPLE),
        ("sociale_huur", HOMES),
    ]
    assert found.ignored == ("opmerking",)


def test_what_a_person_points_out_goes_first() -> None:
    found = layout("code;naam;jaar;aantal;bedrag", code="-", value="bedrag")
    assert told(found) == ("", "naam", "jaar", [("bedrag", "")])
    assert layout("code;2023;2024", value="2023", period="-").values[0].period == ""


@pytest.mark.parametrize(
    ("head", "indicator", "problem"),
    [
        ("jaar;aantal", PEOPLE, "de code of de naam"),
        ("code;jaar;a;b", PEOPLE, "staan de cijfers"),
        ("code;jaar;aantal", None, "naam van een cijfer"),
        ("code;jaar;Sociale huur;sociale-huur", None, "hetzelfde cijfer"),
    ],
)
def test_what_keeps_a_table_from_being_read(head: str, indicator: Indicator | None, problem: str) -> None:
    (found,) = layout(head, indicator).problems
    assert problem in found


def test_the_period_is_in_a_column_in_a_heading_or_asked() -> None:
    assert needs_period(layout("code;aantal"))
    assert not needs_period(layout("code;2024"))
    assert not needs_period(layout("code;jaar;aantal"))


def test_cells_of_a_wide_table() -> None:
    rows = read_rows(b"code|2023|2024\nA1|5|x\n|1|2\n||\n")
    found = layout_of(columns_of(rows), WIJK, PEOPLE, [PEOPLE], {})
    assert [(cell.row, cell.code, cell.period, cell.text) for cell in cells_of(rows, found, "")] == [
        (2, "A1", "2023", "5"),
        (2, "A1", "2024", "x"),
        (3, "", "2023", "1"),
        (3, "", "2024", "2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "|", "\t"])
def test_any_way_of_saving_a_table(encoding: str, sign: str) -> None:
    text = "code;naam;2024\n0164;Château-d'Oex;5\n".replace(";", sign)
    (row,) = read_rows(text.encode(encoding))
    assert row.cells == {"code": "0164", "naam": "Château-d'Oex", "2024": "5"}


def test_json_by_name_and_in_rows() -> None:
    rows = read_rows(b'{"Dampoort": 3364, "Drongen": 1.5, "Oostakker": null}')
    assert [row.cells for row in rows] == [
        {"naam": "Dampoort", "waarde": "3364"}, {"naam": "Drongen", "waarde": "1,5"}, {"naam": "Oostakker", "waarde": ""},
    ]  # fmt: skip
    assert isinstance(rows[1].cells["waarde"], NumberText)
    (row,) = read_rows(json.dumps([{"Period": "2024", "wijk": "Dampoort", "ValueString": "3.364"}]).encode())
    assert row.cells == {"period": "2024", "wijk": "Dampoort", "valuestring": "3.364"}


@pytest.mark.parametrize(
    "data",
    [
        b"{", b"[1]", b'[{"a": {"b": 1}}]', b"[" * 100_000, b"{}", b"[]", b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b"[" + b",".join([b"{}"] * 30_001) + b"]", b'[{"a": "' + b"x" * 6_000 + b'"}]', b'{"a":\xff}',
    ],
)  # fmt: skip
def test_json_that_is_no_table(data: bytes) -> None:
    with pytest.raises(TableError):
        read_rows(data)


def test_numbers_of_a_workbook_stay_numbers() -> None:
    from decimal import Decimal

    (row,) = read_rows(xlsx_bytes(["code", "2024"], [["0164", Decimal("1.234")]], "t"))
    assert row.cells == {"code": "0164", "2024": "1,234"}
    assert isinstance(row.cells["2024"], NumberText)
    assert not isinstance(row.cells["code"], NumberText)
