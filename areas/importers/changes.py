"""The words for what becomes of an area between two sets of boundaries; a page, a draft and a command use them."""

from dataclasses import dataclass
from enum import StrEnum

Key = int | str  # the number of an area that is known, or a word of its own for one that is not


class State(StrEnum):
    """What happens to an area."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    BACK = "back"  # was retired, has boundaries again
    GONE = "gone"


class Boundary(StrEnum):
    """What happens to the boundary of an area that stays."""

    SAME = ""
    REDRAWN = "redrawn"  # the same place, drawn by another hand
    MOVED = "moved"


class Structure(StrEnum):
    """How areas before and after answer to each other where their number or their codes change."""

    NONE = ""
    SPLIT = "split"
    MERGED = "merged"
    REPLACED = "replaced"  # one by one other, at (nearly) the same place
    REGROUPED = "regrouped"  # several by several others


@dataclass(frozen=True)
class Share:
    """A part (0 to 1) of the surface of an area, and the area it went to or came from."""

    code: str
    name: str
    part: float
    key: Key
    is_own: bool = False

    @property
    def percentage(self) -> float:
        """The part out of a hundred."""
        return self.part * 100


@dataclass(frozen=True)
class AreaChange:
    """One area before and after; `iou` is the overlap divided by the union (1 is the same), None when one side is missing.

    `key` is the identity of the area, a number when it is known already. `goes` says where the surface of before went, `comes`
    from where that of after came, both only where it is not all one's own.
    """

    code: str
    name: str
    state: State
    key: Key = ""
    old_code: str = ""
    old_name: str = ""
    iou: float | None = None
    area_m2: float = 0.0
    old_area_m2: float = 0.0
    boundary: Boundary = Boundary.SAME
    structure: Structure = Structure.NONE
    goes: tuple[Share, ...] = ()
    comes: tuple[Share, ...] = ()

    @property
    def is_renamed(self) -> bool:
        """Whether it gets another name."""
        return bool(self.old_name) and self.old_name != self.name

    @property
    def is_recoded(self) -> bool:
        """Whether it gets another code and stays itself."""
        return bool(self.old_code) and self.old_code != self.code

    @property
    def is_moved(self) -> bool:
        """Whether its boundary encloses another place."""
        return self.boundary == Boundary.MOVED

    @property
    def is_redrawn(self) -> bool:
        """Whether its boundary is another line around the same place."""
        return self.boundary == Boundary.REDRAWN

    @property
    def percentage(self) -> float | None:
        """What the boundaries before and after have in common, out of a hundred; never rounded up to all."""
        return None if self.iou is None else min(int(self.iou * 1000) / 10, 99.9)

    @property
    def gives(self) -> bool:
        """Whether a part of its surface goes elsewhere."""
        return bool(self.goes) and not (self.goes[0].is_own and self.goes[0].part > 0.99)

    @property
    def lost(self) -> float:
        """The part of the surface of before, out of a hundred, that lies in no area any more."""
        return max(0.0, 100 - sum(share.percentage for share in self.goes)) if self.goes else 0.0


@dataclass(frozen=True)
class Recoding:
    """Two codes of one place: proof that an area got another code. `taken` says whether it is taken as the same area."""

    old_code: str
    old_name: str
    code: str
    name: str
    iou: float
    taken: bool

    @property
    def pair(self) -> tuple[str, str]:
        """The code before and after."""
        return self.old_code, self.code
