"""Reading a file of boundaries, whatever its format: which fields count, which rows are of this municipality, their codes."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any

from django.utils.translation import gettext as _

from areas.importers import geojson
from areas.importers.faults import Faults, refuse
from areas.importers.geopackage import opened_geopackage
from areas.importers.presets import Preset, date_in, found_field
from areas.importers.rings import Polygons
from areas.importers.shapefile import OTHERS, opened_shapefile, unzipped
from areas.importers.source import Row, Source, size_in_mb, text
from areas.importers.systems import Reference, reference_of
from areas.importers.transform import WGS84
from areas.models import Municipality
from core.sniff import HEAD, is_geopackage, is_json, is_zip

MAX_BYTES = 64 * 1024 * 1024  # of what GDAL reads; GeoJSON, which is read whole, has its own bound
MAX_FEATURES = 20_000  # of one municipality
MAX_CODE = 40
MAX_NAME = 120


@dataclass(frozen=True)
class ReadFeature:
    """One area of a file, as it was read: its rings in the reference system of the file, None when they are at fault."""

    number: int
    code: str
    name: str
    geometry: Polygons | None = None


@dataclass(frozen=True)
class ReadFile:
    """What a file holds for a municipality; what was found of it so far is in `faults`."""

    reference: Reference
    features: list[ReadFeature]
    faults: Faults
    columns: dict[str, str]  # which field held the code, and which the name
    layer: str = ""
    skipped: int = 0  # rows of other municipalities, water, abroad
    reference_date: dt.date | None = None  # what the file itself says
    residual: ReadFeature | None = None  # what cannot be located

    @property
    def made_multi(self) -> int:
        """How many areas came as one polygon; all are kept as one or more."""
        return sum(len(feature.geometry or ()) == 1 for feature in self.features)


def read_file(data: bytes, preset: Preset, municipality: Municipality) -> ReadFile:
    """The areas of a municipality in a file; raises ImportRefused when it is no file of boundaries at all."""
    with opened(data, preset) as source:
        return _Reader(source, preset, municipality).file()


def most_bytes(head: bytes) -> int:
    """How large a file that begins so may be; 0 when it is none of boundaries."""
    if is_json(head):
        return geojson.MAX_BYTES
    return MAX_BYTES if is_zip(head) or is_geopackage(head) else 0


def no_boundaries() -> str:
    """What to say of a file that is none of boundaries, whatever it is called."""
    return _("This is no GeoJSON, no GeoPackage and no zip with a shapefile.")


def boundaries_in(content: IO[bytes]) -> None:
    """Raise ImportRefused when a file is none of boundaries, or too large for what it is; it is not read here."""
    most = most_bytes(content.read(HEAD))
    if not most:
        raise refuse(no_boundaries())
    if content.seek(0, os.SEEK_END) > most:
        raise refuse(too_large(most))


def too_large(most: int) -> str:
    """What to say of a file that is larger than may be, in bytes."""
    return _("The file is larger than %(size)d MB.") % {"size": size_in_mb(most)}


@contextmanager
def opened(data: bytes, preset: Preset) -> Iterator[Source]:
    """The file, by what its bytes say that it is; its name proves nothing."""
    most = most_bytes(data[:HEAD])
    if not most:
        raise refuse(no_boundaries())
    if len(data) > most:
        raise refuse(too_large(most))
    if is_zip(data[:HEAD]):
        with _opened_zip(data, preset) as source:
            yield source
    elif is_geopackage(data[:HEAD]):
        with opened_geopackage(data, preset) as source:
            yield source
    else:
        yield geojson.GeoJson(data)


@contextmanager
def _opened_zip(data: bytes, preset: Preset) -> Iterator[Source]:
    """Shapefiles, or one zipped file of another format; never a zip in a zip."""
    members = unzipped(data)
    others = [content for name, content in members.items() if name.lower().endswith(OTHERS)]
    if any(name.lower().endswith(".shp") for name in members):
        with opened_shapefile(members, preset) as source:
            yield source
    elif len(others) == 1 and not is_zip(others[0]):
        with opened(others[0], preset) as source:
            yield source
    else:
        raise refuse(_("The zip holds no shapefile, or more than one other file of boundaries."))


class _Reader:
    """Reads one file for one municipality."""

    def __init__(self, source: Source, preset: Preset, municipality: Municipality) -> None:
        self.source = source
        self.preset = preset
        self.municipality = municipality
        self.faults = Faults()
        self.columns = {
            "code": self._column(preset.code, _("the code")),
            "name": self._column(preset.name, _("the name")),
        }
        self.year = found_field([preset.year], source.fields) if preset.year else ""
        self.reference_date = date_in(self.columns["code"])
        self.residual: ReadFeature | None = None
        self.flattened = self.curved = 0

    def file(self) -> ReadFile:
        columns = [*self.columns.values(), *([self.year] if self.year else [])]
        rows = list(self.source.rows(columns))
        if not rows:
            raise refuse(_("The file holds no areas."))
        read = [self._feature(row) for row in rows]
        own = [feature for feature in self._with_zeros(read) if feature and self._is_own(feature)]
        if not own:
            raise refuse(
                _(
                    "The file holds no areas of %(name)s: no code of %(field)s is one of this municipality (%(code)s)."
                )
                % {
                    "name": self.municipality.name,
                    "field": self.columns["code"],
                    "code": self.preset.own.format(code=self.municipality.code) or self.municipality.code,
                }
            )
        if len(own) > MAX_FEATURES:
            raise refuse(_("The file holds more than %(count)d areas.") % {"count": MAX_FEATURES})
        features = self._located([self._checked(feature) for feature in own])
        shapes = [feature.geometry for feature in features if feature.geometry]
        reference = Reference(WGS84)
        if shapes:
            reference = reference_of(
                self.source.declared, self.preset.srid, shapes, self.municipality, self.faults
            )
        return ReadFile(
            reference=reference,
            features=features,
            faults=self.faults,
            columns=self.columns,
            layer=self.source.layer,
            skipped=len([feature for feature in read if feature]) - len(own),
            reference_date=self.reference_date,
            residual=self.residual,
        )

    def _column(self, spellings: tuple[str, ...], what: str) -> str:
        found = found_field(spellings, self.source.fields)
        if not found:
            raise refuse(
                _("The file has no field with %(what)s: %(looked)s. It has %(fields)s.")
                % {
                    "what": what,
                    "looked": _(" or ").join(spellings),
                    "fields": ", ".join(sorted(text(name)[:MAX_CODE] for name in self.source.fields)[:60])
                    or "-",
                }
            )
        return found

    def _feature(self, row: Row) -> ReadFeature | None:
        """A row with its official code; None when it is no feature at all."""
        if row.values is None:
            self.faults.add(_("this is not a feature with properties"), number=row.number)
            return None
        said = text(row.values.get(self.columns["code"]))
        code = self.preset.clean_code(said, self.municipality.code)
        name = self.preset.clean_name(text(row.values.get(self.columns["name"])))
        if code != said and self.preset.is_own(code, self.municipality.code):
            self.faults.repaired(
                _("the code “%(said)s” became %(code)s") % {"said": said[:MAX_CODE], "code": code[:MAX_CODE]},
                number=row.number,
                code=code[:MAX_CODE],
            )
        if self.year and self.reference_date is None:
            self.reference_date = _year(text(row.values.get(self.year)))
        return ReadFeature(row.number, code, name)

    def _with_zeros(self, read: list[ReadFeature | None]) -> list[ReadFeature | None]:
        """Codes that all lost the zero with which the code of the municipality begins get it back."""
        whole, bare = self.municipality.code, self.municipality.code.lstrip("0")
        pattern = re.compile(rf"([A-Z]{{0,2}})({bare}\d*)", re.IGNORECASE)
        codes = [feature.code for feature in read if feature and feature.code]
        if whole == bare or not codes or not all(pattern.fullmatch(code) for code in codes):
            return read
        return [feature and self._with_zero(feature, pattern, whole[: -len(bare)]) for feature in read]

    def _with_zero(self, feature: ReadFeature, pattern: re.Pattern[str], zeros: str) -> ReadFeature:
        if not feature.code:
            return feature
        code = pattern.sub(lambda match: f"{match[1]}{zeros}{match[2]}", feature.code)
        self.faults.repaired(
            _("the code “%(said)s” became %(code)s") % {"said": feature.code, "code": code},
            number=feature.number,
            code=code,
        )
        return replace(feature, code=code)

    def _is_own(self, feature: ReadFeature) -> bool:
        """Rows without a code are not skipped: something is wrong with them."""
        return not feature.code or self.preset.is_own(feature.code, self.municipality.code)

    def _checked(self, feature: ReadFeature) -> ReadFeature:
        def add(reason: str) -> None:
            self.faults.add(reason, number=feature.number, code=feature.code[:MAX_CODE])

        if not feature.code:
            add(_("the code is missing (field “%(field)s”)") % {"field": self.columns["code"]})
        elif len(feature.code) > MAX_CODE:
            add(_("the code is longer than %(count)d characters") % {"count": MAX_CODE})
        if not feature.name:
            add(_("the name is missing (field “%(field)s”)") % {"field": self.columns["name"]})
        elif len(feature.name) > MAX_NAME:
            add(_("the name is longer than %(count)d characters") % {"count": MAX_NAME})
        return feature

    def _located(self, features: list[ReadFeature]) -> list[ReadFeature]:
        """The features with their rings; one that cannot be located, and may be so, is kept apart."""
        located = []
        shapes = self.source.shapes([feature.number for feature in features])
        for feature, shape in zip(features, shapes, strict=True):
            if shape.polygons is None and self.preset.is_residual(feature.code):
                self._keep_residual(feature)
                continue
            if shape.polygons is None:
                self.faults.add(shape.why, number=feature.number, code=feature.code[:MAX_CODE])
            self.flattened += shape.is_flattened
            self.curved += shape.is_curved
            for what in shape.repairs:
                self.faults.repaired(what, number=feature.number, code=feature.code[:MAX_CODE])
            located.append(replace(feature, geometry=shape.polygons))
        self._tell_shapes()
        return located

    def _tell_shapes(self) -> None:
        if self.flattened:
            self.faults.repaired(_("the heights of %(count)d areas left out") % {"count": self.flattened})
        if self.curved:
            self.faults.repaired(_("the arcs of %(count)d areas drawn as lines") % {"count": self.curved})

    def _keep_residual(self, feature: ReadFeature) -> None:
        if self.residual is None:
            self.residual = feature
        else:
            self.faults.add(
                _("there is an area without a place already: %(code)s") % {"code": self.residual.code},
                number=feature.number,
                code=feature.code,
            )


def _year(said: str) -> dt.date | None:
    match = re.match(r"(20\d\d)", said)
    return dt.date(int(match[1]), 1, 1) if match else None


def about_reading(file: ReadFile) -> dict[str, Any]:
    """How a file was read, to keep with a draft."""
    return {
        "code": file.columns["code"],
        "name": file.columns["name"],
        "layer": file.layer,
        "skipped": file.skipped,
        "multi": file.made_multi,
        "srid": file.reference.srid,
        "date": file.reference_date.isoformat() if file.reference_date else "",
        "residual": f"{file.residual.name} ({file.residual.code})" if file.residual else "",
    }
