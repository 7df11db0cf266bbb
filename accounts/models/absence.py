"""When people work, when they are away, and who stands in for them."""

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models.roles import days
from accounts.models.user import User
from areas.models import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Erase, Personal

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)


def ordinary_week() -> list[int]:
    """The days of who said nothing else."""
    return list(MONDAY_TO_FRIDAY)


class WorkingWeek(models.Model):
    """The days of the week on which a person works, from 1 (Monday) to 7; without it from Monday to Friday."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="working_week", verbose_name=gettext_lazy("person")
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=gettext_lazy("working days"),
        default=ordinary_week,
    )

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy(
            "To tell colleagues on which days you can be reached, and to mail you reminders on those days only."
        ),
        subject="user",
        fields={"weekdays": Erase.BLANK},
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("working week")
        verbose_name_plural = gettext_lazy("working weeks")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7], weekdays__len__gte=1),
                name="working_week_of_days",
                violation_error_message=gettext_lazy("Choose at least one day of the week."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.weekdays}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Periods in which people are away."""

    def of(self, user: User) -> "AbsenceQuerySet":
        """Those of one person."""
        return self.filter(user=user)

    def named(self, words: str) -> "AbsenceQuerySet":
        """Those of people whose name or address holds these words, or whose deputy's does."""
        found = Q()
        for who in ("user", "deputy"):
            found |= Q(**{f"{who}__name__icontains": words}) | Q(**{f"{who}__email__icontains": words})
        return self.filter(found)

    def current(self, on: dt.date | None = None) -> "AbsenceQuerySet":
        """Those of a day (today)."""
        day = on or timezone.localdate()
        return self.filter(first__lte=day, last__gte=day)

    def lasting(self, on: dt.date | None = None) -> "AbsenceQuerySet":
        """Those that are not over on a day (today)."""
        return self.filter(last__gte=on or timezone.localdate())

    def during(self, first: dt.date, last: dt.date) -> "AbsenceQuerySet":
        """Those that share a day with a period."""
        return self.filter(first__lte=last, last__gte=first)


@tracked()
class Absence(models.Model):
    """A period in which a person is away from the work for a municipality; why is nobody's business and is not kept.

    From the first day to the last, and on no other day, the deputy may what the absent person may (accounts.reach).
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="absences", verbose_name=gettext_lazy("municipality")
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="absences", verbose_name=gettext_lazy("person")
    )
    first = models.DateField(gettext_lazy("first day away"))
    last = models.DateField(gettext_lazy("last day away"), help_text=gettext_lazy("This day still counts."))
    deputy = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="standing_in", verbose_name=gettext_lazy("deputy")
    )  # fmt: skip

    objects = AbsenceQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know when you are away and who takes over meanwhile."),
        subject="user",
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("absence")
        verbose_name_plural = gettext_lazy("absences")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="absence_ends_after_it_starts",
                violation_error_message=gettext_lazy("The last day comes after the first one."),
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")),
                name="absence_deputy_is_another",
                violation_error_message=gettext_lazy("Nobody stands in for themself."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("municipality", RangeOperators.EQUAL),
                    (days("first", "last"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("This person is away already on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first}/{self.last}"
