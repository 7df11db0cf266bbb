"""Everything that the page of a plan tells, in a fixed number of queries however many actions it has.

What there are few of (texts, versions, touchstones…) comes with the plan itself, as JSON; what there may be hundreds of (goals,
actions, news, steps) comes in one query each.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import cached_property

from areas.figures.aims import Known, Pair, known_of
from areas.models import Area, Municipality
from plans.models import (
    Action,
    Amount,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Milestone,
    News,
    Plan,
    PlanText,
    PlanVersion,
    ProgressEntry,
    Step,
    Touchstone,
)
from plans.standing import Heard, Standing, standing

Row = Mapping[str, Any]
WITH_ITS_OWN = Q(plan=OuterRef("pk"))


@dataclass(frozen=True)
class Money:
    """Money of the actions of a goal (None: of no goal) in a year; `spent` is None while nothing is known."""

    goal: int | None
    year: int
    kind: str
    planned: Decimal
    spent: Decimal | None


@dataclass
class Gathered:
    """A plan with all that its page tells."""

    plan: Plan
    today: dt.date
    goals: list[Goal]
    actions: list[Action]
    standings: dict[int, Standing]
    steps: dict[int, list[Step]]
    milestones: list[Milestone]
    money: list[Money]
    progress: dict[int | None, list[ProgressEntry]]
    figures: dict[int, list[GoalIndicator]]
    known: dict[Pair, list[Known]]
    texts: list[Row]
    versions: list[Row]
    impacts: list[Row]
    directions: list[Row]
    touchstones: list[Row]
    carries_out: list[Row]
    carried_out_by: list[Row]
    came_from: list[Row]

    def url_of(self, action: Action) -> str:
        """The page of one of its actions."""
        return f"{self.actions_url}{action.number}/"

    @cached_property
    def actions_url(self) -> str:
        """What the pages of its actions begin with: looked up once, not five hundred times."""
        return reverse("plans:action", args=[self.plan.slug, 0]).removesuffix("0/")

    @property
    def present(self) -> list[Action]:
        """The actions that did not go into another one."""
        return [action for action in self.actions if action.leads_to_id is None]


def readable(municipality: Municipality, user: Any) -> QuerySet[Plan]:
    """The plans that a person may read, with what stands around a plan."""
    return (
        Plan.objects.of(municipality)
        .visible_to(user)
        .select_related("municipality", "policy_field", "owner_team")
    )


def for_reading(municipality: Municipality, user: Any) -> QuerySet[Plan]:
    """The same, with all parts of which there are few."""
    others = Plan.objects.visible_to(user)
    below = others.filter(actions__carried_out_by__plan=OuterRef("pk"))
    above = others.filter(actions__carries_out__plan=OuterRef("pk"))
    return (
        readable(municipality, user)
        .prefetch_related(
            Prefetch("leads_to", others),
            Prefetch("areas", Area.objects.select_related("kind", "municipality").order_by("name"))
        )
        .annotate(
            its_texts=few(PlanText.objects.filter(WITH_ITS_OWN), "heading", "body"),
            its_versions=few(
                PlanVersion.objects.filter(WITH_ITS_OWN),
                "number", "body", "body_name", "decided_on", "decision_number", "note",
            ),
            its_impacts=few(Impact.objects.filter(WITH_ITS_OWN), "target_group", "effect", "known_by"),
            its_directions=few(
                Direction.objects.filter(WITH_ITS_OWN), "owns_framework", "has_power", "reason", "from_on"
            ),
            its_touchstones=few(
                Touchstone.objects.filter(WITH_ITS_OWN), "text", name=F("principle__name"), kind=F("principle__kind")
            ),
            its_plans_above=few(below.exclude(pk=OuterRef("pk")).distinct().order_by("name"), "name", "slug", "kind"),
            its_plans_below=few(above.exclude(pk=OuterRef("pk")).distinct().order_by("name"), "name", "slug", "kind"),
            its_origins=few(others.filter(leads_to=OuterRef("pk")), "name", "slug", "leads_how"),
        )
    )  # fmt: skip


def few(queryset: QuerySet[Any], *names: str, **named: Any) -> ArraySubquery:
    """Rows of which there are few, as JSON beside the row that they belong to."""
    return ArraySubquery(queryset.values(row=JSONObject(**{name: name for name in names}, **named)))


def gather(plan: Plan, user: Any, today: dt.date) -> Gathered:
    """All of a plan that came from `for_reading`."""
    goals = list(plan.goals.all())
    actions = list(
        plan.actions.annotate(
            team_name=F("team__name"), has_place=ExpressionWrapper(Q(geometry__isnull=False), BooleanField())
        )
        .defer("geometry", "text", "comment", "evaluation", "uuid", "updated_at")
        .order_by("number")
    )
    heard = heard_of(News.objects.filter(action__plan=plan))
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(action__plan=plan, done_on__isnull=True).defer("text", "updated_at"):
        steps[step.action_id].append(step)
    for action in actions:
        action.plan = plan
    progress: dict[int | None, list[ProgressEntry]] = defaultdict(list)
    for entry in plan.progress.filter(action__isnull=True):
        progress[entry.goal_id].append(entry)
    figures: dict[int, list[GoalIndicator]] = defaultdict(list)
    for figure in GoalIndicator.objects.filter(goal__plan=plan).select_related("indicator", "area"):
        figures[figure.goal_id].append(figure)
    given: Any = plan
    return Gathered(
        plan=plan,
        today=today,
        goals=goals,
        actions=actions,
        standings={
            action.pk: standing(
                action, plan, heard=heard.get(action.pk, Heard()), steps=steps.get(action.pk, ()), today=today
            )
            for action in actions
        },
        steps=steps,
        milestones=list(plan.milestones.all()),
        money=_money(plan),
        progress=progress,
        figures=figures,
        known=known_of((one.indicator, one.area) for of_goal in figures.values() for one in of_goal),
        texts=given.its_texts,
        versions=given.its_versions,
        impacts=given.its_impacts,
        directions=given.its_directions,
        touchstones=given.its_touchstones,
        carries_out=given.its_plans_above,
        carried_out_by=given.its_plans_below,
        came_from=given.its_origins,
    )


def heard_from(one: News) -> Heard:
    """What the latest of an action says: news with the "nothing changed" after it, or that alone."""
    if one.kind == News.Kind.UNCHANGED:
        return Heard(None, one)
    return Heard(one, getattr(one, "unchanged", None))


def heard_of(news: QuerySet[News]) -> dict[int, Heard]:
    """The latest that is heard of each action, by its key; one query."""
    latest = (
        news.filter(Q(kind=News.Kind.NEWS) | Q(kind=News.Kind.UNCHANGED, after__isnull=True))
        .select_related("unchanged")
        .order_by("action_id", "kind", "-on", "-pk")  # news before a "nothing changed" that stands alone
        .distinct("action_id")
    )
    return {one.action_id: heard_from(one) for one in latest}


def _money(plan: Plan) -> list[Money]:
    sums = (
        Amount.objects.filter(action__plan=plan, action__leads_to__isnull=True)
        .order_by("year")
        .values("action__goal", "year", "kind")
        .annotate(all_planned=Sum("planned"), all_spent=Sum("spent"))
        .values_list("action__goal", "year", "kind", "all_planned", "all_spent")
    )
    return [Money(*row) for row in sums]


def roots_of(goals: Iterable[Goal]) -> dict[int, int]:
    """For each goal the highest one above it, by their keys."""
    parents = {goal.pk: goal.parent_id for goal in goals}
    found: dict[int, int] = {}
    for start in parents:
        key = start
        while (above := parents[key]) is not None:
            key = above
        found[start] = key
    return found
