"""What an edition would change, area by area; a page and a command print it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import shapely

from areas.importers.check import Candidate
from areas.importers.transform import transformed
from areas.models import Area, AreaCode, AreaEdition, AreaKind, AreaShape


class State(StrEnum):
    """What happens to an area."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    BACK = "back"  # was retired, has boundaries again
    GONE = "gone"


@dataclass(frozen=True)
class AreaChange:
    """One area before and after; `iou` is the overlap divided by the union (1 is the same), None when one side is missing."""

    code: str
    name: str
    state: State
    old_name: str = ""
    iou: float | None = None
    area_m2: float = 0.0
    old_area_m2: float = 0.0

    @property
    def is_renamed(self) -> bool:
        """Whether it gets another name."""
        return bool(self.old_name) and self.old_name != self.name

    @property
    def percentage(self) -> float | None:
        """What the boundaries before and after have in common, out of a hundred; never rounded up to all."""
        return None if self.iou is None else min(int(self.iou * 1000) / 10, 99.9)

    @property
    def is_moved(self) -> bool:
        """Whether its boundary changes."""
        return self.iou is not None and self.iou < 1


@dataclass(frozen=True)
class Difference:
    """What would change; `retires` is False for an incomplete edition, which keeps what it does not name."""

    base: AreaEdition | None
    changes: tuple[AreaChange, ...]
    retires: bool = True

    def _of(self, *states: State) -> list[AreaChange]:
        return [change for change in self.changes if change.state in states]

    @property
    def same(self) -> list[AreaChange]:
        """Nothing changes."""
        return self._of(State.SAME)

    @property
    def renamed(self) -> list[AreaChange]:
        """Another name; the old one is kept as another name."""
        return [change for change in self.changes if change.is_renamed]

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

    def as_json(self) -> dict[str, Any]:
        """To keep with a draft; the edition in force by its identifier."""
        return {
            "base": str(self.base.uuid) if self.base else "",
            "changes": [asdict(change) for change in self.changes],
            "retires": self.retires,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any], base: AreaEdition | None) -> "Difference":
        """As it was kept; `base` is the edition that was compared with."""
        changes = [AreaChange(**{**change, "state": State(change["state"])}) for change in kept["changes"]]
        return cls(base, tuple(changes), kept["retires"])


@dataclass(frozen=True)
class Known:
    """What the database knows of an area of the kind, by its code."""

    area: Area
    hash: str = ""
    area_m2: float = 0.0
    shape: AreaShape | None = field(default=None, repr=False)


def known_areas(kind: AreaKind, base: AreaEdition | None) -> dict[str, Known]:
    """The areas of a kind by code, retired ones too, with their boundary in the edition in force."""
    shapes: dict[int, AreaShape] = {}
    if base is not None:
        shapes = {
            shape.area_id: shape
            for shape in AreaShape.objects.filter(edition=base).only(
                "area_id", "content_hash", "area_m2", "edition_id"
            )
        }
    codes = AreaCode.objects.filter(area__kind=kind, scheme=kind.scheme).select_related("area")
    found = {}
    for code in codes:
        shape = shapes.get(code.area_id)
        found[code.code] = (
            Known(code.area, shape.content_hash, shape.area_m2, shape) if shape else Known(code.area)
        )
    return found


def difference_of(
    kind: AreaKind, base: AreaEdition | None, candidates: Iterable[Candidate], *, retires: bool
) -> Difference:
    """What these areas would change to the edition in force."""
    known = known_areas(kind, base)
    candidates = list(candidates)
    moved = [
        candidate
        for candidate in candidates
        if (found := known.get(candidate.code)) and found.shape and found.hash != candidate.content_hash
    ]
    ious = _ious(kind, base, known, moved)
    changes = [_change(candidate, known.get(candidate.code), ious) for candidate in candidates]
    named = {candidate.code for candidate in candidates}
    changes += [
        AreaChange(code, found.area.name, State.GONE, old_area_m2=found.area_m2)
        for code, found in known.items()
        if code not in named and found.shape
    ]
    return Difference(base, tuple(sorted(changes, key=lambda change: change.code)), retires)


def _change(candidate: Candidate, known: Known | None, ious: dict[str, float]) -> AreaChange:
    if known is None:
        return AreaChange(candidate.code, candidate.name, State.NEW, area_m2=candidate.area_m2)
    state = State.SAME
    if known.shape is None:
        state = State.BACK if known.area.retired_by_id else State.NEW
    elif candidate.code in ious or known.area.name != candidate.name:
        state = State.CHANGED
    return AreaChange(
        candidate.code,
        candidate.name,
        state,
        old_name=known.area.name,
        iou=ious.get(candidate.code),
        area_m2=candidate.area_m2,
        old_area_m2=known.area_m2,
    )


def _ious(
    kind: AreaKind, base: AreaEdition | None, known: dict[str, Known], moved: list[Candidate]
) -> dict[str, float]:
    if base is None or not moved:
        return {}
    ids = {known[candidate.code].area.pk: candidate.code for candidate in moved}
    rows = AreaShape.objects.filter(edition=base, area_id__in=ids).values_list("area_id", "geom")
    stored = [(ids[pk], shapely.from_wkb(bytes(geom.wkb))) for pk, geom in rows]
    grid = transformed([geom for _code, geom in stored], source=4326, target=kind.municipality.srid)
    before = dict(zip((code for code, _geom in stored), grid, strict=True))
    return {candidate.code: iou(before[candidate.code], candidate.grid) for candidate in moved}


def iou(one: Any, other: Any) -> float:
    """Overlap divided by union: 1 for the same surface, 0 for surfaces apart."""
    overlap = float(shapely.intersection(one, other).area)
    union = float(one.area) + float(other.area) - overlap
    # Another boundary is never quite the same, even when the difference drowns in the last digit.
    return min(overlap / union, 0.999999) if union else 0.0
