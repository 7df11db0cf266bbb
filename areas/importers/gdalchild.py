"""Reads shapefiles and GeoPackages with GDAL, in a process of its own: what crashes or never ends takes nothing else along.

A reader of `core.bounded` for `gdal.py`: it stands alone, and what it says is checked like anything else from outside.
"""

import base64
import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

LAYERS = 200
LONGEST = 200  # characters of a value
LATIN = "ISO-8859-1"  # every byte is a letter: the reader finds out which
CURVES = range(8, 15)  # kinds of well-known binary with arcs in them


class Unfit(Exception):
    """A file with something in it that boundaries don't need; the word says what."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Reader:
    """Answers questions about the files in one folder."""

    def __init__(self) -> None:
        import pyogrio  # after the limits, and with the drivers that the environment leaves

        self.pyogrio = pyogrio

    def answer(self, question: dict[str, Any]) -> Any:
        """What is asked."""
        ask = question.pop("ask")
        if ask == "layers":
            return list(self.layers(question["paths"]))
        if ask == "values":
            return self.values(**question)
        return self.shapes(**question)

    def layers(self, paths: list[str]) -> Iterator[dict[str, Any]]:
        """The layers that have a place on the map, with their fields."""
        for path in paths:
            allowed = tables(path) if path.endswith(".gpkg") else None
            for name, kind in self.pyogrio.list_layers(path)[:LAYERS]:
                if kind is None or len(name) > LONGEST or (allowed is not None and name not in allowed):
                    continue
                info = self.info(path, name)
                yield {
                    "path": path,
                    "layer": name,
                    "fields": [str(field)[:LONGEST] for field in info["fields"]],
                    "crs": (info["crs"] or "")[:4000],
                }

    def info(self, path: str, layer: str) -> dict[str, Any]:
        """What GDAL says of a layer; a .prj that it cannot follow is none."""
        from pyogrio.errors import CRSError

        try:
            found: dict[str, Any] = self.pyogrio.read_info(path, layer=layer, encoding=encoding(path))
        except CRSError:
            if not path.endswith(".shp"):
                raise
            os.unlink(path.removesuffix(".shp") + ".prj")
            found = self.pyogrio.read_info(path, layer=layer, encoding=encoding(path))
        return found

    def values(self, path: str, layer: str, columns: list[str], most: int) -> list[list[Any]]:
        """The number of every row and its values; one row more than `most` when there are more."""
        # The condition has GDAL count for itself: a GeoPackage may lie about how many rows it has.
        where = "1 = 1" if path.endswith(".gpkg") else None
        meta, fids, _none, fields = self.pyogrio.raw.read(
            path, layer=layer, columns=columns, read_geometry=False, return_fids=True, where=where,
            max_features=most + 1, encoding=encoding(path), datetime_as_string=True,
        )  # fmt: skip
        by_name = dict(zip(meta["fields"], fields, strict=True))
        rows = zip(*(by_name[column].tolist() for column in columns), strict=True)
        return [[int(fid), *map(plain, row)] for fid, row in zip(fids, rows, strict=True)]

    def shapes(self, path: str, layer: str, fids: list[int], most: int) -> list[list[Any]]:
        """The boundary of some rows as well-known binary, and whether it has arcs (which are drawn as lines)."""
        import numpy as np

        _meta, found, wkbs, _fields = self.pyogrio.raw.read(
            path, layer=layer, columns=[], fids=np.array(fids), return_fids=True, encoding=encoding(path)
        )
        if sum(len(wkb) for wkb in wkbs if wkb) > most:
            raise Unfit("points")
        arcs = curved(path, layer, fids) if path.endswith(".gpkg") else set()
        return [
            [int(fid), base64.b64encode(wkb).decode() if wkb else "", int(fid) in arcs]
            for fid, wkb in zip(found, wkbs, strict=True)
        ]


def encoding(path: str) -> str | None:
    """A shapefile is read byte by byte; a GeoPackage is always UTF-8."""
    return None if path.endswith(".gpkg") else LATIN


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, int) else None


def opened(path: str) -> sqlite3.Connection:
    """A GeoPackage as the database that it is, to look at its schema; nothing in it may run."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def tables(path: str) -> set[str]:
    """The real tables of a GeoPackage; a view computes what it shows, for as long as it likes."""
    with opened(path) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    if any(kind == "view" and name.lower().startswith("gpkg_") for kind, name, _sql in schema):
        raise Unfit("views")
    return {
        name
        for kind, name, sql in schema
        if kind == "table" and not " ".join((sql or "").upper().split()).startswith("CREATE VIRTUAL")
    }


def curved(path: str, layer: str, fids: list[int]) -> set[int]:
    """Which rows of a GeoPackage have arcs: the kind of geometry is in its first bytes."""
    with opened(path) as connection:
        ((column,),) = connection.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [layer]
        ).fetchall()
        head = 'SELECT rowid, substr("{}", 1, 100) FROM "{}" WHERE rowid = ?'.format(  # noqa: S608 (names are quoted)
            column.replace('"', '""'), layer.replace('"', '""')
        )
        heads = [connection.execute(head, [fid]).fetchone() for fid in fids]
    return {row[0] for row in heads if row and row[1] and kind_of(row[1]) in CURVES}


def kind_of(head: bytes) -> int:
    """The kind of well-known binary behind the header of a GeoPackage."""
    if len(head) < 8:
        return 0
    start = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get(head[3] >> 1 & 7, 0)
    word = head[start + 1 : start + 5]
    return int.from_bytes(word[::-1] if head[start : start + 1] == b"\x01" else word, "big") % 1000


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers."""
    return Reader().answer
