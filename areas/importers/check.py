"""Checks on what was read: is it valid, does it lie where it should, does it overlap."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models import Extent
from django.utils.translation import gettext as _
from shapely.validation import explain_validity

from areas.importers.faults import Faults
from areas.importers.geojson import ReadFeature, ReadFile
from areas.importers.transform import WGS84, transformed
from areas.models import AreaKind, AreaShape, Municipality

# Belgium and the Netherlands, in degrees.
COUNTRIES = (2.3, 49.4, 7.4, 53.8)
NEAR_DEGREES = 0.15  # some ten kilometres around the boundaries in force
MAX_OVERLAP_M2 = 1.0
MAX_PAIRS = 50_000  # of areas that meet; each of 10,000 villages has some six neighbours
GRID_SIZE = 0.01
DECIMALS = 7


@dataclass(frozen=True)
class Candidate:
    """An area of a file that passed: its boundary in degrees and in metres of the national grid."""

    number: int
    code: str
    name: str
    geom: Any
    grid: Any
    content_hash: str

    @property
    def area_m2(self) -> float:
        """Its surface in the national grid."""
        return float(self.grid.area)


def checked(file: ReadFile, kind: AreaKind) -> list[Candidate]:
    """The areas of a file that have no fault of their own; what is wrong is added to `file.faults`."""
    readable = [feature for feature in file.features if feature.geometry is not None]
    sound = [feature for feature in readable if _is_sound(feature, file.faults)]
    degrees = transformed([feature.geometry for feature in sound], source=file.srid, target=WGS84)
    placed = _placed(sound, degrees, kind.municipality, file.faults)
    grid = transformed([geom for _feature, geom in placed], source=WGS84, target=kind.municipality.srid)
    candidates = [
        Candidate(feature.number, feature.code, feature.name, geom, metres, content_hash(geom))
        for (feature, geom), metres in zip(placed, grid, strict=True)
    ]
    if kind.is_partition:
        _check_overlaps(candidates, file.faults)
    faulty = file.faults.numbers
    return [candidate for candidate in candidates if candidate.number not in faulty]


def content_hash(geom: Any) -> str:
    """A checksum of a boundary that does not mind in which point its rings start."""
    rounded = shapely.transform(geom, lambda points: np.round(points, DECIMALS))
    return hashlib.sha256(shapely.to_wkb(shapely.normalize(rounded))).hexdigest()


def _is_sound(feature: ReadFeature, faults: Faults) -> bool:
    if feature.geometry.is_valid and feature.geometry.area > 0:
        return True
    faults.add(
        _("the boundary is not valid: %(why)s") % {"why": _why(feature.geometry)},
        number=feature.number,
        code=feature.code,
    )
    return False


def _why(geometry: Any) -> str:
    words = {
        "Self-intersection": _("it crosses itself"),
        "Ring Self-intersection": _("a ring touches itself"),
        "Hole lies outside shell": _("a hole lies outside it"),
        "Holes are nested": _("a hole lies in a hole"),
        "Nested shells": _("a part lies in another part"),
        "Duplicate Rings": _("a ring is there twice"),
        "Interior is disconnected": _("a hole cuts it in two"),
        "Too few points in geometry component": _("a ring has fewer than three different points"),
    }
    found, _bracket, place = explain_validity(geometry).partition("[")
    if found == "Valid Geometry":
        return _("it has no surface")
    where = place.rstrip("]")
    reason = words.get(found, found)
    return _("%(reason)s, near %(place)s") % {"reason": reason, "place": where} if where else reason


def _placed(
    features: list[ReadFeature], degrees: list[Any], municipality: Municipality, faults: Faults
) -> list[tuple[ReadFeature, Any]]:
    near = _near(municipality)
    kept = []
    for feature, geom in zip(features, degrees, strict=True):
        if not _is_inside(geom.bounds, COUNTRIES):
            reason = _("it lies outside Belgium and the Netherlands")
        elif near and not _is_inside(geom.bounds, near):
            reason = _("it lies far from %(name)s") % {"name": municipality.name}
        elif not geom.is_valid:
            reason = _("the boundary is not valid: %(why)s") % {"why": _why(geom)}
        else:
            kept.append((feature, geom))
            continue
        faults.add(reason, number=feature.number, code=feature.code)
    return kept


def _near(municipality: Municipality) -> tuple[float, float, float, float] | None:
    """The box in which new boundaries must lie, once there are boundaries in force."""
    shapes = AreaShape.objects.filter(edition__status="active", edition__kind__municipality=municipality)
    extent = shapes.aggregate(box=Extent("geom"))["box"]
    if extent is None:
        return None
    west, south, east, north = extent
    return west - NEAR_DEGREES, south - NEAR_DEGREES, east + NEAR_DEGREES, north + NEAR_DEGREES


def _is_inside(bounds: Sequence[float], box: Sequence[float]) -> bool:
    return (
        all(math.isfinite(number) for number in bounds)
        and box[0] <= bounds[0]
        and box[1] <= bounds[1]
        and bounds[2] <= box[2]
        and bounds[3] <= box[3]
    )


def _check_overlaps(candidates: list[Candidate], faults: Faults) -> None:
    """Areas of a kind that covers everything once may not overlap; both sides are told."""
    geoms = shapely.set_precision([candidate.grid for candidate in candidates], GRID_SIZE)
    if not len(geoms) or shapely.coverage_is_valid(geoms):
        return
    for count, (one, other) in enumerate(overlapping(geoms)):
        if count == MAX_PAIRS:
            faults.add(_("too many of its areas lie on top of each other to list them all"))
            return
        surface = float(shapely.intersection(geoms[one], geoms[other]).area)
        if surface <= MAX_OVERLAP_M2:
            continue
        for here, there in ((one, other), (other, one)):
            faults.add(
                _("it overlaps %(other)s by %(surface)s m²")
                % {"other": candidates[there].code, "surface": f"{surface:.0f}"},
                number=candidates[here].number,
                code=candidates[here].code,
            )


def overlapping(geoms: Any) -> Iterator[tuple[int, int]]:
    """The pairs of geometries that meet; one by one, since a file where all meet all has hundreds of millions."""
    tree = shapely.STRtree(geoms)
    for one, geom in enumerate(geoms):
        for other in sorted(tree.query(geom, predicate="intersects")):
            if one < other:
                yield one, int(other)
