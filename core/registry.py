"""Registries: how an upper app shows itself on the pages of a lower one without the lower one knowing.

An app registers its entries in one small file named after the registry (`panels.py`, `layers.py`, `search.py`, `calendar.py`,
`jobs.py`), which is imported at start-up. A wrong registration stops the start and says what is wrong.
"""

import re
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar

from django.utils.module_loading import autodiscover_modules


class Entry(Protocol):
    """What every registered entry has: a dotted name that is its own (`workplaces.locations`) and a place in the order."""

    @property
    def name(self) -> str: ...

    @property
    def order(self) -> int: ...


E = TypeVar("E", bound=Entry)

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
TARGET = re.compile(r"[a-z_]+\.[a-z]+")


class RegistrationError(Exception):
    """An entry that cannot be registered; the message says which and why."""


class Registry(Generic[E]):
    """The entries of one kind, in order."""

    def __init__(self, kind: type[E], module: str) -> None:
        self.kind = kind
        self.module = module
        self._entries: dict[str, E] = {}
        registries.append(self)

    def register(self, entry: E) -> E:
        """Add an entry; raises RegistrationError when it has the wrong type or name, or was there already."""
        expected = self.kind.__name__
        if not isinstance(entry, self.kind):
            raise RegistrationError(
                f"{self.module}.py registers a {type(entry).__name__}, expected a {expected}"
            )
        if not NAME.fullmatch(entry.name):
            raise RegistrationError(
                f"{expected} {entry.name!r}: the name must be 'app.word', in lower-case letters and underscores"
            )
        target = getattr(entry, "target", None)
        if target is not None and not TARGET.fullmatch(target):
            raise RegistrationError(
                f"{expected} {entry.name!r}: target {target!r} must be 'app.model' in lower case"
            )
        if entry.name in self._entries:
            raise RegistrationError(f"{expected} {entry.name!r} is registered twice")
        self._entries[entry.name] = entry
        return entry

    def unregister(self, name: str) -> None:
        """Take an entry out again (tests register their own)."""
        del self._entries[name]

    def __iter__(self) -> Iterator[E]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.name)))

    def __getitem__(self, name: str) -> E:
        return self._entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries)


registries: list["Registry[Any]"] = []


def autodiscover() -> None:
    """Import the registration files of every installed app."""
    autodiscover_modules(*{registry.module for registry in registries})
