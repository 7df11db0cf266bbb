"""What hangs on an object that may go, or is about to, brought by each app that knows; one query a source for many objects.

An app registers its own in `hanging.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """How many of something hang on one object, with its words ("3", "teams").

    `is_bound` is False for what only happens to lie there and falls to another object by itself.
    """

    number: int
    words: str
    is_bound: bool = True


class CountHanging(Protocol):
    """Counts what hangs on some objects, by primary key; an object without any is left out. One query."""

    def __call__(self, *, keys: Collection[int]) -> Mapping[int, Hanging]: ...


@dataclass(frozen=True, kw_only=True)
class HangingSource:
    """What an app hangs on objects of `target` ("areas.area")."""

    name: str
    target: str
    title: str | Promise
    count: CountHanging
    order: int = 100


hanging_sources: Registry[HangingSource] = Registry(HangingSource, "hanging")


def hanging_on(target: str, keys: Collection[int]) -> dict[int, list[Hanging]]:
    """Everything that hangs on some objects, by primary key; an object on which nothing hangs is left out."""
    found: dict[int, list[Hanging]] = {}
    if not keys:
        return found
    for source in hanging_sources:
        if source.target == target:
            for key, hanging in source.count(keys=keys).items():
                found.setdefault(key, []).append(hanging)
    return found
