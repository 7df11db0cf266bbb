"""Where what was merged or superseded leads: an old address goes on to what took its place; and what is told of other plans."""

from typing import Any, TypeVar

from django.db.models import Prefetch

from plans.models import Action, Plan

Row = TypeVar("Row", Plan, Action)


def end_of(row: Row) -> Row:
    """What a plan or an action leads on to in the end: itself when it leads nowhere. One query a step."""
    seen = {row.pk}
    while row.leads_to_id is not None and row.leads_to_id not in seen:
        row = type(row)._default_manager.get(pk=row.leads_to_id)
        seen.add(row.pk)
    return row


def told_of_others(user: Any, *names: str) -> list[Prefetch[Any]]:
    """What actions wait for, carry out and lead on to, as far as a person may read it; of a plan in the making nothing is told."""
    seen = Action.objects.visible_to(user).select_related("plan")
    return [Prefetch(name, seen) for name in names or ("needs", "carries_out", "leads_to")]
