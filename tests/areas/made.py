"""Shapefiles and GeoPackages made for a test, from notes on real files; the attacks among them are made so by the test itself."""

import io
import sqlite3
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from areas.importers.transform import transformed
from tests.areas.files import square

Rows = Iterable[tuple[str, str, Any]]  # code, name, geometry
FIELDS = ("code", "name")


def places(*rows: tuple[str, str, float, float], srid: int = 31370) -> list[tuple[str, str, Any]]:
    """Areas of one square each, by column and row of the plain grid."""
    squares = [shapely.Polygon(square(column, row)[0]) for _code, _name, column, row in rows]
    moved = transformed(squares, source=4326, target=srid)
    return [(code, name, geom) for (code, name, _c, _r), geom in zip(rows, moved, strict=True)]


def write(
    path: Path, rows: Rows, *, fields: tuple[str, str] = FIELDS, crs: str | None = "EPSG:31370", **more: Any
) -> Path:
    """A file of two fields, by the ending of its name."""
    rows = list(rows)
    wkb = np.array([None if geom is None else shapely.to_wkb(geom) for _c, _n, geom in rows], dtype=object)
    values = [np.array([row[at] for row in rows], dtype=object) for at in (0, 1)]
    options = {"geometry_type": "Unknown" if path.suffix == ".gpkg" else "Polygon", **more}
    pyogrio.raw.write(path, geometry=wkb, field_data=values, fields=list(fields), crs=crs, **options)
    return path


def shapefile(
    folder: Path, rows: Rows, *, stem: str = "grenzen", without: tuple[str, ...] = (), **more: Any
) -> bytes:
    """A zipped shapefile."""
    write(folder / f"{stem}.shp", rows, **more)
    return zipped({
        path.name: path.read_bytes()
        for path in sorted(folder.glob(f"{stem}.*"))
        if path.suffix not in without
    })  # fmt: skip


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def geopackage(folder: Path, rows: Rows, **more: Any) -> bytes:
    """A GeoPackage of one layer."""
    return write(folder / "grenzen.gpkg", rows, layer="grenzen", **more).read_bytes()


def tampered(folder: Path, data: bytes, *statements: str, values: tuple[Any, ...] = ()) -> bytes:
    """A GeoPackage after some SQL of an attacker (or of software without GDAL's triggers)."""
    path = folder / "tampered.gpkg"
    path.write_bytes(data)
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement, values if "?" in statement else ())
    connection.close()
    return path.read_bytes()


def blob(wkb: bytes, srid: int = 31370) -> bytes:
    """Well-known binary as a GeoPackage keeps it."""
    return b"GP\x00\x01" + struct.pack("<i", srid) + wkb


def disc(x: float, y: float, radius: float) -> bytes:
    """A CurvePolygon: one circle of arcs, as no library of ours writes it."""
    points = [(x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)]
    numbers = [number for point in points for number in point]
    return struct.pack("<BIIBII10d", 1, 10, 1, 1, 8, 5, *numbers)
