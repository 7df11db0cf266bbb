"""Where what was merged or superseded leads: an old address goes on to what took its place."""

from typing import TypeVar

from plans.models import Action, Plan

Row = TypeVar("Row", Plan, Action)


def end_of(row: Row) -> Row:
    """What a plan or an action leads on to in the end: itself when it leads nowhere. One query a step."""
    seen = {row.pk}
    while row.leads_to_id is not None and row.leads_to_id not in seen:
        row = type(row)._default_manager.get(pk=row.leads_to_id)
        seen.add(row.pk)
    return row
