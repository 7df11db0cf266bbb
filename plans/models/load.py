"""The load of teams: days of work that assignments ask of them in a month, and that they have."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from areas.models.where import Where
from core.history import tracked
from plans.models.assignment import Assignment
from workplaces.models import Team


class Month(models.Model):
    """Days of work in a month, which is kept as its first day."""

    month = models.DateField(gettext_lazy("month"))
    days = models.DecimalField(
        gettext_lazy("days of work"), max_digits=6, decimal_places=1, validators=[MaxValueValidator(9999)]
    )

    class Meta:
        abstract = True


@tracked()
class AssignmentMonth(Month):
    """How many days of work an assignment asks of its team in a month."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="months", verbose_name=gettext_lazy("assignment")
    )

    where: ClassVar[Where] = Where(parent="assignment")

    class Meta:
        verbose_name = gettext_lazy("work in a month")
        verbose_name_plural = gettext_lazy("work in months")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "month"],
                name="assignmentmonth_once",
                violation_error_message=gettext_lazy("This month is there already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, days__gt=0),
                name="assignmentmonth_a_month_with_days",
                violation_error_message=gettext_lazy("A month has more than no days of work."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.days}"


@tracked()
class TeamMonth(Month):
    """How many days of work a team has in a month."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="months", verbose_name=gettext_lazy("team"))

    where: ClassVar[Where] = Where(parent="team")

    class Meta:
        verbose_name = gettext_lazy("days of a team")
        verbose_name_plural = gettext_lazy("days of teams")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "month"],
                name="teammonth_once",
                violation_error_message=gettext_lazy("This month is there already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, days__gte=0),
                name="teammonth_a_month",
                violation_error_message=gettext_lazy("A month with no fewer than no days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.days}"
