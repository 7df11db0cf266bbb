"""Facts: what an app counts of many objects at once, for the rows of a list and the top of a page.

An app registers its own in `facts.py`; one query answers for a whole page of objects, of all apps together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from core.registry import Registry
from core.together import asked_together


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure with its words: "3" and "work locations"; `beside` compares or explains, `url` leads to more."""

    figure: str
    words: str
    beside: str = ""
    url: str = ""
    is_example: bool = False


class CountOf(Protocol):
    """A queryset with `row` of each object that has a fact: a JSON object with its primary key as `key` and the `number`."""

    def __call__(self, *, objects: Sequence[Any], user: Any) -> QuerySet[Any, Any]: ...


class FactOf(Protocol):
    """The number of an object in words."""

    def __call__(self, *, obj: Any, number: int) -> Fact: ...


@dataclass(frozen=True, kw_only=True)
class FactSource:
    """What an app counts of objects of `target` ("areas.area")."""

    name: str
    target: str
    title: str | Promise
    count: CountOf
    fact: FactOf
    order: int = 100


@dataclass(frozen=True)
class FactColumn:
    """A column of a list: its title and the fact of each object."""

    title: str | Promise
    by_pk: Mapping[int, Fact]


fact_sources: Registry[FactSource] = Registry(FactSource, "facts")


def fact_columns(objects: Sequence[Model], user: Any) -> list[FactColumn]:
    """A column for every source that knows something of objects like these; one query for all of them."""
    if not objects:
        return []
    known = {obj.pk: obj for obj in objects}
    sources = [source for source in fact_sources if source.target == objects[0]._meta.label_lower]
    found: dict[str, dict[int, Fact]] = {source.name: {} for source in sources}
    asked = {source.name: source.count(objects=objects, user=user) for source in sources}
    facts = {source.name: source.fact for source in sources}
    for name, row in asked_together(asked):
        found[name][row["key"]] = facts[name](obj=known[row["key"]], number=row["number"])
    return [FactColumn(source.title, found[source.name]) for source in sources]


def facts_of(obj: Model, user: Any) -> list[Fact]:
    """What every source knows of one object."""
    return [column.by_pk[obj.pk] for column in fact_columns([obj], user) if obj.pk in column.by_pk]
