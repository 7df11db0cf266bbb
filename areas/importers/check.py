"""Checks on what was read: is it sound, does it lie where it should, does it come twice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _

from areas.importers.candidate import Candidate, content_hash
from areas.importers.coverage import Coverage, check_coverage, coverage_of
from areas.importers.faults import Faults
from areas.importers.reading import ReadFeature, ReadFile
from areas.importers.repairs import repairing
from areas.importers.rings import MAX_CHANGE, Polygons, Unsound, cell_of, mended, multi, why_invalid
from areas.importers.systems import COUNTRIES, near
from areas.importers.tangles import refuse_tangles
from areas.importers.transform import WGS84, transformed
from areas.models import AreaKind, Municipality


@dataclass(frozen=True)
class _Sound:
    """A feature with a sound boundary in the reference system of its file."""

    feature: ReadFeature
    geometry: Any


def checked(file: ReadFile, kind: AreaKind) -> tuple[list[Candidate], Coverage | None]:
    """The areas of a file that have no fault of their own; what is found is added to `file.faults`.

    With how they lie together, when that is known of just these areas: working it out is a good part of an import.
    """
    sound = _joined(_sound(file), file)
    degrees = transformed([one.geometry for one in sound], source=file.reference.srid, target=WGS84)
    placed = _placed([one.feature for one in sound], degrees, kind.municipality, file.faults)
    grid = transformed([geom for _feature, geom in placed], source=WGS84, target=kind.municipality.srid)
    candidates = [
        Candidate(feature.number, feature.code, feature.name, geom, metres, content_hash(geom))
        for (feature, geom), metres in zip(placed, grid, strict=True)
    ]
    coverage = (
        coverage_of([candidate.grid for candidate in candidates])
        if candidates and kind.is_partition
        else None
    )
    if coverage is not None:
        check_coverage(candidates, coverage, kind, file.faults)
    faulty = file.faults.numbers
    passed = [candidate for candidate in candidates if candidate.number not in faulty]
    return passed, coverage if len(passed) == len(candidates) else None


def _sound(file: ReadFile) -> list[_Sound]:
    """The features with their boundary, mended where that touches next to nothing."""
    metres = file.reference.srid != WGS84
    rings = [ring for feature in file.features for rings in feature.geometry or () for ring in rings]
    refuse_tangles(rings)
    cell = cell_of(rings)
    found = []
    with repairing() as repair:
        for feature in file.features:
            if feature.geometry is None:
                continue
            turned = _turned(feature.geometry, file.reference.is_swapped)
            try:
                result = mended(turned, metres=metres, cell=cell, repair=repair)
            except Unsound as unsound:
                file.faults.add(str(unsound), number=feature.number, code=feature.code)
                continue
            for what, change in result.repairs:
                file.faults.repaired(what, number=feature.number, code=feature.code, change=change)
            found.append(_Sound(feature, result.geometry))
    return found


def _turned(polygons: Polygons, is_swapped: bool) -> Polygons:
    return [[ring[:, ::-1] for ring in rings] for rings in polygons] if is_swapped else polygons


def _joined(sound: list[_Sound], file: ReadFile) -> list[_Sound]:
    """One of each code: parts that come apart (the land and the water of one area) are put together."""
    by_code: dict[str, list[_Sound]] = {}
    for one in sound:
        by_code.setdefault(one.feature.code, []).append(one)
    for code, number in _numbers_of_twins(file.features):
        if file.faults.numbers & set(number):
            # What is wrong with one part is wrong with the area.
            by_code.pop(code, None)
    joined = []
    for code, parts in by_code.items():
        if not code or len(parts) == 1:
            joined += parts
        else:
            joined.append(_join(parts, file.faults))
    return sorted(joined, key=lambda one: one.feature.number)


def _numbers_of_twins(features: list[ReadFeature]) -> list[tuple[str, list[int]]]:
    """The codes that come more than once, with the features that have them."""
    numbers: dict[str, list[int]] = {}
    for feature in features:
        if feature.code:
            numbers.setdefault(feature.code, []).append(feature.number)
    return [(code, found) for code, found in numbers.items() if len(found) > 1]


def _join(parts: list[_Sound], faults: Faults) -> _Sound:
    first, *others = parts
    for other in others:
        if other.feature.name != first.feature.name:
            faults.add(
                _("the code was used by feature %(number)d already") % {"number": first.feature.number},
                number=other.feature.number,
                code=other.feature.code,
            )
    alike = [one for one in parts if one.feature.name == first.feature.name]
    if len(alike) == 1:
        return first
    whole = multi(shapely.union_all([one.geometry for one in alike]))
    twice = sum(one.geometry.area for one in alike) - whole.area
    is_same = all(shapely.equals(first.geometry, one.geometry) for one in alike)
    if twice > MAX_CHANGE * whole.area and not is_same:
        for one in alike[1:]:
            faults.add(
                _("the code was used by feature %(number)d already, and they lie on top of each other")
                % {"number": first.feature.number},
                number=one.feature.number,
                code=one.feature.code,
            )
        return first
    faults.repaired(
        _("put together with %(others)s: the same code and name")
        % {"others": ", ".join(str(one.feature.number) for one in alike[1:])},
        number=first.feature.number,
        code=first.feature.code,
    )
    return _Sound(first.feature, whole)


def _placed(
    features: list[ReadFeature], degrees: list[Any], municipality: Municipality, faults: Faults
) -> list[tuple[ReadFeature, Any]]:
    home = near(municipality)
    kept = []
    for feature, geom in zip(features, degrees, strict=True):
        if not _is_inside(geom.bounds, COUNTRIES):
            reason = _("it lies outside Belgium and the Netherlands")
        elif home and not _is_inside(geom.bounds, home):
            reason = _("it lies far from %(name)s") % {"name": municipality.name}
        elif not geom.is_valid:
            reason = _("the boundary is not valid: %(why)s") % {"why": why_invalid(geom)}
        else:
            kept.append((feature, geom))
            continue
        faults.add(reason, number=feature.number, code=feature.code)
    return kept


def _is_inside(bounds: Sequence[float], box: Sequence[float]) -> bool:
    return (
        all(math.isfinite(number) for number in bounds)
        and box[0] <= bounds[0]
        and box[1] <= bounds[1]
        and bounds[2] <= box[2]
        and bounds[3] <= box[3]
    )
