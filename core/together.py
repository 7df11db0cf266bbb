"""Rows of many apps in one query: a page asks the database as often with ten apps as with two."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, QuerySet, Value


def asked_together(querysets: Mapping[str, QuerySet[Any, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The `row` (a JSON object) of every row of the querysets, with the name of its queryset; one query, or none without any.

    A queryset keeps its own order and limit; what comes of it is not sorted against the others. In JSON a day and a time are text
    (ISO 8601).
    """
    named = [
        queryset.annotate(source=Value(name, output_field=CharField())).values_list("source", "row")
        for name, queryset in querysets.items()
    ]
    if not named:
        return []
    first, *others = named
    return list(first.union(*others, all=True) if others else first)
