"""Open work of a person, brought by each app that knows, and how it passes on to another: before a staff account closes.

An app registers its own in `handover.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.registry import Registry
from core.verbs import Actor


@dataclass(frozen=True, kw_only=True)
class HeldWork:
    """One thing that a person holds, in words, in which municipality (its key); `url` leads to it."""

    words: str
    municipality: int
    detail: str = ""
    url: str = ""


class HoldsWork(Protocol):
    """What a person holds now or will, in every municipality. One query."""

    def __call__(self, *, user: Any) -> Iterable[HeldWork]: ...


class PassOn(Protocol):
    """The verb that passes everything of a kind in a municipality on to another person, or lets it end when `to` is nobody.

    Returns how many. Raises Refused when that cannot be.
    """

    def __call__(self, *, user: Any, municipality: Any, to: Any, by: Actor) -> int: ...


@dataclass(frozen=True, kw_only=True)
class HandoverSource:
    """What an app lets people hold; `may_end` says that it may also end without anybody who goes on."""

    name: str
    title: str | Promise
    held: HoldsWork
    pass_on: PassOn
    may_end: bool = True
    order: int = 100


handover_sources: Registry[HandoverSource] = Registry(HandoverSource, "handover")


@dataclass(frozen=True)
class OpenWork:
    """What a person holds of one source."""

    source: HandoverSource
    held: Sequence[HeldWork]


def open_work(user: Any) -> list[OpenWork]:
    """Everything that a person holds, in order; one query a source."""
    found = (OpenWork(source, tuple(source.held(user=user))) for source in handover_sources)
    return [work for work in found if work.held]
