"""The plans on which a colleague works by name."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from core.handover import HandoverSource, HeldWork, handover_sources
from plans.actions.handover import pass_on_plans
from plans.models import PlanPerson


def plans(*, user: Any) -> Iterator[HeldWork]:
    """Plans that the person edits or publishes."""
    for one in PlanPerson.objects.filter(user=user).select_related("plan"):
        yield HeldWork(
            words=one.plan.name,
            detail=str(one.get_may_display()),
            municipality=one.plan.municipality_id,
        )


handover_sources.register(
    HandoverSource(
        name="plans.people", title=gettext_lazy("Works on plans"), held=plans, pass_on=pass_on_plans, order=40
    )
)
