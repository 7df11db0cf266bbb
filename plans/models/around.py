"""What belongs to an action: organisations, money by year, what it waits for."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from plans.models.action import Action


@tracked()
class ActionParty(models.Model):
    """An organisation outside the town hall that answers for an action, or helps."""

    class Role(models.TextChoices):
        PRIMARY = "primary", gettext_lazy("answers for it")
        COLLABORATOR = "collaborator", gettext_lazy("takes part")

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="parties", verbose_name=gettext_lazy("action")
    )
    name = models.CharField(gettext_lazy("organisation"), max_length=120)
    role = models.CharField(gettext_lazy("role"), max_length=12, choices=Role.choices)
    does = models.CharField(gettext_lazy("does what"), max_length=200, blank=True)

    where: ClassVar[Where] = Where(parent="action")
    personal: ClassVar[Personal] = Personal(impersonal=("name",), mentions=("does",))

    class Meta:
        verbose_name = gettext_lazy("organisation of an action")
        verbose_name_plural = gettext_lazy("organisations of actions")
        ordering = ["-role", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "name"],
                name="actionparty_once",
                violation_error_message=gettext_lazy("This organisation is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Amount(models.Model):
    """Money of an action in a year, in euro: what is planned, and what is spent (or came in) so far."""

    class Kind(models.TextChoices):
        EXPENDITURE = "expenditure", gettext_lazy("expenditure")
        INCOME = "income", gettext_lazy("income")

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="amounts", verbose_name=gettext_lazy("action")
    )
    year = models.PositiveSmallIntegerField(
        gettext_lazy("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    kind = models.CharField(
        gettext_lazy("kind"), max_length=12, choices=Kind.choices, default=Kind.EXPENDITURE
    )
    planned = models.DecimalField(gettext_lazy("planned"), max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField(
        gettext_lazy("spent"), max_digits=14, decimal_places=2, null=True, blank=True,
        help_text=gettext_lazy("Empty: not known yet."),
    )  # fmt: skip

    where: ClassVar[Where] = Where(parent="action")

    class Meta:
        verbose_name = gettext_lazy("amount")
        verbose_name_plural = gettext_lazy("amounts")
        ordering = ["year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "year", "kind"],
                name="amount_once_a_year",
                violation_error_message=gettext_lazy("This year has its amount already."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1990, 2100)),
                name="amount_in_a_year",
                violation_error_message=gettext_lazy("A year from 1990 to 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.planned}"


@tracked()
class Dependency(models.Model):
    """An action that waits for another one."""

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="dependencies", verbose_name=gettext_lazy("action")
    )
    needs = models.ForeignKey(
        Action, models.CASCADE, related_name="dependents", verbose_name=gettext_lazy("waits for")
    )

    where: ClassVar[Where] = Where(parent="action")

    class Meta:
        verbose_name = gettext_lazy("dependency")
        verbose_name_plural = gettext_lazy("dependencies")
        constraints = [
            models.UniqueConstraint(
                fields=["action", "needs"],
                name="dependency_once",
                violation_error_message=gettext_lazy("It waits for this action already."),
            ),
            models.CheckConstraint(
                condition=~Q(action=F("needs")),
                name="dependency_not_on_itself",
                violation_error_message=gettext_lazy("An action does not wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} waits for {self.needs_id}"
