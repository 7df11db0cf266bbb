"""What hangs on an object that may go, or is about to, brought by each app that knows; one query a source for many objects.

An app registers its own in `hanging.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.registry import Registry
from core.verbs import Actor


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """How many of something hang on one object, with its words ("3", "teams").

    `is_bound` is False for what only happens to lie there and falls to another object by itself. What is about to hang there
    (`is_coming`: an invitation, a draft) counts as well.
    """

    number: int
    words: str
    is_bound: bool = True
    is_coming: bool = False


class CountHanging(Protocol):
    """Counts what hangs on some objects, by primary key; an object without any is left out. One query."""

    def __call__(self, *, keys: Collection[int]) -> Mapping[int, Hanging]: ...


class MoveHanging(Protocol):
    """The verb that hangs everything of a kind on another object; returns how many. Raises Refused when that cannot be."""

    def __call__(self, *, keys: Collection[int], to: int, by: Actor) -> int: ...


class MayMove(Protocol):
    """Whether a person may let this move from an object."""

    def __call__(self, *, user: Any, obj: Any) -> bool: ...


def anybody(*, user: Any, obj: Any) -> bool:
    """The default of who may: whoever may move anything from there."""
    return True


@dataclass(frozen=True, kw_only=True)
class HangingSource:
    """What an app hangs on objects of `target` ("areas.area").

    Without `move` it stays where it is; `stays` says why.
    """

    name: str
    target: str
    title: str | Promise
    count: CountHanging
    move: MoveHanging | None = None
    may_move: MayMove = anybody
    stays: str | Promise = ""
    order: int = 100

    @property
    def moves(self) -> bool:
        """Whether it can go to another object at all."""
        return self.move is not None


hanging_sources: Registry[HangingSource] = Registry(HangingSource, "hanging")


@dataclass(frozen=True)
class Found:
    """What one source hangs on one object."""

    source: HangingSource
    hanging: Hanging


def found_on(target: str, key: int) -> list[Found]:
    """What every source hangs on one object, with the source; for who decides what becomes of it."""
    counted = ((source, source.count(keys=[key])) for source in hanging_sources if source.target == target)
    return [Found(source, by_key[key]) for source, by_key in counted if key in by_key]


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
