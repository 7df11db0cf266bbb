"""Facts: figures that an app knows of many objects at once, for the rows of a list and the top of a page.

An app registers its own in `facts.py`; one query answers for a whole page of objects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure with its words: "3" and "work locations"; `beside` compares or explains, `url` leads to more."""

    figure: str
    words: str
    beside: str = ""
    url: str = ""
    is_example: bool = False


class FactsOf(Protocol):
    """A Fact of each object, by primary key; an object without one is left out. One query at most."""

    def __call__(self, *, objects: Sequence[Any], user: Any) -> Mapping[int, Fact]: ...


@dataclass(frozen=True, kw_only=True)
class FactSource:
    """What an app knows of objects of `target` ("areas.area")."""

    name: str
    target: str
    title: str | Promise
    facts: FactsOf
    order: int = 100


@dataclass(frozen=True)
class FactColumn:
    """A column of a list: its title and the fact of each object."""

    title: str | Promise
    by_pk: Mapping[int, Fact]


fact_sources: Registry[FactSource] = Registry(FactSource, "facts")


def fact_columns(objects: Sequence[Model], user: Any) -> list[FactColumn]:
    """A column for every source that knows something of objects like these."""
    if not objects:
        return []
    target = objects[0]._meta.label_lower
    return [
        FactColumn(source.title, source.facts(objects=objects, user=user))
        for source in fact_sources
        if source.target == target
    ]


def facts_of(obj: Model, user: Any) -> list[Fact]:
    """What every source knows of one object."""
    return [column.by_pk[obj.pk] for column in fact_columns([obj], user) if obj.pk in column.by_pk]
