"""Assignments: who asked whom for which result and which effect, and how both look back (seeds 003 and 004)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from areas.models import Area, Municipality
from areas.models.where import Where
from core.access import permitted
from core.dates import WhenField
from core.history import tracked
from core.personal import Personal
from core.states import moves
from plans.models.action import Action
from plans.models.challenge import Challenge
from workplaces.models import Team


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, in the words of those who look for one."""

    def of(self, municipality: Municipality) -> "AssignmentQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def public(self) -> "AssignmentQuerySet":
        """Those that anybody may read: both sides agreed."""
        return self.filter(state__in=Assignment.PUBLIC)

    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """Those that a person may read: of staff and of its own teams also what is not agreed yet."""
        known = permitted(Assignment.objects.all(), user, "plans.view_assignment")
        return self.filter(Q(state__in=Assignment.PUBLIC) | Q(pk__in=known.order_by().values("pk")))

    def of_team(self, team: Team) -> "AssignmentQuerySet":
        """Those that a team asked for or does."""
        return self.filter(Q(commissioner=team) | Q(contractor=team))

    def in_area(self, area: Area) -> "AssignmentQuerySet":
        """Those about an area or what lies within it."""
        inside = Assignment.objects.filter(areas__in=Area.objects.within(area))
        return self.filter(pk__in=inside.order_by().values("pk"))

    def with_days(self) -> "AssignmentQuerySet":
        """With the days of work of all months together, as `days`."""
        return self.annotate(days=Sum("months__days"))


class Side(models.TextChoices):
    """The two sides of an assignment."""

    COMMISSIONER = "commissioner", gettext_lazy("commissioner")
    CONTRACTOR = "contractor", gettext_lazy("contractor")


@tracked()
@moves(
    "state",
    {
        "draft": ["asked", "withdrawn"],
        "asked": ["running", "change_asked", "refused", "withdrawn"],
        "change_asked": ["asked", "withdrawn"],
        "running": ["change_asked", "to_evaluate", "withdrawn"],
        "to_evaluate": ["running", "closed"],
    },
)
class Assignment(models.Model):
    """Who (commissioner) asks which team (contractor) for which result, with which effect on society, by when.

    It begins when both sides accept, either may ask for a change, and it is closed when both evaluated it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("being written")
        ASKED = "asked", gettext_lazy("asked")
        CHANGE_ASKED = "change_asked", gettext_lazy("a change is asked")
        RUNNING = "running", gettext_lazy("running")
        TO_EVALUATE = "to_evaluate", gettext_lazy("to evaluate")
        CLOSED = "closed", gettext_lazy("closed")
        REFUSED = "refused", gettext_lazy("refused")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    PUBLIC: ClassVar[tuple[str, ...]] = (State.RUNNING, State.TO_EVALUATE, State.CLOSED)

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="assignments", verbose_name=gettext_lazy("municipality")
    )
    challenge = models.ForeignKey(
        Challenge,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=gettext_lazy("challenge"),
    )
    action = models.ForeignKey(
        Action,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=gettext_lazy("action"),
    )
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area, blank=True, related_name="assignments", verbose_name=gettext_lazy("areas")
    )
    name = models.CharField(gettext_lazy("name"), max_length=160)
    commissioner = models.ForeignKey(
        Team, models.PROTECT, related_name="commissioned", verbose_name=gettext_lazy("commissioner")
    )
    on_behalf_of = models.CharField(
        gettext_lazy("on behalf of"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Whose wish it is: the executive, the council, a village council."),
    )
    contractor = models.ForeignKey(
        Team, models.PROTECT, related_name="contracted", verbose_name=gettext_lazy("contractor")
    )
    result = models.TextField(gettext_lazy("result"))
    effect = models.TextField(gettext_lazy("effect on society"))
    for_whom = models.CharField(gettext_lazy("for whom"), max_length=200, blank=True)
    when = WhenField(gettext_lazy("ready"), blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    commissioner_agreed_on = models.DateField(gettext_lazy("commissioner agreed on"), null=True, blank=True)
    contractor_agreed_on = models.DateField(gettext_lazy("contractor agreed on"), null=True, blank=True)
    answer_by = models.DateField(gettext_lazy("answer by"), null=True, blank=True)
    delivered_on = models.DateField(gettext_lazy("delivered on"), null=True, blank=True)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssignmentQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(
        impersonal=("name", "for_whom", "when"), mentions=("result", "effect", "on_behalf_of")
    )

    class Meta:
        verbose_name = gettext_lazy("assignment")
        verbose_name_plural = gettext_lazy("assignments")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(commissioner=F("contractor")),
                name="assignment_has_two_sides",
                violation_error_message=gettext_lazy("A team does not give itself an assignment."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "to_evaluate", "closed"])
                | Q(commissioner_agreed_on__isnull=False, contractor_agreed_on__isnull=False),
                name="assignment_runs_when_both_agreed",
                violation_error_message=gettext_lazy("An assignment begins when both sides agreed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("plans:assignment", args=[self.uuid])

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class AssignmentRemark(models.Model):
    """What a side said about an assignment: the change it asks, why it refuses or withdraws."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="remarks", verbose_name=gettext_lazy("assignment")
    )
    side = models.CharField(gettext_lazy("side"), max_length=12, choices=Side.choices)
    text = models.TextField(gettext_lazy("text"))
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("written by"),
    )
    at = models.DateTimeField(gettext_lazy("at"), auto_now_add=True)

    where: ClassVar[Where] = Where(parent="assignment")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who of a team spoke for it about an assignment."),
        subject="author",
        mentions=("text",),
        kept=gettext_lazy("as long as the assignment"),
    )

    class Meta:
        verbose_name = gettext_lazy("remark")
        verbose_name_plural = gettext_lazy("remarks")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


@tracked()
class Evaluation(models.Model):
    """How a side looks back at an assignment; each once."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="evaluations", verbose_name=gettext_lazy("assignment")
    )
    side = models.CharField(gettext_lazy("side"), max_length=12, choices=Side.choices)
    result = models.TextField(gettext_lazy("is the result there"))
    effect = models.TextField(gettext_lazy("which effect do we see"))
    next_time = models.TextField(gettext_lazy("what we do next time"), blank=True)
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("written by"),
    )
    on = models.DateField(gettext_lazy("day"))

    where: ClassVar[Where] = Where(parent="assignment")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who of a team evaluated an assignment."),
        subject="author",
        mentions=("result", "effect", "next_time"),
        kept=gettext_lazy("as long as the assignment"),
    )

    class Meta:
        verbose_name = gettext_lazy("evaluation")
        verbose_name_plural = gettext_lazy("evaluations")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "side"],
                name="evaluation_once_a_side",
                violation_error_message=gettext_lazy("This side evaluated it already."),
            )
        ]

    def __str__(self) -> str:
        return self.result
