"""A GeoPackage: a database of layers, read by GDAL in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from areas.importers.gdal import Gdal, GdalSource, Layer, gdal
from areas.importers.layers import chosen
from areas.importers.presets import Preset

NAME = "boundaries.gpkg"


@contextmanager
def opened_geopackage(data: bytes, preset: Preset) -> Iterator[GdalSource]:
    """The layer of a GeoPackage that the preset or the steward means."""
    with TemporaryDirectory() as folder, gdal() as reader:
        path = Path(folder) / NAME
        path.write_bytes(data)
        yield GdalSource(reader, chosen(layers_of(reader, [path]), preset))


def layers_of(reader: Gdal, paths: list[Path], titles: dict[str, str] | None = None) -> list[Layer]:
    """The layers of some files, as GDAL lists them; `titles` are the names of the files that were brought."""
    answer = reader.ask("layers", paths=[str(path) for path in paths])
    return [
        Layer(
            path=found["path"],
            layer=found["layer"],
            fields=tuple(map(str, found["fields"])),
            crs=str(found["crs"]),
            title=(titles or {}).get(found["path"], str(found["layer"])),
        )
        for found in answer
    ]
