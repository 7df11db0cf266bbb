"""Terms and seats: for how long a council is composed, and how many hold which mandate in it."""

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models.roles import days
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.council import Council


@tracked()
class Term(models.Model):
    """A period for which a council is composed; nobody sits in it outside one. Without a last day it goes on."""

    council = models.ForeignKey(
        Council, models.CASCADE, related_name="terms", verbose_name=gettext_lazy("council")
    )
    first_on = models.DateField(gettext_lazy("first day"))
    last_on = models.DateField(
        gettext_lazy("last day"), null=True, blank=True, help_text=gettext_lazy("Empty: without end.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal()

    class Meta:
        verbose_name = gettext_lazy("term of a council")
        verbose_name_plural = gettext_lazy("terms of councils")
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="term_ends_after_it_starts",
                violation_error_message=gettext_lazy("A term ends after it starts."),
            ),
            ExclusionConstraint(
                name="term_one_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("The council has a term in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} from {self.first_on}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class Seat(models.Model):
    """A mandate in a council and how many may hold it, for as long as that holds; another number is another row."""

    class Mandate(models.TextChoices):
        MEMBER = "member", gettext_lazy("member")
        SUBSTITUTE = "substitute", gettext_lazy("substitute")
        OBSERVER = "observer", gettext_lazy("observer without a vote")
        EXPERT = "expert", gettext_lazy("expert without a vote")
        CLERK = "clerk", gettext_lazy("secretary without a vote")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="seats", verbose_name=gettext_lazy("council")
    )
    mandate = models.CharField(gettext_lazy("mandate"), max_length=10, choices=Mandate.choices)
    name = models.CharField(
        gettext_lazy("name"), max_length=100, blank=True,
        help_text=gettext_lazy("For whom the places are, such as: sports clubs. Empty: for anybody."),
    )  # fmt: skip
    least = models.PositiveSmallIntegerField(gettext_lazy("at least"), default=0)
    most = models.PositiveSmallIntegerField(gettext_lazy("at most"))
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(impersonal=("name",))

    class Meta:
        verbose_name = gettext_lazy("seat of a council")
        verbose_name_plural = gettext_lazy("seats of councils")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=F("least"), most__range=(1, 200)),
                name="seat_most_and_least",
                violation_error_message=gettext_lazy("At most 1 to 200, and no fewer than at least."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="seat_ends_after_it_starts",
                violation_error_message=gettext_lazy("The last day comes before the first one."),
            ),
            ExclusionConstraint(
                name="seat_one_number_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("mandate", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("These places are there already in these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_mandate_display()

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
