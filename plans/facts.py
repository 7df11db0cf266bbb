"""How many actions of plans that run an area has, for lists of areas and the top of an area's page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy, ngettext

from areas.models import Area
from core.facts import Fact, FactSource, fact_sources
from plans.models import Action, ActionArea, Plan, PlanArea


def actions_in(*, objects: Sequence[Any], user: Any) -> QuerySet[Any, Any]:
    """The number of actions that go on for each area by name, of its plans or of their own; an area without any is left out."""
    going = Action.objects.unfinished().filter(plan__in=Plan.objects.running())
    own = ActionArea.objects.filter(action=OuterRef("pk"))
    here = Exists(own.filter(area=OuterRef(OuterRef("pk"))))
    by_plan = ~Exists(own) & Exists(
        PlanArea.objects.filter(plan=OuterRef("plan"), area=OuterRef(OuterRef("pk")))
    )
    counted = (
        going.filter(here | by_plan)
        .order_by()
        .annotate(all=Value(1))
        .values("all")
        .annotate(number=Count("pk"))
    )
    areas = Area.objects.filter(pk__in=[area.pk for area in objects])
    found = areas.annotate(number=Subquery(counted.values("number"))).filter(number__gt=0)
    return found.annotate(row=JSONObject(key="pk", number="number"))


def actions_here(*, obj: Any, number: int) -> Fact:
    """How many there are, and where they are told on the page of the area."""
    words = ngettext("action", "actions", number)
    return Fact(figure=str(number), words=words, url=f"{obj.get_absolute_url()}#plans-here")


fact_sources.register(
    FactSource(
        name="plans.actions",
        target="areas.area",
        title=gettext_lazy("Actions"),
        count=actions_in,
        fact=actions_here,
        order=60,
    )
)
