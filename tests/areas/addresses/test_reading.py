"""Files of addresses in every shape that registers give them, and what is refused in them."""

import io
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from areas.addresses import bag as bag_module
from areas.addresses import tables
from areas.addresses.reading import read_addresses
from areas.addresses.rows import AddressFileRefused, AddressRow, Fault
from areas.models import Municipality
from tests.areas.addresses.files import (
    BERGEN_72,
    FLEMISH,
    bag,
    element,
    flemish,
    flemish_rows,
    geopackage,
    objects,
    reference,
    zipped,
)

BELGIAN = Municipality(
    name="Proefdorp", full_name="Gemeente Proefdorp", country="BE", code="99999", srid=31370
)
DUTCH = Municipality(name="Proefdorp", full_name="Gemeente Proefdorp", country="NL", code="9999", srid=28992)


def read(data: bytes, municipality: Municipality = BELGIAN) -> list[AddressRow | Fault]:
    return list(read_addresses(io.BytesIO(data), municipality))


def good(data: bytes, municipality: Municipality = BELGIAN) -> list[AddressRow]:
    found = read(data, municipality)
    assert not [one for one in found if isinstance(one, Fault)]
    return [one for one in found if isinstance(one, AddressRow)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_flemish_register(encoding: str) -> None:
    rows = good(flemish(*flemish_rows(), encoding=encoding))
    assert [row.street for row in rows] == ["Vrijheid", "Vrijheid", "Sint-Jozefstraat", "Cafépleintje"]
    assert (rows[1].register_id, rows[1].box, rows[1].line) == ("2", "2", 3)
    assert (rows[2].house_number, rows[2].y, rows[2].srid) == ("5A", 233_425.5, 31370)
    assert rows[3].postcode == "9991"
    assert {row.locality for row in rows} == {"Proefdorp"}


@pytest.mark.parametrize(
    ("head", "at", "srid"),
    [
        (("straatnaam", "huisnummer", "postcode", "postnaam", "lon", "lat"), ("4,72", "51.45"), 4326),
        (("STRAATNM", "HUISNR", "POSTCODE", "POSTNAAM", "X_LAMBERT72", "Y_LAMBERT72"), BERGEN_72, 31370),
        (
            ("Straat", "HNRLABEL", "Postcode", "Deelgemeente", "X-coordinaat", "Y-coordinaat"),
            (674_410, 737_879),
            3812,
        ),
    ],
)
def test_other_spellings(head: tuple[str, ...], at: tuple[Any, Any], srid: int) -> None:
    row = good(flemish(["Vrijheid", "1", "9990", "Bergendorp", *at], head=head))[0]
    assert (row.street, row.house_number, row.locality, row.srid) == ("Vrijheid", "1", "Bergendorp", srid)


def test_those_of_other_municipalities_are_skipped() -> None:
    rows = flemish_rows()
    rows[0][5] = "Verweg"
    assert len(good(flemish(*rows))) == 3


def test_a_zipped_table() -> None:
    assert len(good(zipped(Adressen__csv=flemish(*flemish_rows()), LeesMij__html=b"<p>"))) == 4


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("STRAATNM", "", "no-street"),
        ("STRAATNM", "x" * 121, "too-long"),
        ("HUISNR", "", "no-number"),
        ("HUISNR", "zonder", "no-number"),
        ("HUISNR", "123456", "no-number"),
        ("POSTCODE", "abc", "postcode"),
        ("X", "", "no-place"),
        ("X", "nan", "no-place"),
        ("X", "1e300", "far"),
        ("Y", "inf", "no-place"),
        ("Y", "0", "far"),
    ],
)
def test_a_row_that_is_no_address(column: str, value: str, reason: str) -> None:
    rows = flemish_rows()
    rows[1][FLEMISH.index(column)] = value
    found = read(flemish(*rows))
    assert [(one.line, one.reason) for one in found if isinstance(one, Fault)] == [(3, reason)]
    assert len(found) == 4


def test_the_dutch_extract() -> None:
    rows = good(bag(), DUTCH)
    assert [(row.register_id, row.street, row.house_number, row.box) for row in rows] == [
        ("3001", "Dorpsstraat", "12A", ""),
        ("3002", "Dorpsstraat", "12A", "2"),
        ("3005", "Dorpsstraat", "18", ""),
    ]
    assert {(row.postcode, row.locality, row.srid) for row in rows} == {("7551AB", "Proefdorp", 28992)}
    assert (rows[0].x, rows[0].y) == (108_621, 384_758)
    assert 108_621 < rows[2].x < 108_641  # within the berth


def test_what_is_over_is_left_out() -> None:
    over = element(
        "Woonplaats", "1000", "<Objecten:naam>Oud</Objecten:naam>", "Woonplaats aangewezen", ends="2021-01-01"
    )
    assert {row.locality for row in good(bag(WPL=objects(over)), DUTCH)} == {""}


def test_an_extract_without_its_streets() -> None:
    found = read(bag(OPR=objects()), DUTCH)
    assert {one.reason for one in found if isinstance(one, Fault)} == {"incomplete"}


def test_a_flat_export_of_the_bag() -> None:
    head = (
        "nummeraanduiding_id", "openbare_ruimte", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "woonplaats",
        "x", "y",
    )  # fmt: skip
    data = flemish(
        ["0164200000000001", "Dorpsstraat", 12, "a", "bis", "7551 AB", "Proefdorp", 108_621, 384_758],
        head=head,
    )
    row = good(data, DUTCH)[0]
    assert (row.register_id, row.house_number, row.box, row.postcode) == (
        "0164200000000001",
        "12a",
        "bis",
        "7551AB",
    )


@pytest.mark.parametrize("srid", [28992, 4326])
def test_a_geopackage(tmp_path: Path, srid: int) -> None:
    at = {"x": 108_621, "y": 384_758} if srid == 28992 else {"x": 4.72, "y": 51.45}
    data = geopackage(
        tmp_path / "a.gpkg",
        [{"id": "1", "street": "Dorpsstraat", "number": 12, "letter": "A", **at}],
        srid=srid,
    )
    row = good(data, DUTCH)[0]
    assert (row.street, row.house_number, row.postcode, row.srid) == ("Dorpsstraat", "12A", "7551AB", srid)
    assert (row.x, row.y) == tuple(at.values())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ontbreken"),
        (b"naam;waarde\n1;2\n", "straatnm, huisnr, x, y"),
        (b"STRAATNM;HUISNR\n1;2\n", "x, y"),
        (b"a" * 50_000, "geen einde"),
        (b"PK\x03\x04 no zip", "zip"),
        (zipped(a__csv=b"x", b__csv=b"y"), "één CSV"),
        (zipped(a__exe=b"x"), "zip"),
        (b"SQLite format 3\x00 no database", "GeoPackage"),
    ],
)
def test_a_file_that_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(AddressFileRefused, match=words):
        read(data)


# Attacks, made for this test.


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "https://evil.example/x.dtd"><x/>',
        b"<x>" * 100 + b"</x>" * 100,
        b"<x><y></x>",
        b"<Woonplaats>" + b"<a/>" * 30_000 + b"</Woonplaats>",
        b"",
    ],
)
def test_attack_by_xml(xml: bytes) -> None:
    with pytest.raises(AddressFileRefused):
        read(bag(WPL=xml), DUTCH)


def test_attack_a_bomb_of_zeros() -> None:
    started = time.monotonic()
    with pytest.raises(AddressFileRefused):
        read(zipped(a__csv=bytes(20_000_000)))
    with pytest.raises(AddressFileRefused):
        read(zipped(**{"9999WPL08112025__zip": zipped(x__xml=bytes(20_000_000))}), DUTCH)
    assert time.monotonic() - started < 30


def test_attack_a_way_out_of_the_zip() -> None:
    with pytest.raises(AddressFileRefused):
        read(zipped(**{"../../a__csv": flemish(*flemish_rows())}))


def test_attack_a_view_in_a_geopackage(tmp_path: Path) -> None:
    """A view may run anything that SQL can; only tables are read."""
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            "INSERT INTO gpkg_geometry_columns VALUES ('evil', 'geom', 'POINT', 28992, 0, 0);"
            "CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS geom FROM n;"
        )
    database.close()
    with pytest.raises(AddressFileRefused):
        read(path.read_bytes(), DUTCH)


def test_attack_a_name_that_is_sql(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            'CREATE TABLE "a""; DROP TABLE x; --" (geom);'
            "INSERT INTO gpkg_geometry_columns VALUES ('a\"; DROP TABLE x; --', 'geom', 'POINT', 28992, 0, 0);"
        )
    database.close()
    with pytest.raises(AddressFileRefused):
        read(path.read_bytes(), DUTCH)


def test_attack_lists_of_a_geopackage_that_are_computed(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS table_name, 'geom' AS column_name, 28992 AS srs_id FROM n;"
        )
    database.close()
    with pytest.raises(AddressFileRefused):
        read(path.read_bytes(), DUTCH)


@pytest.mark.parametrize(
    "computed",
    [
        "hex(zeroblob(900000000))",
        "(SELECT 1)",
        "length(replace(hex(zeroblob(4000000)), '0', hex(zeroblob(4000000))))",
    ],
)
def test_attack_a_column_that_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, computed: str
) -> None:
    monkeypatch.setattr(tables, "SECONDS", 1)
    row = {"id": "1", "street": "Dorpsstraat", "number": 12, "x": 108_621, "y": 384_758}
    path = tmp_path / "a.gpkg"
    geopackage(path, [row])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'woonplaats)', 'woonplaats, veel AS (' || ? || '))') "
            "WHERE name = 'adressen'", (computed,),
        )  # fmt: skip
    database.close()
    started = time.monotonic()
    with pytest.raises(AddressFileRefused):
        read(path.read_bytes(), DUTCH)
    assert time.monotonic() - started < 30


def test_attack_more_objects_than_a_country_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bag_module, "MOST_OBJECTS", 3)
    with pytest.raises(AddressFileRefused, match="te groot"):
        read(bag(), DUTCH)


@pytest.mark.parametrize(
    "place",
    [
        '<gml:posList srsDimension="0">0 0 1 1 1 0 0 0</gml:posList>',
        '<gml:posList srsDimension="x">0 0 1 1 1 0 0 0</gml:posList>',
        "<gml:posList>0 0 nan 1 1 0 0 0</gml:posList>",
        "<gml:posList>0 0 1e999 1 1 0 0 0</gml:posList>",
        "<gml:pos>nan inf</gml:pos>",
    ],
)
def test_attack_a_place_that_is_none(place: str) -> None:
    inside = reference("heeftAlsHoofdadres", "Nummeraanduiding", "3001") + place
    (row,) = read(
        bag(VBO=objects(element("Verblijfsobject", "4001", inside, "in gebruik")), LIG=objects()), DUTCH
    )[:1]
    assert isinstance(row, Fault)
