"""The plans, actions, milestones and assignments that are about an area, and what is agreed about area work there."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, npgettext

from core.hanging import CountHanging, Hanging, HangingSource, hanging_sources
from plans.actions.moving import move_actions, move_milestones, move_plans, move_tasks
from plans.models import Action, AreaOrganisation, Assignment, Challenge, GoalIndicator, Milestone, Plan

Words = Callable[[int], str]


def _counting(words: Words, *models: type[Any], field: str = "areas") -> CountHanging:
    """Counts the rows of some models that name an area; one query a model."""

    def count(*, keys: Collection[int]) -> Mapping[int, Hanging]:
        found: dict[int, int] = {}
        for model in models:
            rows = model._default_manager.filter(**{f"{field}__in": keys}).order_by().values_list(field)
            for key, number in rows.annotate(Count("pk")):
                found[key] = found.get(key, 0) + number
        return {key: Hanging(number=number, words=words(number)) for key, number in found.items()}

    return count


def _source(name: str, title: str | Promise, count: CountHanging, order: int, **more: Any) -> None:
    hanging_sources.register(
        HangingSource(
            name=f"plans.{name}", target="areas.area", title=title, count=count, order=order, **more
        )
    )


_source(
    "plans", gettext_lazy("Plans"),
    _counting(lambda n: npgettext("what hangs on an area", "plan", "plans", n), Plan), 32, move=move_plans,
)  # fmt: skip
_source(
    "actions", gettext_lazy("Actions"),
    _counting(lambda n: npgettext("what hangs on an area", "action", "actions", n), Action), 33, move=move_actions,
)  # fmt: skip
_source(
    "milestones", gettext_lazy("Milestones"),
    _counting(lambda n: npgettext("what hangs on an area", "milestone", "milestones", n), Milestone), 34,
    move=move_milestones,
)  # fmt: skip
_source(
    "tasks", gettext_lazy("Challenges and assignments"),
    _counting(lambda n: npgettext("what hangs on an area", "assignment", "assignments", n), Challenge, Assignment), 35,
    move=move_tasks,
)  # fmt: skip
_source(
    "organisation", gettext_lazy("How area work is organised"),
    _counting(
        lambda n: npgettext("what hangs on an area", "agreement", "agreements", n), AreaOrganisation, field="area"
    ), 36,
    stays=gettext_lazy("What was agreed was agreed about this area; about another one it is agreed anew."),
)  # fmt: skip
_source(
    "figures", gettext_lazy("Aims in figures"),
    _counting(lambda n: npgettext("what hangs on an area", "aim", "aims", n), GoalIndicator, field="area"), 37,
    stays=gettext_lazy("A figure is aimed for in the area that it is counted for."),
)  # fmt: skip
