"""When a work location is open."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from core.history import tracked
from core.personal import Personal
from workplaces.models.location import WorkLocation


@tracked()
class OpeningHours(models.Model):
    """A stretch of time in which a location is open every week; a break at noon makes two."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, gettext_lazy("Monday")
        TUESDAY = 1, gettext_lazy("Tuesday")
        WEDNESDAY = 2, gettext_lazy("Wednesday")
        THURSDAY = 3, gettext_lazy("Thursday")
        FRIDAY = 4, gettext_lazy("Friday")
        SATURDAY = 5, gettext_lazy("Saturday")
        SUNDAY = 6, gettext_lazy("Sunday")

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="hours", verbose_name=gettext_lazy("work location")
    )
    weekday = models.PositiveSmallIntegerField(gettext_lazy("day"), choices=Weekday.choices)
    opens = models.TimeField(gettext_lazy("opens"))
    closes = models.TimeField(gettext_lazy("closes"))

    class Meta:
        verbose_name = gettext_lazy("opening hours")
        verbose_name_plural = gettext_lazy("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "weekday", "opens"],
                name="hours_unique",
                violation_error_message=gettext_lazy("These hours are there already."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="hours_close_after_opening",
                violation_error_message=gettext_lazy("A location closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


@tracked()
class DayException(models.Model):
    """A day on which a location is closed, or open at other hours."""

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="exceptions", verbose_name=gettext_lazy("work location")
    )
    day = models.DateField(gettext_lazy("day"))
    opens = models.TimeField(gettext_lazy("opens"), null=True, blank=True)
    closes = models.TimeField(gettext_lazy("closes"), null=True, blank=True)
    reason = models.CharField(gettext_lazy("reason"), max_length=120, blank=True)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)

    personal: ClassVar[Personal] = Personal(mentions=("reason",))

    class Meta:
        verbose_name = gettext_lazy("exceptional day")
        verbose_name_plural = gettext_lazy("exceptional days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "day"],
                name="exception_once_a_day",
                violation_error_message=gettext_lazy("This day has an exception already."),
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                name="exception_hours_make_sense",
                violation_error_message=gettext_lazy(
                    "Give both hours, the closing one later, or neither for a closed day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.location_id}"
