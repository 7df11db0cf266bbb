"""The list of plans: each with how many of its actions are how far, on the page and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from plans.looks import with_look
from plans.models import Action, Plan, PlanQuerySet, PlanVersion

NAMES = (
    "naam", "soort", "gebieden", "stand", "van", "tot", "beleidsveld", "trekker", "vastgesteld_op", "acties",
    "acties_gedaan", "acties_slapend", "adres",
)  # fmt: skip
SEPARATOR = "; "


def with_counts(plans: PlanQuerySet) -> PlanQuerySet:
    """Plans with the names of their areas, when they were adopted, and how many actions they have, are done and are asleep."""
    here = Action.objects.filter(plan=OuterRef("pk"), leads_to__isnull=True).order_by()
    present = with_look(here, timezone.localdate())
    counted = present.values("plan").annotate(
        all=Count("pk"),
        done=Count("pk", filter=Q(phase=Action.Phase.DONE)),
        begun=Count("pk", filter=Q(phase__in=(Action.Phase.PREPARING, Action.Phase.DOING))),
        asleep=Count("pk", filter=Q(look="asleep")),
    )
    adopted = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("number")
    areas = Plan.objects.filter(pk=OuterRef("pk")).order_by()
    return plans.select_related("policy_field", "owner_team").annotate(
        area_names=Subquery(
            areas.annotate(joined=StringAgg("areas__name", SEPARATOR, ordering="areas__name")).values(
                "joined"
            )
        ),
        counts=ArraySubquery(
            counted.values(row=JSONObject(all="all", done="done", begun="begun", asleep="asleep"))
        ),
        adopted_on=Subquery(adopted.values("decided_on")[:1]),
    )


@dataclass(frozen=True)
class ListedPlan:
    """A plan in the list: how many actions it has, how many are done, also in percents, and of how many nothing was heard."""

    plan: Plan
    all: int
    done: int
    asleep: int

    @property
    def part(self) -> float:
        """What is done, in percents."""
        return 100 * self.done / self.all if self.all else 0.0


def listed(plans: Sequence[Plan]) -> list[ListedPlan]:
    """The plans of a page of the list."""
    return [
        ListedPlan(plan, counts["all"], counts["done"], counts["asleep"])
        for plan, counts in ((plan, counts_of(plan)) for plan in plans)
    ]


def counts_of(plan: Any) -> dict[str, int]:
    """How many actions a plan of `with_counts` has, are done, have begun and are asleep."""
    return plan.counts[0] if plan.counts else {"all": 0, "done": 0, "begun": 0, "asleep": 0}


def row_of(plan: Any) -> Sequence[object]:
    """A line of the file."""
    counts = counts_of(plan)
    return (
        plan.name, plan.get_kind_display(), plan.area_names or "", plan.get_stage_display(), plan.first_on, plan.last_on,
        plan.policy_field.name if plan.policy_field else "", plan.owner_team.name if plan.owner_team else "",
        plan.adopted_on, counts["all"], counts["done"], counts["asleep"], plan.get_absolute_url(),
    )  # fmt: skip
