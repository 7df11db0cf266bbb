"""The calendar of a municipality: periods in which not everything is published or mailed as on other days."""

import datetime as dt
import uuid
from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy

from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal

BACKWARDS = gettext_lazy("The last day comes before the first one.")


class Days(Func):
    """The days of a period; the last one counts."""

    function = "DATERANGE"
    output_field = DateRangeField()


class CalendarPeriodQuerySet(models.QuerySet["CalendarPeriod"]):
    """Periods of the calendar."""

    def of(self, municipality: Municipality) -> "CalendarPeriodQuerySet":
        """Those of one municipality."""
        return self.filter(municipality=municipality)

    def on(self, day: dt.date) -> "CalendarPeriodQuerySet":
        """Those in which a day lies, the weightiest first."""
        weight = models.Case(
            *(models.When(kind=kind, then=n) for n, kind in enumerate(CalendarPeriod.Kind.values))
        )
        return self.filter(first__lte=day, last__gte=day).order_by(weight, "pk")

    def not_over(self, day: dt.date) -> "CalendarPeriodQuerySet":
        """Those that are on, or still come."""
        return self.filter(last__gte=day)


@tracked()
class CalendarPeriod(models.Model):
    """A period from a day until a day, both included, of a kind that many municipalities know."""

    class Kind(models.TextChoices):
        # In order of weight: where two overlap, the first one counts.
        BEFORE_ELECTIONS = "before_elections", gettext_lazy("before elections")
        BUDGET_FREEZE = "budget_freeze", gettext_lazy("budget freeze")
        CLOSURE = "closure", gettext_lazy("the municipality is closed")
        SCHOOL_HOLIDAY = "school_holiday", gettext_lazy("school holiday")
        BUILDING_HOLIDAY = "building_holiday", gettext_lazy("building holiday")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="calendar_periods",
        verbose_name=gettext_lazy("municipality"),
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(
        gettext_lazy("name"),
        max_length=100,
        help_text=gettext_lazy("As people know it: Christmas holidays 2026."),
    )
    first = models.DateField(gettext_lazy("first day"))
    last = models.DateField(gettext_lazy("last day"), help_text=gettext_lazy("This day still counts."))
    asks_first = models.BooleanField(
        gettext_lazy("ask before something is published or mailed"), default=True,
        help_text=gettext_lazy("The person whom an administrator named is asked, with a reason."),
    )  # fmt: skip
    holds_back_mandates = models.BooleanField(
        gettext_lazy("leave out names and pictures of mandate holders"), default=True,
        help_text=gettext_lazy("Only before elections."),
    )  # fmt: skip
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    objects = CalendarPeriodQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(impersonal=("name",))

    class Meta:
        verbose_name = gettext_lazy("period of the calendar")
        verbose_name_plural = gettext_lazy("periods of the calendar")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="calendar_period_ends_after_it_starts",
                violation_error_message=BACKWARDS,
            ),
            ExclusionConstraint(
                name="calendar_period_once_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Days("first", "last", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("There is a period of this kind in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The days are in order; said at the field, and before the database is asked about other periods."""
        first, last = cast("tuple[dt.date | None, dt.date | None]", (self.first, self.last))
        if first is not None and last is not None and last < first:
            raise ValidationError({"last": BACKWARDS})

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
