"""What is wrong with a file of boundaries: every fault, so that it can be mended in one go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


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


@dataclass
class Faults:
    """The faults found so far."""

    found: list[Fault] = field(default_factory=list)

    def add(self, reason: str, *, number: int = 0, code: str = "") -> None:
        """Note a fault."""
        self.found.append(Fault(number, code, reason))

    @property
    def numbers(self) -> set[int]:
        """Which features have a fault."""
        return {fault.number for fault in self.found if fault.number}

    @property
    def of_file(self) -> list[Fault]:
        """Those of the file as a whole: no feature can be left out to mend them."""
        return [fault for fault in self.found if not fault.number]

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self.found, key=lambda fault: (fault.number, fault.reason)))

    def __len__(self) -> int:
        return len(self.found)


class ImportRefused(Exception):
    """The file cannot come into force; `faults` says why, all of it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refuse(reason: str) -> ImportRefused:
    """A refusal of the file as a whole."""
    return ImportRefused([Fault(0, "", reason)])
