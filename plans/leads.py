"""What an action tells of the actions of other plans: what it waits for, carries out and leads on to."""

from typing import Any

from django.db.models import Prefetch

from plans.models import ActionQuerySet


def told_of_others(seen: ActionQuerySet, *names: str) -> list[Prefetch[Any]]:
    """What actions wait for, carry out and lead on to, among those that a person may read (`seen`); of others nothing is told."""
    rows = seen.select_related("plan")
    return [Prefetch(name, rows) for name in names or ("needs", "carries_out", "leads_to")]
