"""What plans hang on an area goes to another one, when theirs is gone."""

from collections.abc import Collection
from typing import Any

from areas.models import Area
from core.history import because
from core.verbs import Actor, locked, require, verb
from plans.models import Action, Assignment, Challenge, Milestone, Plan


@verb
def move_plans(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the plans about some areas be about another one instead."""
    return _moved(Plan, keys, to, by=by)


@verb
def move_actions(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the actions for some areas be for another one instead; what is drawn stays where it is."""
    return _moved(Action, keys, to, by=by)


@verb
def move_milestones(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the milestones of some areas be of another one instead."""
    return _moved(Milestone, keys, to, by=by)


@verb
def move_tasks(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the challenges and assignments in some areas be in another one instead."""
    return _moved(Challenge, keys, to, by=by) + _moved(Assignment, keys, to, by=by)


def _moved(model: type[Any], keys: Collection[int], to: int, *, by: Actor) -> int:
    area = locked(Area(pk=to))
    require("areas.change_area", area, by=by)
    rows = {row.pk: row for row in model.objects.select_for_update().filter(areas__in=keys).order_by("pk")}
    with because("plans.moved", by=by, area=str(area.uuid)):
        for row in rows.values():
            row.areas.remove(*keys)
            row.areas.add(area)
    return len(rows)
