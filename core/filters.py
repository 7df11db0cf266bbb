"""Filters: how an app narrows the lists of a lower one, registered in `filters.py`.

The list of areas is narrowed by service although `areas` knows no services.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """A choice in the address (`parameter`, "dienst") that narrows lists of `target` ("areas.area").

    `choices(municipality)` gives value and words, one query; `narrow(queryset, value)` adds the condition.
    """

    name: str
    target: str
    parameter: str
    title: str | Promise
    choices: Callable[[Any], Sequence[tuple[str, str]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]
    order: int = 100


list_filters: Registry[ListFilter] = Registry(ListFilter, "filters")


def filters_for(target: str) -> list[ListFilter]:
    """The filters on lists of a model, in order."""
    return [entry for entry in list_filters if entry.target == target]
