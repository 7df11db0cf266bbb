"""Goals in a tree, what they are for, and the figures by which they are known."""

import uuid
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from areas.models import Area, Indicator
from areas.models.where import Where
from core.dates import WhenField
from core.history import tracked
from core.personal import Personal
from plans.models.plan import Plan

if TYPE_CHECKING:
    from plans.models.action import Action

MOST_LEVELS = 8  # of goals under each other; a multi-year plan has three

# No goal lies in itself, however deep, nor in the goal of another plan.
IN_ITS_OWN_PLAN = """
IF NEW.parent_id IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM plans_goal WHERE id = NEW.parent_id AND plan_id = NEW.plan_id) THEN
        RAISE check_violation USING MESSAGE = 'the goal above is of another plan', CONSTRAINT = 'goal_of_one_plan';
    END IF;
    IF EXISTS (
        WITH RECURSIVE above (id, parent_id) AS (
            SELECT id, parent_id FROM plans_goal WHERE id = NEW.parent_id
            UNION
            SELECT goal.id, goal.parent_id FROM plans_goal goal JOIN above ON goal.id = above.parent_id
        )
        SELECT FROM above WHERE id = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'a goal below itself', CONSTRAINT = 'goal_not_below_itself';
    END IF;
END IF;
RETURN NEW;
"""


class Body(models.TextChoices):
    """Who passes a goal or an action of a Flemish multi-year plan."""

    MUNICIPALITY = "municipality", gettext_lazy("municipality")
    OCMW = "ocmw", gettext_lazy("OCMW")


def passed_by_field() -> "ArrayField[list[str], list[str]]":
    """By which of the two a goal or an action is passed; both is common."""
    return ArrayField(
        models.CharField(max_length=12, choices=Body.choices),
        verbose_name=gettext_lazy("passed by"),
        default=list,
        blank=True,
    )


@tracked()
class Goal(models.Model):
    """What a plan wants to reach. Its code is unique within the plan; another plan gives the same code another meaning."""

    class Level(models.TextChoices):
        STRATEGIC = "sd", gettext_lazy("strategic goal")
        POLICY = "bd", gettext_lazy("policy goal")
        ACTION_PLAN = "ap", gettext_lazy("action plan")
        GOAL = "goal", gettext_lazy("goal")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals", verbose_name=gettext_lazy("plan"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=gettext_lazy("lies under"),
    )
    level = models.CharField(gettext_lazy("level"), max_length=4, choices=Level.choices, default=Level.GOAL)
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)
    code = models.CharField(
        gettext_lazy("code"),
        max_length=30,
        blank=True,
        help_text=gettext_lazy("As the planning software writes it: BD000012."),
    )
    external_code = models.CharField(
        gettext_lazy("external reporting code"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("Ties it to Flemish policy or a subsidy."),
    )
    name = models.CharField(gettext_lazy("in short"), max_length=250)
    text = models.TextField(gettext_lazy("in full"), blank=True)
    comment = models.TextField(gettext_lazy("comment"), blank=True)
    evaluation = models.TextField(gettext_lazy("evaluation"), blank=True)
    passed_by = passed_by_field()
    is_priority = models.BooleanField(gettext_lazy("priority"), default=False)
    weight = models.PositiveSmallIntegerField(
        gettext_lazy("weight"),
        default=1,
        validators=[MaxValueValidator(1000)],
        help_text=gettext_lazy("How much it counts in the progress of what it lies under."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(
        impersonal=("code", "external_code", "name", "passed_by"), mentions=("text", "comment", "evaluation")
    )

    class Meta:
        verbose_name = gettext_lazy("goal")
        verbose_name_plural = gettext_lazy("goals")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                condition=~Q(code=""),
                name="goal_code_unique_in_plan",
                violation_error_message=gettext_lazy("Another goal of this plan has this code already."),
            ),
            models.CheckConstraint(
                condition=Q(weight__lte=1000),
                name="goal_weight_in_bounds",
                violation_error_message=gettext_lazy("A weight is at most 1000."),
            ),
            models.CheckConstraint(
                condition=Q(passed_by__contained_by=Body.values),
                name="goal_passed_by_known_bodies",
                violation_error_message=gettext_lazy("Only the municipality and the OCMW pass it."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_its_own_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=IN_ITS_OWN_PLAN,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its place on the page of its plan."""
        return f"{self.plan.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The word of its place on the page."""
        return f"doel-{self.pk}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class Impact(models.Model):
    """What a plan changes for a group of people, and how one will know (development paths; seed 001)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="impacts", verbose_name=gettext_lazy("plan"))
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)
    target_group = models.CharField(gettext_lazy("for whom"), max_length=120)
    effect = models.TextField(gettext_lazy("what changes for them"))
    known_by = models.TextField(gettext_lazy("how we will know"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(impersonal=("target_group", "effect", "known_by"))

    class Meta:
        verbose_name = gettext_lazy("impact")
        verbose_name_plural = gettext_lazy("impacts")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.target_group}: {self.effect}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class GoalIndicator(models.Model):
    """The figure by which a goal is known: where it began, where it should be and when. What it is now comes from `areas`.

    With an `action`, the figure measures the progress of that action.
    """

    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="indicators", verbose_name=gettext_lazy("goal")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="goal_indicators", verbose_name=gettext_lazy("figure")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="goal_indicators", verbose_name=gettext_lazy("area")
    )
    action: "models.ForeignKey[Action | None, Action | None]" = models.ForeignKey(
        "plans.Action",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=gettext_lazy("measures this action"),
    )
    baseline = models.DecimalField(
        gettext_lazy("at the start"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    baseline_when = WhenField(gettext_lazy("the start was"), blank=True)
    target = models.DecimalField(gettext_lazy("aim"), max_digits=20, decimal_places=6)
    target_when = WhenField(gettext_lazy("by"), blank=True)
    target_set_on = models.DateField(gettext_lazy("aim set on"))
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="goal")
    personal: ClassVar[Personal] = Personal(impersonal=("baseline_when", "target_when"))

    class Meta:
        verbose_name = gettext_lazy("figure of a goal")
        verbose_name_plural = gettext_lazy("figures of goals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator", "area"],
                name="goalindicator_once",
                violation_error_message=gettext_lazy("This figure belongs to the goal already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} by {self.indicator_id}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class ProgressEntry(models.Model):
    """What was aimed for and what was done in a period, of a plan, a goal or an action ("bereiken? gedaan?", seed 004)."""

    class State(models.TextChoices):
        ON_COURSE = "on_course", gettext_lazy("on course")
        AT_RISK = "at_risk", gettext_lazy("at risk")
        STOPPED = "stopped", gettext_lazy("stopped")
        REACHED = "reached", gettext_lazy("reached")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="progress", verbose_name=gettext_lazy("plan"))
    goal = models.ForeignKey(
        Goal,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=gettext_lazy("goal"),
    )
    action: "models.ForeignKey[Action | None, Action | None]" = models.ForeignKey(
        "plans.Action",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=gettext_lazy("action"),
    )
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(gettext_lazy("until"))
    aimed = models.TextField(gettext_lazy("what we wanted to reach"))
    done = models.TextField(gettext_lazy("what was done"), blank=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.ON_COURSE
    )
    needed = models.TextField(gettext_lazy("what is needed"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(mentions=("aimed", "done", "needed"))

    class Meta:
        verbose_name = gettext_lazy("progress")
        verbose_name_plural = gettext_lazy("progress")
        ordering = ["first_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "goal", "action", "first_on"],
                nulls_distinct=False,
                name="progress_once_a_period",
                violation_error_message=gettext_lazy("The progress of this period is there already."),
            ),
            models.CheckConstraint(
                condition=Q(goal__isnull=True) | Q(action__isnull=True),
                name="progress_of_one_thing",
                violation_error_message=gettext_lazy(
                    "Progress is of the plan, of one goal or of one action."
                ),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="progress_ends_after_it_starts",
                violation_error_message=gettext_lazy("A period ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on}–{self.last_on}"

    @property
    def of(self) -> "Plan | Goal | Action":
        """Whose progress it is."""
        return self.action or self.goal or self.plan

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
