"""What an edition changes, area by area: a file against what is in force, or one edition against another."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import shapely

from areas.importers.candidate import Candidate
from areas.importers.changes import AreaChange, Boundary, Recoding, Share, State, Structure
from areas.importers.overlaps import Shift
from areas.importers.stored import grid_shapes
from areas.importers.succession import Place, Succession, succession_between
from areas.importers.transform import WGS84, transformed
from areas.models import Area, AreaCode, AreaEdition, AreaKind, AreaShape

MANY = 0.4  # of the areas in force: more that retire at once are named and confirmed


@dataclass(frozen=True)
class Difference:
    """What would change; `retires` is False for an incomplete edition, which keeps what it does not name."""

    base: AreaEdition | None
    changes: tuple[AreaChange, ...]
    retires: bool = True
    recodings: tuple[Recoding, ...] = ()
    shift: Shift | None = None

    def _of(self, *states: State) -> list[AreaChange]:
        return [change for change in self.changes if change.state in states]

    @property
    def same(self) -> list[AreaChange]:
        """Nothing changes."""
        return self._of(State.SAME)

    @property
    def changed(self) -> list[AreaChange]:
        """Something changes."""
        return [change for change in self.changes if change.state != State.SAME]

    @property
    def renamed(self) -> list[AreaChange]:
        """Another name; the old one is kept as another name."""
        return [change for change in self.changes if change.is_renamed]

    @property
    def recoded(self) -> list[AreaChange]:
        """Another code; the old one keeps finding the area."""
        return [change for change in self.changes if change.is_recoded]

    @property
    def redrawn(self) -> list[AreaChange]:
        """Another line around the same place."""
        return [change for change in self.changes if change.is_redrawn]

    @property
    def moved(self) -> list[AreaChange]:
        """Another boundary."""
        return [change for change in self.changes if change.is_moved]

    @property
    def new(self) -> list[AreaChange]:
        """Not known before, or retired and back."""
        return self._of(State.NEW, State.BACK)

    @property
    def gone(self) -> list[AreaChange]:
        """In force now, and not in the file."""
        return self._of(State.GONE)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change at all."""
        states = {change.state for change in self.changes}
        return self.base is not None and states <= (
            {State.SAME} if self.retires else {State.SAME, State.GONE}
        )

    @cached_property
    def retirements(self) -> frozenset[str]:
        """The codes of the areas that retire."""
        return frozenset(change.code for change in self.gone) if self.retires else frozenset()

    @property
    def retires_many(self) -> bool:
        """Whether so many areas retire that a person must name them again."""
        before = len(self._of(State.SAME, State.CHANGED, State.GONE))
        return len(self.retirements) > MANY * before

    @property
    def counts(self) -> dict[str, int]:
        """In numbers, to keep with the edition."""
        return {
            "same": len(self.same),
            "renamed": len(self.renamed),
            "recoded": len(self.recoded),
            "redrawn": len(self.redrawn),
            "moved": len(self.moved),
            "new": len(self.new),
            "gone": len(self.retirements),
        }

    def told(self) -> list[Any]:
        """What becomes of every area, in an order of its own, without measures: to tell two differences apart."""
        changes = [
            (
                one.code,
                one.name,
                one.state,
                str(one.key),
                one.old_code,
                one.old_name,
                one.boundary,
                one.structure,
            )
            for one in self.changes
        ]
        taken = [one.pair for one in self.recodings if one.taken]
        return [str(self.base.uuid) if self.base else "", self.retires, sorted(changes), sorted(taken)]

    def as_json(self) -> dict[str, Any]:
        """To keep with a draft; the edition in force by its identifier."""
        return {
            "base": str(self.base.uuid) if self.base else "",
            "changes": [asdict(change) for change in self.changes],
            "retires": self.retires,
            "recodings": [asdict(recoding) for recoding in self.recodings],
            "shift": asdict(self.shift) if self.shift else None,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any], base: AreaEdition | None) -> "Difference":
        """As it was kept; `base` is the edition that was compared with."""
        return cls(
            base,
            tuple(_change_from(change) for change in kept["changes"]),
            kept["retires"],
            tuple(Recoding(**recoding) for recoding in kept.get("recodings", ())),
            Shift(**kept["shift"]) if kept.get("shift") else None,
        )


def _change_from(kept: dict[str, Any]) -> AreaChange:
    return AreaChange(
        **{
            **kept,
            "state": State(kept["state"]),
            "boundary": Boundary(kept.get("boundary", "")),
            "structure": Structure(kept.get("structure", "")),
            "goes": tuple(Share(**share) for share in kept.get("goes", ())),
            "comes": tuple(Share(**share) for share in kept.get("comes", ())),
        }
    )


@dataclass(frozen=True)
class Known:
    """What the database knows of an area of the kind, by its code."""

    area: Area
    shape: AreaShape | None = field(default=None, repr=False)


def known_areas(kind: AreaKind, base: AreaEdition | None) -> dict[str, Known]:
    """The areas of a kind by code, retired ones too, with their boundary in the edition in force."""
    shapes: dict[int, AreaShape] = {}
    if base is not None:
        rows = AreaShape.objects.filter(edition=base).only("area_id", "content_hash", "edition_id")
        shapes = {shape.area_id: shape for shape in rows}
    codes = AreaCode.objects.filter(area__kind=kind, scheme=kind.scheme).select_related("area")
    return {code.code: Known(code.area, shapes.get(code.area_id)) for code in codes}


def difference_of(
    kind: AreaKind,
    base: AreaEdition | None,
    candidates: Iterable[Candidate],
    *,
    retires: bool,
    recodings: Collection[tuple[str, str]] | None = None,
) -> Difference:
    """What these areas would change to the edition in force; `recodings` as in `succession_between`."""
    known = known_areas(kind, base)
    after = [_place(candidate, known.get(candidate.code)) for candidate in candidates]
    before = _before(kind, base, known, after)
    found = succession_between(before, after, is_partition=kind.is_partition, recodings=recodings)
    return _difference(base, found, retires)


def _before(
    kind: AreaKind, base: AreaEdition | None, known: dict[str, Known], after: list[Place]
) -> list[Place]:
    """The areas in force; a boundary that is the very same in the file is not fetched again."""
    same = {(place.key, place.hash): place.geom for place in after}
    shown = {code: (found.area, found.shape.content_hash) for code, found in known.items() if found.shape}
    wanted = [area.pk for area, checksum in shown.values() if (area.pk, checksum) not in same]
    grid = grid_shapes(kind.municipality.srid, AreaShape.objects.filter(edition=base, area__in=wanted))
    return [
        Place(area.pk, code, area.name, same.get((area.pk, checksum), grid.get(area.pk)), checksum)
        for code, (area, checksum) in shown.items()
    ]


def difference_between(base: AreaEdition, edition: AreaEdition) -> Difference:
    """What one edition of a kind changed to another."""
    kind = edition.kind
    sides = [_places(kind, side) for side in (base, edition)]
    return _difference(
        base, succession_between(*sides, is_partition=kind.is_partition, recodings=()), retires=True
    )


def _difference(base: AreaEdition | None, found: Succession, retires: bool) -> Difference:
    return Difference(base, found.changes, retires, found.recodings, found.shift)


def _place(candidate: Candidate, known: Known | None) -> Place:
    key = known.area.pk if known else f"new:{candidate.code}"
    is_retired = bool(known and not known.shape and known.area.retired_by_id)
    return Place(
        key, candidate.code, candidate.name, candidate.grid, candidate.content_hash, is_retired=is_retired
    )


def _places(kind: AreaKind, edition: AreaEdition) -> list[Place]:
    """The areas of an edition, by the codes and names of that time."""
    shapes = AreaShape.objects.filter(edition=edition).select_related("area")
    rows = list(shapes.only("code", "name", "content_hash", "geom", "area__name", "area__slug"))
    geoms = [shapely.from_wkb(bytes(row.geom.wkb)) for row in rows]
    return [
        Place(row.area_id, row.code or row.area.slug, row.name or row.area.name, geom, row.content_hash)
        for row, geom in zip(
            rows, transformed(geoms, source=WGS84, target=kind.municipality.srid), strict=True
        )
    ]
