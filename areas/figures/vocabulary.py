"""The words of publishers, as data in `vocabulary.toml`: what stands for no number, the names of columns, what has no place."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True)
class Vocabulary:
    """The words, ready to look up."""

    missing: dict[str, str]
    missing_numbers: dict[Decimal, str]
    below: Decimal
    below_reason: str
    columns: dict[str, tuple[str, ...]]
    nowhere_names: frozenset[str]
    nowhere_codes: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words as they stand in the file."""
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    missing = data["missing"]
    return Vocabulary(
        missing={word: reason for reason, known in missing["words"].items() for word in known},
        missing_numbers={
            Decimal(number): reason for reason, known in missing["numbers"].items() for number in known
        },
        below=Decimal(missing["below"]["threshold"]),
        below_reason=missing["below"]["reason"],
        columns={role: tuple(names) for role, names in data["columns"].items()},
        nowhere_names=frozenset(data["nowhere"]["names"]),
        nowhere_codes=tuple(data["nowhere"]["codes"]),
    )
