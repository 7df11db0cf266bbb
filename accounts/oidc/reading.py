"""Reading a configuration table that people wrote: what has the wrong form is noted, and the reading goes on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Faults:
    """What is wrong, each with the place where it stands."""

    place: str
    found: list[str]

    def add(self, what: str) -> None:
        """Note a fault."""
        self.found.append(f"{self.place}: {what}")

    def within(self, name: str) -> "Faults":
        """The same list, for a part of the table."""
        return Faults(f"{self.place}.{name}", self.found)


class Table:
    """A part of the configuration: each key is asked for with its form, and none is left over."""

    def __init__(self, values: Any, faults: Faults, keys: Iterable[str]) -> None:
        self.faults = faults
        if not isinstance(values, Mapping):
            faults.add("is no table")
            values = {}
        self.values: Mapping[str, Any] = values
        for unknown in sorted(set(values) - set(keys)):
            faults.add(f"“{unknown}” is not known here")

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self.values.get(key, default)
        if isinstance(value, str):
            return value
        self.faults.add(f"{key} is no text")
        return default

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.faults.add(f"{key} is neither true nor false")
        return value is True

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.faults.add(f"{key} is no list of texts")
        return ()

    def day(self, key: str) -> dt.date | None:
        """A day: a date of TOML or a text like 2026-01-31."""
        value = self.values.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            self.faults.add(f"{key} is no day like 2026-01-31")
            return None
