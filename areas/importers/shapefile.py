"""A zip with shapefiles, or with the one file of another format that a publisher zipped."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from areas.importers.faults import refuse
from areas.importers.gdal import GdalSource, gdal
from areas.importers.geopackage import layers_of
from areas.importers.layers import chosen
from areas.importers.presets import Preset
from areas.importers.systems import in_wkt
from core.zips import SHAPEFILE, RefusedZip, chunks, opened

PARTS = (".shp", ".shx", ".dbf")
# What desktop software puts beside a shapefile; it may be there, and is never unpacked.
BESIDE = (
    ".sbn",
    ".sbx",
    ".qix",
    ".qpj",
    ".qmd",
    ".qml",
    ".sld",
    ".xml",
    ".txt",
    ".pdf",
    ".html",
    ".htm",
    ".md",
)
OTHERS = (".geojson", ".json", ".gpkg")
RULES = replace(SHAPEFILE, endings=(*SHAPEFILE.endings, *BESIDE, *OTHERS), members=100)
ENCODINGS = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
}


@contextmanager
def opened_shapefile(members: dict[str, bytes], preset: Preset) -> Iterator[GdalSource]:
    """The shapefile that is meant, of those in a zip; unpacked under names of our own."""
    stems = sorted({_stem(name) for name in members if name.lower().endswith(".shp")})
    with TemporaryDirectory() as folder, gdal() as reader:
        titles, encodings, said = {}, {}, {}
        for number, stem in enumerate(stems):
            path = Path(folder) / f"{number}.shp"
            found = {PurePosixPath(name).suffix.lower(): name for name in members if _stem(name) == stem}
            for part in PARTS:
                if part not in found:
                    raise refuse(
                        _("The shapefile “%(name)s” misses its %(part)s.")
                        % {"name": PurePosixPath(stem).name, "part": part}
                    )
            for ending in (*PARTS, ".prj"):
                if ending in found:
                    path.with_suffix(ending).write_bytes(members[found[ending]])
            titles[str(path)] = stem if _is_double(stem, stems) else PurePosixPath(stem).name
            encodings[str(path)] = _encoding(members[found[".cpg"]]) if ".cpg" in found else ""
            if ".prj" in found:
                said[str(path)] = members[found[".prj"]][:4000].decode("utf-8", "replace")
        layer = chosen(layers_of(reader, [Path(path) for path in titles], titles), preset)
        yield GdalSource(
            reader, replace(layer, crs=layer.crs or in_wkt(said.get(layer.path, ""))), encodings[layer.path]
        )


def unzipped(data: bytes) -> dict[str, bytes]:
    """What may be read of a zip, by name; raises ImportRefused when the zip is no safe one."""
    try:
        with opened(io.BytesIO(data), RULES) as (archive, allowed):
            return {
                member.filename: b"".join(chunks(archive, member, allowed))
                for member in archive.infolist()
                if member.filename.lower().endswith((*SHAPEFILE.endings, *OTHERS))
            }
    except RefusedZip as refused:
        raise refuse(" ".join(refused.messages)) from None


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(""))


def _is_double(stem: str, stems: list[str]) -> bool:
    return [PurePosixPath(other).name for other in stems].count(PurePosixPath(stem).name) > 1


def _encoding(cpg: bytes) -> str:
    """The encoding that a .cpg names; empty when it names none that we know."""
    said = cpg[:40].decode("ascii", "replace").strip().lower().removeprefix("ansi ")
    try:
        return ENCODINGS.get(codecs.lookup(f"cp{said}" if said.isdigit() else said).name, "")
    except LookupError:
        return ""
