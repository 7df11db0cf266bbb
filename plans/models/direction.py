"""How the municipality steers: direction, the touchstones of a plan, and how area work is organised."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from plans.models.plan import Plan


class DirectionForm(models.TextChoices):
    """The four forms of direction (seed 000), from who owns the policy framework and who has the power to push it through."""

    CONTROLLING = "controlling", gettext_lazy("controlling direction")
    EXECUTING = "executing", gettext_lazy("executing direction")
    VISIONARY = "visionary", gettext_lazy("visionary direction")
    FACILITATING = "facilitating", gettext_lazy("facilitating direction")


FORMS = {
    (True, True): DirectionForm.CONTROLLING,
    (False, True): DirectionForm.EXECUTING,
    (True, False): DirectionForm.VISIONARY,
    (False, False): DirectionForm.FACILITATING,
}


@tracked()
class Direction(models.Model):
    """How the municipality directs what a plan is about, from a day on; an earlier row is its history."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="directions", verbose_name=gettext_lazy("plan")
    )
    owns_framework = models.BooleanField(gettext_lazy("we own the policy framework"))
    has_power = models.BooleanField(gettext_lazy("we have the power to push it through"))
    reason = models.TextField(gettext_lazy("why"))
    from_on = models.DateField(gettext_lazy("from"))

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(mentions=("reason",))

    class Meta:
        verbose_name = gettext_lazy("direction")
        verbose_name_plural = gettext_lazy("directions")
        ordering = ["-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "from_on"],
                name="direction_once_a_day",
                violation_error_message=gettext_lazy("Something was chosen for this day already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.form.label)

    @property
    def form(self) -> DirectionForm:
        """Which of the four it is."""
        return FORMS[self.owns_framework, self.has_power]


@tracked()
class Principle(models.Model):
    """A principle of the municipality or a pillar of sustainability, against which a plan is held (seeds 000 and 001)."""

    class Kind(models.TextChoices):
        PRINCIPLE = "principle", gettext_lazy("principle")
        PILLAR = "pillar", gettext_lazy("pillar of sustainability")

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="principles", verbose_name=gettext_lazy("municipality")
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind.choices, default=Kind.PRINCIPLE)
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    text = models.TextField(gettext_lazy("what it means"), blank=True)
    is_used = models.BooleanField(
        gettext_lazy("in use"), default=True, help_text=gettext_lazy("Off: new plans are not asked about it.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(impersonal=("name", "text"))

    class Meta:
        verbose_name = gettext_lazy("principle")
        verbose_name_plural = gettext_lazy("principles")
        ordering = ["kind", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="principle_name_unique",
                violation_error_message=gettext_lazy("This principle is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class Touchstone(models.Model):
    """What a plan does for a principle: one reasoned text, no score."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="touchstones", verbose_name=gettext_lazy("plan")
    )
    principle = models.ForeignKey(
        Principle, models.PROTECT, related_name="touchstones", verbose_name=gettext_lazy("principle")
    )
    text = models.TextField(gettext_lazy("what the plan does for it"))

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(mentions=("text",))

    class Meta:
        verbose_name = gettext_lazy("touchstone")
        verbose_name_plural = gettext_lazy("touchstones")
        ordering = ["principle__kind", "principle__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "principle"],
                name="touchstone_once",
                violation_error_message=gettext_lazy("The plan says something about this principle already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class AreaOrganisation(models.Model):
    """How area work is organised in an area, from a day on; an earlier row is its history (seed 002)."""

    class Model(models.TextChoices):
        COMMUNICATION = "communication", gettext_lazy("communication model")
        COORDINATION = "coordination", gettext_lazy("coordination model")
        COMMISSIONING = "commissioning", gettext_lazy("commissioning model")

    area = models.ForeignKey(
        Area, models.CASCADE, related_name="organisations", verbose_name=gettext_lazy("area")
    )
    from_on = models.DateField(gettext_lazy("from"))
    model = models.CharField(gettext_lazy("model"), max_length=14, choices=Model.choices)
    mandate = models.TextField(gettext_lazy("mandate"), blank=True)
    budget = models.DecimalField(
        gettext_lazy("own budget a year, in euro"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    expectations = models.TextField(gettext_lazy("what is expected, agreed"), blank=True)
    agreed_on = models.DateField(gettext_lazy("agreed on"), null=True, blank=True)
    ask_again_on = models.DateField(gettext_lazy("asked again on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(municipality="", areas="area")
    personal: ClassVar[Personal] = Personal(mentions=("mandate", "expectations"))

    class Meta:
        verbose_name = gettext_lazy("organisation of an area")
        verbose_name_plural = gettext_lazy("organisation of areas")
        ordering = ["-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "from_on"],
                name="areaorganisation_once_a_day",
                violation_error_message=gettext_lazy("Something was agreed for this day already."),
            ),
            models.CheckConstraint(
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0),
                name="areaorganisation_budget_not_negative",
                violation_error_message=gettext_lazy("A budget is not below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.model}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()

    @property
    def how(self) -> str | Promise:
        """The model in one sentence."""
        return HOW[self.model]


HOW: dict[str, str | Promise] = {
    AreaOrganisation.Model.COMMUNICATION: gettext_lazy("The area worker listens and tells what goes on."),
    AreaOrganisation.Model.COORDINATION: gettext_lazy(
        "The area worker brings services together, and decides small things."
    ),
    AreaOrganisation.Model.COMMISSIONING: gettext_lazy(
        "The area worker gives assignments to services, with a budget."
    ),
}
