"""The plans, actions, milestones and assignments that are about an area, and what is agreed about area work there."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, npgettext

from areas.models import Area
from core.hanging import CountHanging, Hanging, HangingSource, counted, hanging_sources
from plans.actions.moving import move_actions, move_milestones, move_plans, move_tasks
from plans.models import Action, AreaOrganisation, GoalIndicator, Milestone, Plan


def _counting(model: type[Any], field: str = "areas") -> CountHanging:
    """Counts the rows of a model that name an area."""

    def count(*, keys: Collection[int]) -> QuerySet[Any, Any]:
        return counted(model._default_manager.all(), field, keys)

    return count


def tasks_of(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many challenges and assignments together name each area."""
    areas = Area.objects.filter(pk__in=keys).annotate(
        number=Count("challenges", distinct=True) + Count("assignments", distinct=True)
    )
    return areas.filter(number__gt=0).annotate(row=JSONObject(key="pk", number="number"))


def _source(
    name: str, title: str | Promise, count: CountHanging, words: Callable[[int], str], order: int, **more: Any
) -> None:
    def hanging(*, number: int) -> Hanging:
        return Hanging(number=number, words=words(number))

    hanging_sources.register(
        HangingSource(
            name=f"plans.{name}", target="areas.area", title=title, count=count, hanging=hanging, order=order, **more
        )
    )  # fmt: skip


_source(
    "plans", gettext_lazy("Plans"), _counting(Plan),
    lambda n: npgettext("what hangs on an area", "plan", "plans", n), 32, move=move_plans,
)  # fmt: skip
_source(
    "actions", gettext_lazy("Actions"), _counting(Action),
    lambda n: npgettext("what hangs on an area", "action", "actions", n), 33, move=move_actions,
)  # fmt: skip
_source(
    "milestones", gettext_lazy("Milestones"), _counting(Milestone),
    lambda n: npgettext("what hangs on an area", "milestone", "milestones", n), 34, move=move_milestones,
)  # fmt: skip
_source(
    "tasks", gettext_lazy("Challenges and assignments"), tasks_of,
    lambda n: npgettext("what hangs on an area", "assignment", "assignments", n), 35, move=move_tasks,
)  # fmt: skip
_source(
    "organisation", gettext_lazy("How area work is organised"), _counting(AreaOrganisation, "area"),
    lambda n: npgettext("what hangs on an area", "agreement", "agreements", n), 36,
    stays=gettext_lazy("What was agreed was agreed about this area; about another one it is agreed anew."),
)  # fmt: skip
_source(
    "figures", gettext_lazy("Aims in figures"), _counting(GoalIndicator, "area"),
    lambda n: npgettext("what hangs on an area", "aim", "aims", n), 37,
    stays=gettext_lazy("A figure is aimed for in the area that it is counted for."),
)  # fmt: skip
