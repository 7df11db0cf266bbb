"""Writing an edition: areas, codes, names, boundaries, and how areas lie in one another. Runs inside the caller's transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Sum
from django.utils import timezone

from areas.importers.check import Candidate
from areas.importers.difference import Known, known_areas
from areas.importers.drawing import Drawn, drawn, graticule, outline, svg_box, svg_path
from areas.importers.transform import WGS84, transformed
from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaKind,
    AreaName,
    AreaPart,
    AreaShape,
    AreaSuccession,
)
from areas.partition import Part, parts_of
from areas.slugs import SlugMaker

Progress = Callable[[int, int, str], None]


def no_progress(done: int, total: int, message: str) -> None:
    """For who does not look."""


@dataclass
class Activation:
    """One edition on its way into force, in the place of `base`."""

    edition: AreaEdition
    base: AreaEdition | None
    candidates: list[Candidate]

    @property
    def kind(self) -> AreaKind:
        return self.edition.kind

    @property
    def srid(self) -> int:
        return self.kind.municipality.srid

    def write(self) -> None:
        """Put the edition in force."""
        known = known_areas(self.kind, self.base)
        self._supersede()
        areas = self._areas(known)
        surfaces = self._shapes(areas)
        if self.edition.is_complete:
            self._retire(known, areas)
        elif self.base:
            surfaces += self._carry_over(areas)
        self._outline(surfaces)
        refresh_parts(self.kind)

    def _supersede(self) -> None:
        if self.base:
            self.base.status = AreaEdition.Status.SUPERSEDED
            self.base.save(update_fields=["status"])
        self.edition.status = AreaEdition.Status.ACTIVE
        self.edition.activated_at = timezone.now()
        self.edition.save(update_fields=["status", "activated_at", "is_complete", "notes"])

    def _areas(self, known: dict[str, Known]) -> dict[str, Area]:
        """The area of every code: the one it always had, or a new one."""
        areas = {
            candidate.code: known[candidate.code].area
            for candidate in self.candidates
            if candidate.code in known
        }
        self._rename(areas)
        slugs = SlugMaker(self.kind)
        new = [
            Area(
                municipality=self.kind.municipality,
                kind=self.kind,
                slug=slugs.slug_for(candidate.name, candidate.code),
                name=candidate.name,
            )
            for candidate in self.candidates
            if candidate.code not in areas
        ]
        fresh_codes = [candidate.code for candidate in self.candidates if candidate.code not in areas]
        Area.objects.bulk_create(new)
        areas |= dict(zip(fresh_codes, new, strict=True))
        AreaCode.objects.bulk_create(
            AreaCode(
                municipality=self.kind.municipality, area=areas[code], scheme=self.kind.scheme, code=code
            )
            for code in fresh_codes
        )
        return areas

    def _rename(self, areas: dict[str, Area]) -> None:
        """Give known areas the name of the file; the old one stays as another name. Retired ones are back."""
        touched, aliases = [], []
        for candidate in self.candidates:
            area = areas.get(candidate.code)
            if area is None or (area.name == candidate.name and area.retired_by_id is None):
                continue
            if area.name != candidate.name:
                aliases.append(AreaName(area=area, name=area.name, source=self._before()))
            area.name = candidate.name
            area.retired_by = None
            touched.append(area)
        AreaName.objects.bulk_create(aliases, ignore_conflicts=True)
        Area.objects.bulk_update(touched, ["name", "retired_by"])

    def _before(self) -> str:
        return self.base.source[:120] if self.base else ""

    def _shapes(self, areas: dict[str, Area]) -> list[Any]:
        """Write the boundaries; returns the surfaces as they are drawn."""
        drawings = drawn(
            [candidate.grid for candidate in self.candidates], is_partition=self.kind.is_partition
        )
        overviews = transformed([d.overview for d in drawings], source=self.srid, target=WGS84)
        labels = transformed([d.label for d in drawings], source=self.srid, target=WGS84)
        AreaShape.objects.bulk_create(
            (
                self._shape(areas[candidate.code], candidate, drawing, overview, label)
                for candidate, drawing, overview, label in zip(
                    self.candidates, drawings, overviews, labels, strict=True
                )
            ),
            batch_size=500,
        )
        return [drawing.surface for drawing in drawings]

    def _shape(
        self, area: Area, candidate: Candidate, drawing: Drawn, overview: Any, label: Any
    ) -> AreaShape:
        return AreaShape(
            edition=self.edition,
            area=area,
            geom=geos(candidate.geom),
            overview=geos(overview),
            label_point=geos(label),
            area_m2=candidate.area_m2,
            measured_srid=self.srid,
            content_hash=candidate.content_hash,
            path=drawing.path,
            box=drawing.box,
        )

    def _retire(self, known: dict[str, Known], areas: dict[str, Area]) -> None:
        """Areas in force that the file does not name retire, and point to what lies there now."""
        gone = [found.area for code, found in known.items() if found.shape and code not in areas]
        if not gone:
            return
        Area.objects.filter(pk__in=[area.pk for area in gone]).update(retired_by=self.edition)
        before = grid_shapes(self.srid, AreaShape.objects.filter(edition=self.base, area__in=gone))
        after = {areas[candidate.code].pk: candidate.grid for candidate in self.candidates}
        heirs: dict[int, list[Part]] = {}
        for part in parts_of(before, after):
            heirs.setdefault(part.child, []).append(part)
        AreaSuccession.objects.bulk_create(
            succession for area in gone for succession in self._successions(area, heirs.get(area.pk, []))
        )

    def _successions(self, area: Area, heirs: list[Part]) -> Iterable[AreaSuccession]:
        heirs = [heir for heir in heirs if heir.share >= 0.1]
        relation = AreaSuccession.Relation.SPLIT if len(heirs) > 1 else AreaSuccession.Relation.MERGED
        for heir in heirs:
            yield AreaSuccession(
                edition=self.edition,
                predecessor=area,
                successor_id=heir.parent,
                relation=relation,
                weight=heir.share,
            )
        if not heirs:
            yield AreaSuccession(
                edition=self.edition, predecessor=area, relation=AreaSuccession.Relation.GONE
            )

    def _carry_over(self, areas: dict[str, Area]) -> list[Any]:
        """An incomplete edition keeps the boundaries of the areas that it does not name."""
        kept = AreaShape.objects.filter(edition=self.base).exclude(area__in=areas.values())
        geoms = list(grid_shapes(self.srid, kept).values())
        for shape in kept:
            shape.pk = None
            shape._state.adding = True
            shape.edition = self.edition
        AreaShape.objects.bulk_create(kept)
        return [drawing.surface for drawing in drawn(geoms, is_partition=self.kind.is_partition)]

    def _outline(self, surfaces: list[Any]) -> None:
        whole = outline(surfaces)
        self.edition.outline_path = svg_path(whole)
        self.edition.outline_box = svg_box(whole)
        self.edition.graticule = graticule(whole, self.srid)
        measured = AreaShape.objects.filter(edition=self.edition).aggregate(whole=Sum("area_m2"))
        self.edition.area_m2 = measured["whole"]
        self.edition.save(update_fields=["outline_path", "outline_box", "graticule", "area_m2"])


def refresh_parts(kind: AreaKind) -> None:
    """Work out again how the areas of a kind lie in larger kinds, and smaller kinds in it."""
    kinds = list(AreaKind.objects.filter(municipality_id=kind.municipality_id).order_by("rank"))
    srid = kind.municipality.srid
    shapes = {other.pk: _in_force(srid, other) for other in kinds}
    AreaPart.objects.filter(child__kind=kind).delete()
    AreaPart.objects.filter(parent__kind=kind).delete()
    pairs = [(kind, other) for other in kinds if other.rank < kind.rank]
    pairs += [(other, kind) for other in kinds if other.rank > kind.rank]
    AreaPart.objects.bulk_create(
        AreaPart(
            child_id=part.child,
            parent_id=part.parent,
            parent_kind=larger,
            share=part.share,
            area_m2=part.area_m2,
            is_main=part.is_main,
        )
        for smaller, larger in pairs
        for part in parts_of(shapes[smaller.pk], shapes[larger.pk])
    )


def _in_force(srid: int, kind: AreaKind) -> dict[int, Any]:
    return grid_shapes(
        srid,
        AreaShape.objects.filter(
            edition__kind=kind, edition__status=AreaEdition.Status.ACTIVE, area__retired_by__isnull=True
        ),
    )


def grid_shapes(srid: int, shapes: Any) -> dict[int, Any]:
    """The boundaries of some shapes by area, in the national grid."""
    rows = list(shapes.order_by("area_id").values_list("area_id", "geom"))
    geoms = [shapely.from_wkb(bytes(geom.wkb)) for _pk, geom in rows]
    return dict(zip((pk for pk, _geom in rows), transformed(geoms, source=WGS84, target=srid), strict=True))


def geos(geom: Any) -> Any:
    """A geometry of shapely as Django wants it."""
    return GEOSGeometry(memoryview(shapely.to_wkb(geom)), srid=WGS84)
