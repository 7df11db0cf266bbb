"""What an action tells of the actions of other plans: what it waits for, carries out and leads on to."""

from typing import Any

from django.db.models import Prefetch

from plans.models import Action


def told_of_others(user: Any, *names: str) -> list[Prefetch[Any]]:
    """What actions wait for, carry out and lead on to, as far as a person may read it; of a plan in the making nothing is told."""
    seen = Action.objects.visible_to(user).select_related("plan")
    return [Prefetch(name, seen) for name in names or ("needs", "carries_out", "leads_to")]
