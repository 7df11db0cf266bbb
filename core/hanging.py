"""What hangs on an object that may go, or is about to, brought by each app that knows; one query for many objects and all apps.

An app registers its own in `hanging.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Count, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise

from core.registry import Registry
from core.together import asked_together
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
    """A queryset with `row`, a JSON object, of each of some objects on which something hangs: its primary key as `key`, and the
    `number`; `counted` makes it of the things themselves."""

    def __call__(self, *, keys: Collection[int]) -> QuerySet[Any, Any]: ...


class HangingOf(Protocol):
    """A number of what hangs, in words."""

    def __call__(self, *, number: int) -> Hanging: ...


def counted(things: QuerySet[Any, Any], field: str, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many things hang on each object by a field, as a source counts them."""
    grouped = things.filter(**{f"{field}__in": keys}).order_by().values(field).annotate(number=Count("pk"))
    rows: QuerySet[Any, Any] = grouped.annotate(row=JSONObject(key=field, number="number"))
    return rows


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
    hanging: HangingOf
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
    return _found(target, [key]).get(key, [])


def hanging_on(target: str, keys: Collection[int]) -> dict[int, list[Hanging]]:
    """Everything that hangs on some objects, by primary key; an object on which nothing hangs is left out."""
    return {key: [one.hanging for one in found] for key, found in _found(target, keys).items()}


def _found(target: str, keys: Collection[int]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = {}
    sources = {source.name: source for source in hanging_sources if source.target == target}
    if not keys:
        return found
    rows = asked_together({name: source.count(keys=keys) for name, source in sources.items()})
    for name, row in sorted(rows, key=lambda one: list(sources).index(one[0])):
        hanging = sources[name].hanging(number=row["number"])
        found.setdefault(row["key"], []).append(Found(sources[name], hanging))
    return found
