"""Registries: how an upper app shows itself on the pages of a lower one without the lower one knowing.

An app registers its entries in one small file named after the registry (`panels.py`, `layers.py`, `search.py`, `calendar.py`,
`jobs.py`), which is imported at start-up. A wrong registration stops the start and says what is wrong.

What an entry does are functions that are called with keywords only. The entry types each with a protocol, and the registry holds
the parameters of the function against it, so that a misspelled or forgotten one is found at the start and not on a page.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Generic, Protocol, TypeVar, get_args, get_type_hints

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
        """Add an entry; raises RegistrationError when it has the wrong type, name or functions, or was there already."""
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
        for field, names in functions_of(self.kind).items():
            function = getattr(entry, field)
            if function is not None and (fault := signature_fault(function, names)):
                asked = ", ".join(sorted(names))
                raise RegistrationError(
                    f"{expected} {entry.name!r}: {field} {fault}; it is called as {field}({asked}), with keywords only"
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

    def get(self, name: str) -> E | None:
        """The entry of a name; None when no app registers it (any more)."""
        return self._entries.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries)


@cache
def functions_of(kind: type[Any]) -> dict[str, frozenset[str]]:
    """The fields of an entry that a protocol types, each with the keywords by which it is called."""
    found = {}
    for field, hint in get_type_hints(kind).items():
        for one in (hint, *get_args(hint)):
            if getattr(one, "_is_protocol", False) and "__call__" in vars(one):
                names = list(inspect.signature(one.__call__).parameters)
                found[field] = frozenset(names[1:])
    return found


def signature_fault(function: Callable[..., Any], names: frozenset[str]) -> str:
    """What is wrong with the parameters of a function that is to be called with these keywords; empty when nothing is."""
    parameters = inspect.signature(function).parameters.values()
    named = {one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY}
    takes_any = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters)
    for one in parameters:
        if one.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD):
            return f"takes {one.name!r} by its place"
        if one.name in named - names and one.default is inspect.Parameter.empty:
            return f"asks for {one.name!r}, which it does not get"
    missing = sorted(names - named)
    return f"does not take {missing[0]!r}" if missing and not takes_any else ""


registries: list["Registry[Any]"] = []


def autodiscover() -> None:
    """Import the registration files of every installed app."""
    autodiscover_modules(*{registry.module for registry in registries})
