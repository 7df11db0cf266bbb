"""How many actions of plans that run an area has, for lists of areas and the top of an area's page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from core.facts import Fact, FactSource, fact_sources
from plans.models import Action, Plan


def actions_in(*, objects: Sequence[Any], user: Any) -> Mapping[int, Fact]:
    """The number of actions that go on for each area by name, of its plans or of their own; an area without any is left out."""
    keys = {area.pk: area for area in objects}
    going = Action.objects.unfinished().filter(plan__in=Plan.objects.running())
    rows = going.filter(Q(areas__in=keys) | Q(areas__isnull=True, plan__areas__in=keys))
    # An action of several areas and a plan of several: each pair once.
    pairs = {(key, own or by_plan) for key, own, by_plan in rows.values_list("pk", "areas", "plan__areas")}
    counted = Counter(area for _key, area in pairs)
    return {
        key: Fact(
            figure=str(number), words=ngettext("action", "actions", number),
            url=f"{keys[key].get_absolute_url()}#plans-here",
        )
        for key, number in counted.items() if key in keys
    }  # fmt: skip


fact_sources.register(
    FactSource(
        name="plans.actions",
        target="areas.area",
        title=gettext_lazy("Actions"),
        facts=actions_in,
        order=60,
    )
)
