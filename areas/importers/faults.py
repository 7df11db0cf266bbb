"""What is said of a file of boundaries: every fault, so that it can be mended in one go; every repair; every doubt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core.verbs import Refused


@dataclass(frozen=True)
class Fault:
    """What is wrong with one feature; number 0 is the file as a whole."""

    number: int
    code: str
    reason: str

    def __str__(self) -> str:
        if not self.number:
            return self.reason
        place = _("Feature %(number)d") % {"number": self.number}
        return f"{place} ({self.code}): {self.reason}" if self.code else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Repair(Fault):
    """What was mended on the way in; `change` is the part of the surface that it touches, at most."""

    change: float = 0.0

    @property
    def percentage(self) -> float | None:
        """The change out of a hundred; None when there is next to none."""
        return self.change * 100 if self.change > LEAST else None


@dataclass(frozen=True)
class Doubt(Fault):
    """What the steward should look at and may let pass: a gap, a sliver, a date that differs; with where it lies."""

    area_m2: float = 0.0
    place: tuple[float, float] | None = None  # longitude, latitude
    beside: tuple[str, ...] = ()  # the codes around it


LEAST = 1e-6  # of a surface: less is said to be nothing
Said = TypeVar("Said", bound=Fault)


@dataclass
class Faults:
    """What was found so far. Looping gives the faults; repairs and doubts stop nothing."""

    found: list[Fault] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, reason: str, *, number: int = 0, code: str = "") -> None:
        """Note a fault."""
        self.found.append(Fault(number, code, reason))

    def repaired(self, what: str, *, number: int = 0, code: str = "", change: float = 0.0) -> None:
        """Note what was mended."""
        self.repairs.append(Repair(number, code, what, change))

    def doubt(self, reason: str, *, number: int = 0, code: str = "", **more: Any) -> None:
        """Note what the steward should look at."""
        self.doubts.append(Doubt(number, code, reason, **more))

    @property
    def numbers(self) -> set[int]:
        """Which features have a fault."""
        return {fault.number for fault in self.found if fault.number}

    @property
    def of_file(self) -> list[Fault]:
        """Those of the file as a whole: no feature can be left out to mend them."""
        return [fault for fault in self.found if not fault.number]

    @property
    def kept_repairs(self) -> list[Repair]:
        """The repairs of what has no fault besides, in the order of the file."""
        faulty = self.numbers
        return in_order(repair for repair in self.repairs if repair.number not in faulty)

    def as_json(self) -> dict[str, Any]:
        """To keep with a draft."""
        return {
            "faults": [asdict(fault) for fault in self],
            "repairs": [asdict(repair) for repair in self.kept_repairs],
            "doubts": [asdict(doubt) for doubt in self.doubts],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Faults":
        """As it was kept."""
        return cls(
            [Fault(**fault) for fault in kept["faults"]],
            [Repair(**repair) for repair in kept.get("repairs", ())],
            [Doubt(**doubt) for doubt in kept.get("doubts", ())],
        )

    def notes(self) -> list[str]:
        """What an edition in force keeps of it."""
        repaired = [_("Repaired: %(what)s") % {"what": repair} for repair in self.kept_repairs]
        return [str(fault) for fault in self] + repaired

    def __iter__(self) -> Iterator[Fault]:
        return iter(in_order(self.found))

    def __len__(self) -> int:
        return len(self.found)


def in_order(said: Iterable[Said]) -> list[Said]:
    """By feature, the file as a whole first."""
    return sorted(said, key=lambda one: (one.number, one.reason))


class ImportRefused(Refused):
    """The file cannot come into force; `faults` says why, all of it."""

    def __init__(self, faults: Iterable[Fault], *, ask: str = "", choices: Sequence[str] = ()) -> None:
        self.faults = list(faults)
        self.ask = ask
        self.choices = list(choices)
        super().__init__([str(fault) for fault in self.faults], "faults")


def refuse(reason: str, *, ask: str = "", choices: Sequence[str] = ()) -> ImportRefused:
    """A refusal of the file as a whole; `ask` names the field (layer, srid) in which the steward can answer."""
    return ImportRefused([Fault(0, "", reason)], ask=ask, choices=choices)
