"""Writing an edition: areas, codes, names, boundaries, and how areas lie in one another. Runs inside the caller's transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from areas.importers.candidate import Candidate
from areas.importers.changes import AreaChange, State, Structure
from areas.importers.coverage import Coverage
from areas.importers.difference import Difference
from areas.importers.drawing import Drawn, drawn, graticule, outline, svg_box, svg_path
from areas.importers.stored import geos, grid_shapes
from areas.importers.transform import WGS84, transformed
from areas.importers.undo import Undo, recode, rename
from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaFormerCode,
    AreaKind,
    AreaName,
    AreaPart,
    AreaShape,
    AreaSuccession,
)
from areas.partition import parts_of
from areas.slugs import SlugMaker
from core.states import move

Progress = Callable[[int, int, str], None]
Relation = AreaSuccession.Relation


def no_progress(done: int, total: int, message: str) -> None:
    """For who does not look."""


@dataclass
class Activation:
    """One edition on its way into force, in the place of what `difference` compared it with; `coverage` is as `checked` says."""

    edition: AreaEdition
    candidates: list[Candidate]
    difference: Difference
    coverage: Coverage | None = None
    undo: Undo = field(default_factory=Undo)

    @property
    def base(self) -> AreaEdition | None:
        return self.difference.base

    @property
    def kind(self) -> AreaKind:
        return self.edition.kind

    @property
    def srid(self) -> int:
        return self.kind.municipality.srid

    def write(self) -> None:
        """Put the edition in force."""
        self._supersede()
        areas = self._areas()
        surfaces = self._shapes(areas)
        if self.edition.is_complete:
            self._retire()
        elif self.base:
            surfaces += self._carry_over(areas)
        AreaSuccession.objects.bulk_create(self._successions(areas))
        self._outline(surfaces)
        self.undo.keep(self.edition)
        refresh_parts(self.kind)

    def _supersede(self) -> None:
        if self.base:
            move(self.base, "status", AreaEdition.Status.SUPERSEDED)
            self.base.save(update_fields=["status"])
        move(self.edition, "status", AreaEdition.Status.ACTIVE)
        self.edition.activated_at = timezone.now()
        self.edition.replaces = self.base
        self.edition.counts = self.difference.counts
        self.edition.save(
            update_fields=["status", "activated_at", "is_complete", "notes", "replaces", "counts"]
        )

    def _areas(self) -> dict[str, Area]:
        """The area of every code: the one it always had, or a new one."""
        staying = [change for change in self.difference.changes if change.state != State.GONE]
        known = Area.objects.select_for_update().in_bulk(
            change.key for change in staying if isinstance(change.key, int)
        )
        areas = {change.code: known[change.key] for change in staying if isinstance(change.key, int)}
        self._rename(areas)
        self._recode([change for change in staying if change.is_recoded])
        return areas | self._new_areas([change for change in staying if change.code not in areas])

    def _new_areas(self, changes: list[AreaChange]) -> dict[str, Area]:
        slugs = SlugMaker(self.kind)
        municipality = self.kind.municipality
        areas = {
            change.code: Area(
                municipality=municipality,
                kind=self.kind,
                slug=slugs.slug_for(change.name, change.code),
                name=change.name,
            )
            for change in changes
        }
        Area.objects.bulk_create(areas.values())
        AreaCode.objects.bulk_create(
            AreaCode(municipality=municipality, area=area, scheme=self.kind.scheme, code=code)
            for code, area in areas.items()
        )
        self.undo.created = [area.pk for area in areas.values()]
        return areas

    def _rename(self, areas: dict[str, Area]) -> None:
        """Give known areas the name of the file; the old one stays as another name. Retired ones are back."""
        touched, aliases = [], []
        for candidate in self.candidates:
            area = areas.get(candidate.code)
            if area is None or (area.name == candidate.name and area.retired_by_id is None):
                continue
            self.undo.note(area, candidate.name)
            if area.name != candidate.name:
                aliases.append(AreaName(area=area, name=area.name, source=self._before()))
            area.name = candidate.name
            area.retired_by = None
            touched.append(area)
        there = AreaName.objects.filter(area__in=touched).values_list("area_id", "name")
        fresh = [alias for alias in aliases if (alias.area_id, alias.name) not in set(there)]
        AreaName.objects.bulk_create(fresh)
        self.undo.aliases = [alias.pk for alias in fresh]
        rename(touched)

    def _before(self) -> str:
        return self.base.source[:120] if self.base else ""

    def _recode(self, changes: list[AreaChange]) -> None:
        """Give areas the code of the file; the old one keeps finding them."""
        AreaFormerCode.objects.bulk_create(
            AreaFormerCode(
                area_id=change.key, scheme=self.kind.scheme, code=change.old_code, edition=self.edition
            )
            for change in changes
        )
        recode(self.kind, {int(change.key): change.code for change in changes})
        self.undo.codes = {int(change.key): change.old_code for change in changes}

    def _shapes(self, areas: dict[str, Area]) -> list[Any]:
        """Write the boundaries; returns the surfaces as they are drawn."""
        grid = [candidate.grid for candidate in self.candidates]
        drawings = drawn(grid, is_partition=self.kind.is_partition, coverage=self.coverage)
        overviews = transformed([d.overview for d in drawings], source=self.srid, target=WGS84)
        labels = transformed([d.label for d in drawings], source=self.srid, target=WGS84)
        AreaShape.objects.bulk_create(
            (
                self._shape(areas[candidate.code], candidate, drawing, *places)
                for candidate, drawing, *places in zip(
                    self.candidates,
                    drawings,
                    geos([candidate.geom for candidate in self.candidates]),
                    geos(overviews),
                    geos(labels),
                    strict=True,
                )
            ),
            batch_size=500,
        )
        return [drawing.surface for drawing in drawings]

    def _shape(
        self, area: Area, candidate: Candidate, drawing: Drawn, geom: Any, overview: Any, label: Any
    ) -> AreaShape:
        return AreaShape(
            edition=self.edition,
            area=area,
            code=candidate.code,
            name=candidate.name,
            geom=geom,
            overview=overview,
            label_point=label,
            area_m2=candidate.area_m2,
            measured_srid=self.srid,
            content_hash=candidate.content_hash,
            path=drawing.path,
            box=drawing.box,
        )

    def _retire(self) -> None:
        """Areas in force that the file does not name retire."""
        self.undo.retired = [int(change.key) for change in self.difference.gone]
        Area.objects.filter(pk__in=self.undo.retired).update(retired_by=self.edition)

    def _successions(self, areas: dict[str, Area]) -> Iterable[AreaSuccession]:
        """What became of the surface of areas that retire, and of those that stay and gave a part of it."""
        after = {change.code: change for change in self.difference.changes if change.state != State.GONE}
        for change in self.difference.changes:
            if change.state == State.GONE and not self.edition.is_complete:
                continue
            for share in change.goes:
                if not share.is_own:
                    origin = next((c.part for c in after[share.code].comes if c.key == change.key), 0.0)
                    yield AreaSuccession(
                        edition=self.edition,
                        predecessor_id=change.key,
                        successor=areas[share.code],
                        relation=_relation(change, after[share.code]),
                        weight=share.part,
                        origin_weight=origin,
                    )
            if change.state == State.GONE and not change.goes:
                yield AreaSuccession(edition=self.edition, predecessor_id=change.key, relation=Relation.GONE)

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
        AreaShape.objects.in_force().filter(edition__kind=kind),
    )


def _relation(old: AreaChange, new: AreaChange) -> AreaSuccession.Relation:
    """How a part of an area is called in the area that it went to."""
    is_apart = old.state == State.GONE or new.state in {State.NEW, State.BACK}
    structure = old.structure if old.state == State.GONE else new.structure
    if not is_apart:
        return Relation.MOVED
    if structure != Structure.NONE:
        return Relation(structure.value)
    return Relation.SPLIT if len(old.goes) > 1 else Relation.MERGED
