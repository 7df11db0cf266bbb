"""GDAL at a distance: a process of its own reads the file, within bounds of time and memory, and hands over plain values."""

import base64
import binascii
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from areas.importers import gdalchild
from areas.importers.faults import ImportRefused, refuse
from areas.importers.rings import Unsound, polygons_of_wkb
from areas.importers.source import MAX_ROWS, MAX_VERTICES, Row, Shape, Vertices
from areas.importers.systems import Declared, declared
from core.bounded import UNREADABLE, Bounded, Limits, NotAnswered, bounded

MB = 1024 * 1024
# For one file. What SQLite may want to keep has its beginning in a file.
LIMITS = Limits(cpu=60, seconds=90, memory=1536 * MB, output=256 * MB, file=MB)
BATCH = 500  # boundaries asked for at once
NOT_HERE = "GeoJSON"  # a driver that is allowed elsewhere; here GeoJSON is read as JSON


class Gdal:
    """The process, as long as a file is open."""

    def __init__(self, process: Bounded) -> None:
        self.process = process

    def ask(self, ask: str, **question: Any) -> Any:
        """The answer to a question; raises ImportRefused when there is none."""
        try:
            return self.process.ask(ask=ask, **question)
        except NotAnswered as why:
            raise _refusal(why.word) from None


@contextmanager
def gdal() -> Iterator[Gdal]:
    """A process that reads, as long as one looks; raises ImportRefused when there is none to be had."""
    environment = {
        "GDAL_SKIP": f"{os.environ['GDAL_SKIP']},{NOT_HERE}",  # without the allow-list of config.geolibs nothing is read
        "PROJ_NETWORK": "OFF",
        "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    }
    with ExitStack() as held:
        try:
            process = held.enter_context(bounded(gdalchild.__file__, LIMITS, environment))
        except NotAnswered as why:
            raise _refusal(why.word) from None
        yield Gdal(process)


@dataclass(frozen=True)
class Layer:
    """A layer of a file, with the name that people know it by."""

    path: str
    layer: str
    fields: tuple[str, ...]
    crs: str
    title: str


class GdalSource:
    """One layer that GDAL reads."""

    def __init__(self, reader: Gdal, layer: Layer, encoding: str | None = None) -> None:
        self.reader = reader
        self.of = layer
        self.encoding = encoding
        self.fields = layer.fields
        self.layer = layer.title
        self.first = 1 if layer.path.endswith(".shp") else 0  # the rows of a shapefile count from 0

    @property
    def declared(self) -> Declared:
        """What its .prj or its table of reference systems says."""
        return declared(self.of.crs)

    def rows(self, columns: Sequence[str]) -> Iterable[Row]:
        """The values of some fields, of every row."""
        wanted = list(dict.fromkeys(columns))
        rows = self.reader.ask(
            "values", path=self.of.path, layer=self.of.layer, columns=wanted, most=MAX_ROWS
        )
        if len(rows) > MAX_ROWS:
            raise refuse(_("The file holds more than %(count)d rows.") % {"count": MAX_ROWS})
        read = [(int(fid) + self.first, values) for fid, *values in rows]
        decode = self._decoder([value for _number, values in read for value in values])
        for number, values in read:
            yield Row(number, {name: decode(value) for name, value in zip(wanted, values, strict=True)})

    def shapes(self, numbers: Iterable[int]) -> Iterator[Shape]:
        """The boundaries of some rows, ring by ring."""
        vertices = Vertices()
        numbers = list(numbers)
        for start in range(0, len(numbers), BATCH):
            asked = numbers[start : start + BATCH]
            fids = [number - self.first for number in asked]
            answer = self.reader.ask(
                "shapes", path=self.of.path, layer=self.of.layer, fids=fids, most=MAX_VERTICES * 32
            )
            found = {int(fid) + self.first: (text, bool(is_curved)) for fid, text, is_curved in answer}
            for number in asked:
                yield _shape(number, *found.get(number, ("", False)), vertices)

    def _decoder(self, values: list[Any]) -> Any:
        """How its text is read: as it says itself, else as UTF-8 when it can be that, else as Windows did."""
        if self.encoding is None:
            return lambda value: value
        chosen = self.encoding or guessed([value for value in values if isinstance(value, str)])

        def decode(value: Any) -> Any:
            return (
                value.encode("latin-1", "replace").decode(chosen, "ignore")
                if isinstance(value, str)
                else value
            )

        return decode


def guessed(texts: list[str]) -> str:
    """The encoding of texts that came as Latin-1: a field may be cut off in the middle of a letter, so not all of it must fit."""
    joined = "".join(texts)
    high = sum(letter > "\x7f" for letter in joined)
    lost = sum(text.encode("latin-1", "replace").decode("utf-8", "replace").count("\ufffd") for text in texts)
    return "utf-8" if lost * 2 < high or not high else "cp1252"


def _shape(number: int, text: str, is_curved: bool, vertices: Vertices) -> Shape:
    if not text:
        return Shape(number, None, _("the boundary is missing"))
    try:
        read = polygons_of_wkb(base64.b64decode(text))
    except (Unsound, binascii.Error) as unsound:
        return Shape(number, None, str(unsound))
    vertices.count(sum(len(ring) for rings in read.polygons for ring in rings))
    repairs = (_("points and lines beside the surface left out"),) if read.left_out else ()
    return Shape(number, read.polygons, repairs=repairs, is_curved=is_curved, is_flattened=read.had_height)


def _refusal(word: str) -> ImportRefused:
    if word == "points":
        return refuse(_("The file holds more than %(count)d points.") % {"count": MAX_VERTICES})
    if word == "views":
        return refuse(_("The GeoPackage computes its own lists of layers; export it anew."))
    if word == UNREADABLE:
        return refuse(_("The file is damaged, or not what it says to be."))
    return refuse(_("Reading the file took too much time or memory."))
