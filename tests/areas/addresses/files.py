"""Files of addresses as registers give them, made for the test: the columns are theirs, the addresses are not."""

import csv
import io
import sqlite3
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

FLEMISH = ("ADRESID", "STRAATNM", "HUISNR", "APPTNR", "BUSNR", "GEMEENTE", "POSTCODE", "X", "Y")
BERGEN_72 = (174_419, 237_876)  # in Lambert 72
DALEN_72 = (174_440, 233_425)


def flemish(*rows: Sequence[Any], head: Sequence[str] = FLEMISH, encoding: str = "utf-8-sig") -> bytes:
    """An export of the Flemish register: `;` between the cells."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def flemish_rows() -> list[list[Any]]:
    """Four good rows."""
    return [
        [1, "Vrijheid", "149", "", "", "Proefdorp", "9990", *BERGEN_72],
        [2, "Vrijheid", "149", "", "0002", "Proefdorp", "9990", *BERGEN_72],
        [3, "Sint-Jozefstraat", "5A", "", "", "Proefdorp", "9990", DALEN_72[0], f"{DALEN_72[1]},5"],
        [4, "Cafépleintje", "1", "", "", "Proefdorp", "9991", *DALEN_72],
    ]


def zipped(**members: bytes) -> bytes:
    """A zip; `__` in a name stands for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


NAMES = "http://www.kadaster.nl/schemas/lvbag/imbag"
HEAD = (
    f'<sl-bag-extract:bagStand xmlns:sl-bag-extract="{NAMES}/extract" xmlns:sl="{NAMES}/sl" xmlns:Objecten="{NAMES}/o" '
    f'xmlns:Objecten-ref="{NAMES}/r" xmlns:Historie="{NAMES}/h" xmlns:gml="http://www.opengis.net/gml/3.2">'
    "<sl:standBestand>"
)
TAIL = "</sl:standBestand></sl-bag-extract:bagStand>"


def objects(*elements: str) -> bytes:
    """A file of objects of one kind."""
    stands = (
        f"<sl:stand><sl-bag-extract:bagObject>{one}</sl-bag-extract:bagObject></sl:stand>" for one in elements
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{HEAD}{"".join(stands)}{TAIL}'.encode()


def element(kind: str, identifier: str, inside: str, status: str, *, ends: str = "") -> str:
    """One object, with its history."""
    end = f"<Historie:eindGeldigheid>{ends}</Historie:eindGeldigheid>" if ends else ""
    return (
        f"<Objecten:{kind}><Objecten:identificatie>{identifier}</Objecten:identificatie>{inside}"
        f"<Objecten:status>{status}</Objecten:status><Objecten:voorkomen><Historie:Voorkomen>"
        f"<Historie:beginGeldigheid>2020-01-01</Historie:beginGeldigheid>{end}"
        f"</Historie:Voorkomen></Objecten:voorkomen></Objecten:{kind}>"
    )


def reference(name: str, kind: str, identifier: str) -> str:
    """One object that names another."""
    return f"<Objecten:{name}><Objecten-ref:{kind}Ref>{identifier}</Objecten-ref:{kind}Ref></Objecten:{name}>"


def bag(**changed: bytes) -> bytes:
    """An extract as the Kadaster gives it: a zip a kind in a zip; two towns' worth of small things."""
    street = "<Objecten:naam>Dorpsstraat</Objecten:naam>" + reference("ligtIn", "Woonplaats", "1000")
    on_street = reference("ligtAan", "OpenbareRuimte", "2000")
    number = "<Objecten:huisnummer>{}</Objecten:huisnummer>{}<Objecten:postcode>7551AB</Objecten:postcode>"
    letter = "<Objecten:huisletter>A</Objecten:huisletter>"
    addition = "<Objecten:huisnummertoevoeging>2</Objecten:huisnummertoevoeging>"
    point = (
        "<Objecten:geometrie><Objecten:punt><gml:Point><gml:pos>{} {} 0.0</gml:pos></gml:Point>"
        "</Objecten:punt></Objecten:geometrie>"
    )
    surface = (
        '<Objecten:geometrie><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">'
        "108621 384758 108641 384758 108641 384778 108621 384778 108621 384758"
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></Objecten:geometrie>"
    )
    used, gone = "Verblijfsobject in gebruik", "Verblijfsobject ingetrokken"
    files = {
        "WPL": [element("Woonplaats", "1000", "<Objecten:naam>Proefdorp</Objecten:naam>", "Woonplaats aangewezen")],
        "OPR": [element("OpenbareRuimte", "2000", street, "Naamgeving uitgegeven")],
        "NUM": [
            element("Nummeraanduiding", "3001", number.format(12, letter) + on_street, "Naamgeving uitgegeven"),
            element("Nummeraanduiding", "3002", number.format(12, letter + addition) + on_street, "Naamgeving uitgegeven"),
            element("Nummeraanduiding", "3003", number.format(14, "") + on_street, "Naamgeving ingetrokken"),
            element("Nummeraanduiding", "3004", number.format(16, "") + on_street, "Naamgeving uitgegeven"),
            element("Nummeraanduiding", "3005", number.format(18, "") + on_street, "Naamgeving uitgegeven"),
        ],
        "VBO": [
            element("Verblijfsobject", "4001", reference("heeftAlsHoofdadres", "Nummeraanduiding", "3001")
                    + reference("heeftAlsNevenadres", "Nummeraanduiding", "3002") + point.format(108_621, 384_758), used),
            element("Verblijfsobject", "4002", reference("heeftAlsHoofdadres", "Nummeraanduiding", "3003")
                    + point.format(108_621, 384_758), used),
            element("Verblijfsobject", "4003", reference("heeftAlsHoofdadres", "Nummeraanduiding", "3004")
                    + point.format(108_621, 384_758), gone),
        ],
        "LIG": [element("Ligplaats", "5001", reference("heeftAlsHoofdadres", "Nummeraanduiding", "3005") + surface,
                        "Plaats aangewezen")],
    }  # fmt: skip
    members = {f"9999{kind}08112025__zip": zipped(**{f"9999{kind}08112025-000001__xml": changed.get(kind, objects(*made))})
               for kind, made in files.items()}  # fmt: skip
    return zipped(**members, **{"Leveringsdocument-BAG-Extract__xml": b"<x/>"})


def geopackage(path: Path, rows: Iterable[Mapping[str, Any]], *, srid: int = 28992) -> bytes:
    """The parts of a GeoPackage that matter: a table with points, and where that is written."""
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            "CREATE TABLE adressen (fid INTEGER PRIMARY KEY, geom BLOB, nummeraanduiding_id, openbare_ruimte, huisnummer, "
            "huisletter, huisnummertoevoeging, postcode, woonplaats);"
        )
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('adressen', 'geom', 'POINT', ?, 0, 0)", (srid,)
        )
        for row in rows:
            blob = (
                b"GP\x00\x01" + struct.pack("<i", srid) + b"\x01" + struct.pack("<Idd", 1, row["x"], row["y"])
            )
            database.execute(
                "INSERT INTO adressen (geom, nummeraanduiding_id, openbare_ruimte, huisnummer, huisletter, "
                "huisnummertoevoeging, postcode, woonplaats) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    blob,
                    row["id"],
                    row["street"],
                    row["number"],
                    row.get("letter"),
                    None,
                    "7551AB",
                    "Proefdorp",
                ),
            )
    database.close()
    return path.read_bytes()
