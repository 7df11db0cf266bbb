"""Whether areas of a kind cover everything once: overlaps are faults; gaps and slivers are doubts, with size and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from areas.importers.candidate import Candidate
from areas.importers.faults import Faults
from areas.importers.transform import WGS84, transformed
from areas.models import AreaKind, AreaShape
from core.wording import HECTARE, surface

GRID_SIZE = 0.01
MAX_OVERLAP_M2 = 1.0
MAX_PAIRS = 50_000  # of areas that meet; each of 10,000 villages has some six neighbours
MAX_OVERLAPS = 2_000  # that are listed: beyond that the file as a whole is refused
MAX_DOUBTS = 200  # of one sort; beyond that only how many
SLIVER_M2 = 100.0
SLIVER_SHAPE = 0.01  # 4πA/P²: 1 for a circle
BARE_M2 = HECTARE  # along the outline, where sources are drawn with another pen
BARE_SHAPE = 0.05
TOUCHING = 0.05  # metres


@dataclass(frozen=True)
class Coverage:
    """Areas in cells of the national grid, and whether neighbours have every point of their border in common."""

    geoms: Any
    is_exact: bool


def coverage_of(geoms: Sequence[Any]) -> Coverage:
    """How areas (in the national grid) lie together."""
    rounded = shapely.set_precision(list(geoms), GRID_SIZE)
    return Coverage(rounded, bool(shapely.coverage_is_valid(rounded)))


def check_coverage(
    candidates: Sequence[Candidate], coverage: Coverage, kind: AreaKind, faults: Faults
) -> None:
    """Look at all areas of a partition together."""
    if not candidates:
        return
    geoms = coverage.geoms
    if not coverage.is_exact:
        _check_overlaps(candidates, geoms, faults)
    whole = shapely.coverage_union_all(geoms) if coverage.is_exact else shapely.union_all(geoms)
    _check_gaps(candidates, geoms, whole, kind, faults)
    _check_slivers(candidates, geoms, kind, faults)


def overlapping(geoms: Any) -> Iterator[tuple[int, int]]:
    """The pairs of geometries that meet; one by one, since a file where all meet all has hundreds of millions."""
    tree = shapely.STRtree(geoms)
    for one, geom in enumerate(geoms):
        for other in sorted(tree.query(geom, predicate="intersects")):
            if one < other:
                yield one, int(other)


def _check_overlaps(candidates: Sequence[Candidate], geoms: Any, faults: Faults) -> None:
    """Areas of a kind that covers everything once may not overlap; both sides are told."""
    overlaps = 0
    for count, (one, other) in enumerate(overlapping(geoms)):
        if count == MAX_PAIRS or overlaps == MAX_OVERLAPS:
            faults.add(_("too many of its areas lie on top of each other to list them all"))
            return
        common = float(shapely.intersection(geoms[one], geoms[other]).area)
        if common <= MAX_OVERLAP_M2:
            continue
        overlaps += 1
        for here, there in ((one, other), (other, one)):
            faults.add(
                _("it overlaps %(other)s by %(surface)s")
                % {"other": candidates[there].code, "surface": surface(common)},
                number=candidates[here].number,
                code=candidates[here].code,
            )


def _check_gaps(
    candidates: Sequence[Candidate], geoms: Any, whole: Any, kind: AreaKind, faults: Faults
) -> None:
    """Holes in the whole that are no enclave, and what the outline of the municipality has beside it."""
    outline = _outline(kind)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    if outline is not None:
        holes = [hole for hole in holes if shapely.intersection(hole, outline).area > hole.area / 2]
        beside = shapely.get_parts(shapely.difference(outline, shapely.union_all([whole, *holes])))
        holes += [part for part in beside if part.area >= BARE_M2 and _roundness(part) >= BARE_SHAPE]
    found = sorted((hole for hole in holes if hole.area > MAX_OVERLAP_M2), key=lambda hole: -hole.area)
    tree = shapely.STRtree(geoms)
    for hole, place in zip(found[:MAX_DOUBTS], _places(found[:MAX_DOUBTS], kind), strict=True):
        around = sorted(tree.query(hole, predicate="dwithin", distance=TOUCHING))
        codes = tuple(candidates[at].code for at in around)
        faults.doubt(
            (_("a gap of %(surface)s") if outline is not None else _("a gap of %(surface)s, or an enclave"))
            % {"surface": surface(hole.area)},
            area_m2=float(hole.area),
            place=place,
            beside=codes,
        )
    _say_how_many(len(found), faults)


def _check_slivers(candidates: Sequence[Candidate], geoms: Any, kind: AreaKind, faults: Faults) -> None:
    """Parts that are very small or very thin."""
    parts, owners = shapely.get_parts(geoms, return_index=True)
    surfaces, lengths = shapely.area(parts), shapely.length(parts)
    slivers = np.flatnonzero(
        (surfaces < SLIVER_M2) | (4 * np.pi * surfaces < SLIVER_SHAPE * np.square(lengths))
    )
    listed = slivers[:MAX_DOUBTS]
    for at, place in zip(listed, _places([parts[at] for at in listed], kind), strict=True):
        candidate = candidates[owners[at]]
        faults.doubt(
            _("a sliver of %(surface)s") % {"surface": surface(surfaces[at])},
            number=candidate.number,
            code=candidate.code,
            area_m2=float(surfaces[at]),
            place=place,
        )
    _say_how_many(len(slivers), faults)


def _say_how_many(count: int, faults: Faults) -> None:
    if count > MAX_DOUBTS:
        faults.doubt(_("and %(count)d more like these") % {"count": count - MAX_DOUBTS})


def _roundness(geom: Any) -> float:
    return float(4 * np.pi * geom.area / geom.length**2) if geom.length else 0.0


def _outline(kind: AreaKind) -> Any | None:
    """The municipality as larger kinds in force have it, in the national grid; None when there are none."""
    shapes = AreaShape.objects.in_force().filter(
        area__municipality=kind.municipality_id, edition__kind__rank__lt=kind.rank, edition__is_schematic=False
    ).order_by("edition__kind__rank")  # fmt: skip
    rows = list(shapes.values_list("edition_id", "geom"))
    if not rows:
        return None
    geoms = [shapely.from_wkb(bytes(geom.wkb)) for edition, geom in rows if edition == rows[0][0]]
    grid = transformed(geoms, source=WGS84, target=kind.municipality.srid)
    return shapely.union_all(shapely.set_precision(grid, GRID_SIZE))


def _places(geoms: Sequence[Any], kind: AreaKind) -> list[tuple[float, float]]:
    """Longitude and latitude of a point on each."""
    points = [shapely.point_on_surface(geom) for geom in geoms]
    degrees = transformed(points, source=kind.municipality.srid, target=WGS84)
    return [(round(point.x, 6), round(point.y, 6)) for point in degrees]
