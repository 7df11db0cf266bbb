"""Filters: how an app narrows the lists of a lower one, registered in `filters.py`.

The list of areas is narrowed by service although `areas` knows no services.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.registry import Registry


class FilterChoices(Protocol):
    """What can be chosen in a municipality: values with their words; one query."""

    def __call__(self, *, municipality: Any) -> Sequence[tuple[str, str]]: ...


class Narrow(Protocol):
    """The rows for which a choice holds."""

    def __call__(self, *, queryset: QuerySet[Any], value: str) -> QuerySet[Any]: ...


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """A choice in the address (`parameter`, "dienst") that narrows lists of `target` ("areas.area")."""

    name: str
    target: str
    parameter: str
    title: str | Promise
    choices: FilterChoices
    narrow: Narrow
    order: int = 100


list_filters: Registry[ListFilter] = Registry(ListFilter, "filters")


def filters_for(target: str) -> list[ListFilter]:
    """The filters on lists of a model, in order."""
    return [entry for entry in list_filters if entry.target == target]
