"""Actions: what is done for a goal, where, by whom, when and for how much, and what is heard of it."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.contrib.gis.db import models
from django.core.validators import MaxValueValidator
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models import Area, AreaShape, Municipality
from areas.models.where import Where
from core.dates import WhenField
from core.history import tracked
from core.personal import Personal
from plans.models.goal import Body, Goal, passed_by_field
from plans.models.plan import Plan
from workplaces.models import Team

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from plans.models.around import ActionParty, Amount, Dependency
    from plans.models.news import News, Step

GOAL_OF_ITS_PLAN = """
IF NEW.goal_id IS NOT NULL AND NOT EXISTS (SELECT FROM plans_goal WHERE id = NEW.goal_id AND plan_id = NEW.plan_id) THEN
    RAISE check_violation USING MESSAGE = 'the goal is of another plan', CONSTRAINT = 'action_goal_of_its_plan';
END IF;
RETURN NEW;
"""


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, in the words of those who follow them."""

    def of(self, municipality: Municipality | int) -> "ActionQuerySet":
        """Those of a municipality."""
        return self.filter(plan__municipality=municipality)

    def visible_to(self, user: Any) -> "ActionQuerySet":
        """Those of the plans that a person may read."""
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def present(self) -> "ActionQuerySet":
        """Those that did not go into another one."""
        return self.filter(leads_to__isnull=True)

    def unfinished(self) -> "ActionQuerySet":
        """Those that are neither done nor stopped, of plans that go on."""
        return self.present().exclude(phase=Action.Phase.DONE).exclude(set_state__in=("stopped", "reached"))

    def in_area(self, area: Area) -> "ActionQuerySet":
        """Those for an area by name, those of its plans that name no area of their own, and those drawn (partly) in it."""
        named = Exists(ActionArea.objects.filter(action=OuterRef("pk"), area=area))
        own = Exists(ActionArea.objects.filter(action=OuterRef("pk")))
        by_plan = ~own & Q(geometry__isnull=True) & Q(plan__in=Plan.objects.in_area(area))
        shape = AreaShape.objects.in_force().filter(area=area, geom__intersects=OuterRef("geometry"))
        return self.filter(named | by_plan | (Q(geometry__isnull=False) & Exists(shape)))


@tracked(exclude=["geometry"])
class Action(models.Model):
    """What is done: its phase says how far it is, its state whether that is all right.

    The state is derived from dates, steps and news (`plans.standing`), or set by hand with a reason that the public reads.
    """

    class Kind(models.TextChoices):
        ACTION = "action", gettext_lazy("action")
        PRODUCT = "product", gettext_lazy("product")

    class Phase(models.TextChoices):
        NOT_STARTED = "not_started", gettext_lazy("not started")
        PREPARING = "preparing", gettext_lazy("preparing")
        DOING = "doing", gettext_lazy("doing")
        DONE = "done", pgettext_lazy("phase", "done")

    class State(models.TextChoices):
        ON_COURSE = "on_course", gettext_lazy("on course")
        AT_RISK = "at_risk", gettext_lazy("at risk")
        STOPPED = "stopped", gettext_lazy("stopped")
        REACHED = "reached", gettext_lazy("reached")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions", verbose_name=gettext_lazy("plan"))
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=gettext_lazy("goal"),
    )
    number = models.PositiveIntegerField(
        gettext_lazy("number"), help_text=gettext_lazy("In its plan; never given to another one.")
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=8, choices=Kind.choices, default=Kind.ACTION)
    code = models.CharField(gettext_lazy("code"), max_length=30, blank=True)
    external_code = models.CharField(gettext_lazy("external reporting code"), max_length=60, blank=True)
    name = models.CharField(gettext_lazy("in short"), max_length=250)
    text = models.TextField(gettext_lazy("in full"), blank=True)
    comment = models.TextField(gettext_lazy("comment"), blank=True)
    evaluation = models.TextField(gettext_lazy("evaluation"), blank=True)
    passed_by = passed_by_field()
    is_priority = models.BooleanField(gettext_lazy("priority"), default=False)
    when = WhenField(
        gettext_lazy("when"),
        blank=True,
        help_text=gettext_lazy(
            "As precisely as you know: spring 2027, from 2028, October 2026 to the end of 2028."
        ),
    )
    phase = models.CharField(
        gettext_lazy("how far"), max_length=12, choices=Phase.choices, default=Phase.NOT_STARTED
    )
    done_percent = models.PositiveSmallIntegerField(
        gettext_lazy("done, in %"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=gettext_lazy("Empty: follows from how far it is."),
    )
    weight = models.PositiveSmallIntegerField(
        gettext_lazy("weight"),
        default=1,
        validators=[MaxValueValidator(1000)],
        help_text=gettext_lazy("How much it counts in the progress of its goal."),
    )
    set_state = models.CharField(
        gettext_lazy("state, set by hand"), max_length=10, choices=State.choices, blank=True
    )
    set_state_reason = models.TextField(gettext_lazy("why, in public"), blank=True)
    set_state_on = models.DateField(gettext_lazy("set on"), null=True, blank=True)
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=gettext_lazy("team"),
    )
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area,
        blank=True,
        related_name="actions",
        verbose_name=gettext_lazy("areas"),
        help_text=gettext_lazy("None: those of the plan."),
    )
    geometry = models.GeometryField(gettext_lazy("place on the map"), srid=4326, null=True, blank=True)
    place = models.CharField(gettext_lazy("the place in words"), max_length=120, blank=True)
    is_approximate = models.BooleanField(gettext_lazy("place is approximate"), default=False)
    carries_out = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_out_by",
        verbose_name=gettext_lazy("carries out"),
        help_text=gettext_lazy("An action of the multi-year plan."),
    )
    leads_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name=gettext_lazy("leads on to"),
    )
    leads_how = models.CharField(
        gettext_lazy("how it leads on"), max_length=10, choices=Plan.Leads.choices, blank=True
    )
    needs: "models.ManyToManyField[Action, Dependency]" = models.ManyToManyField(
        "self",
        through="plans.Dependency",
        symmetrical=False,
        related_name="needed_by",
        verbose_name=gettext_lazy("waits for"),
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ActionQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: "RelatedManager[Step]"
        news: "RelatedManager[News]"
        amounts: "RelatedManager[Amount]"
        parties: "RelatedManager[ActionParty]"
        dependencies: "RelatedManager[Dependency]"

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(
        impersonal=("code", "external_code", "name", "passed_by", "when", "place"),
        mentions=("text", "comment", "evaluation", "set_state_reason"),
    )

    class Meta:
        verbose_name = gettext_lazy("action")
        verbose_name_plural = gettext_lazy("actions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="action_number_unique_in_plan",
                violation_error_message=gettext_lazy("Another action of this plan has this number already."),
            ),
            models.UniqueConstraint(
                fields=["plan", "code"],
                condition=~Q(code=""),
                name="action_code_unique_in_plan",
                violation_error_message=gettext_lazy("Another action of this plan has this code already."),
            ),
            models.CheckConstraint(
                condition=Q(weight__lte=1000),
                name="action_weight_in_bounds",
                violation_error_message=gettext_lazy("A weight is at most 1000."),
            ),
            models.CheckConstraint(
                condition=Q(done_percent__isnull=True) | Q(done_percent__lte=100),
                name="action_done_at_most_all",
                violation_error_message=gettext_lazy("Nothing is more than wholly done: at most 100."),
            ),
            models.CheckConstraint(
                condition=Q(set_state="", set_state_on__isnull=True)
                | (~Q(set_state="") & ~Q(set_state_reason="") & Q(set_state_on__isnull=False)),
                name="action_state_has_a_reason",
                violation_error_message=gettext_lazy("Say why: who reads the plan reads it too."),
            ),
            models.CheckConstraint(
                condition=Q(carries_out__isnull=True) | ~Q(carries_out=F("pk")),
                name="action_carries_out_another",
                violation_error_message=gettext_lazy("An action does not carry out itself."),
            ),
            models.CheckConstraint(
                condition=Q(leads_to__isnull=True) | (~Q(leads_how="") & ~Q(leads_to=F("pk"))),
                name="action_leads_somewhere_else",
                violation_error_message=gettext_lazy("Say how it leads on, and to another action."),
            ),
            models.CheckConstraint(
                condition=Q(passed_by__contained_by=Body.values),
                name="action_passed_by_known_bodies",
                violation_error_message=gettext_lazy("Only the municipality and the OCMW pass it."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="goal_of_its_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=GOAL_OF_ITS_PLAN,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The action's page; needs `plan`."""
        return reverse("plans:action", args=[self.plan.slug, self.number])

    @property
    def version(self) -> str:
        """Changes with every change of the action itself."""
        return self.updated_at.isoformat()


@tracked()
class ActionArea(Action.areas.through):  # type: ignore[name-defined, misc]  # the table that Django makes itself
    """An area that an action is for: the row between them, so that history keeps it."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("area of an action")
        verbose_name_plural = gettext_lazy("areas of actions")

    def __str__(self) -> str:
        return f"{self.action_id} in {self.area_id}"
