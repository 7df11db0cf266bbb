"""When a work location is open."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.personal import Personal
from workplaces.models.location import WorkLocation


@tracked()
class OpeningHours(models.Model):
    """A stretch of time in which a location is open every week; a break at noon makes two."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="hours", verbose_name=_("work location")
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "weekday", "opens"],
                name="hours_unique",
                violation_error_message=_("These hours are there already."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="hours_close_after_opening",
                violation_error_message=_("A location closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


@tracked()
class DayException(models.Model):
    """A day on which a location is closed, or open at other hours."""

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="exceptions", verbose_name=_("work location")
    )
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    personal: ClassVar[Personal] = Personal(mentions=("reason",))

    class Meta:
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "day"],
                name="exception_once_a_day",
                violation_error_message=_("This day has an exception already."),
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                name="exception_hours_make_sense",
                violation_error_message=_(
                    "Give both hours, the closing one later, or neither for a closed day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.location_id}"
