"""Memberships: who sits in which seat, in which office, and who takes the place of whom."""

import datetime as dt
import uuid
from typing import ClassVar, TypeVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models.roles import days
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.council import Council
from councils.models.person import Person
from councils.models.term import Seat

NOT_BACKWARDS = gettext_lazy("The last day comes before the first one.")


M = TypeVar("M", bound=models.Model)


class OnADay(models.QuerySet[M]):
    """Rows with a first and a last day, both of which count."""

    def current(self, on: dt.date | None = None) -> "OnADay[M]":
        """Those that count on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(first_on__lte=day).exclude(last_on__lt=day)


@tracked()
class Membership(models.Model):
    """A person in a seat of a council for a period, with the decision that appointed them (none: it is said so)."""

    class Ended(models.TextChoices):
        TERM = "term", gettext_lazy("the term was over")
        RESIGNED = "resigned", gettext_lazy("resigned")
        DISMISSED = "dismissed", gettext_lazy("ended by the council or the municipality")
        MOVED_ON = "moved_on", gettext_lazy("took another seat")
        OTHER = "other", gettext_lazy("for another reason")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="memberships", verbose_name=gettext_lazy("council")
    )
    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="memberships", verbose_name=gettext_lazy("seat")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=gettext_lazy("person")
    )
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    rank = models.PositiveSmallIntegerField(
        gettext_lazy("rank"),
        default=0,
        help_text=gettext_lazy("In which order members are named; 0: by name."),
    )
    delegation = models.CharField(
        gettext_lazy("speaks for"), max_length=120, blank=True,
        help_text=gettext_lazy("The organisation that sends this person, if there is one."),
    )  # fmt: skip
    decided_on = models.DateField(gettext_lazy("appointed on"), null=True, blank=True)
    decision_number = models.CharField(gettext_lazy("number of the decision"), max_length=60, blank=True)
    decision_uri = models.URLField(gettext_lazy("address of the decision"), max_length=500, blank=True)
    ended = models.CharField(gettext_lazy("why it ended"), max_length=10, choices=Ended.choices, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OnADay["Membership"].as_manager()

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know and to say who sits in which council, and since when."),
        subject="person__user",
        impersonal=("delegation", "decision_number", "decision_uri"),
    )

    class Meta:
        verbose_name = gettext_lazy("membership")
        verbose_name_plural = gettext_lazy("memberships")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=NOT_BACKWARDS,
            ),
            ExclusionConstraint(
                name="membership_one_seat_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy(
                    "This person has a seat in the council in these days already."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="seat_of_the_council",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF (SELECT council_id FROM councils_seat WHERE id = NEW.seat_id) <> NEW.council_id THEN "
                    "RAISE EXCEPTION 'a seat of another council'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.council_id}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()

    @property
    def has_decision(self) -> bool:
        """Whether the decision that appointed is named."""
        return self.decided_on is not None and bool(self.decision_number or self.decision_uri)


@tracked()
class Office(models.Model):
    """What a member is in the council beside a member, for a period: chair, vice-chair, secretary."""

    class Kind(models.TextChoices):
        CHAIR = "chair", gettext_lazy("chair")
        VICE_CHAIR = "vice_chair", gettext_lazy("vice-chair")
        SECRETARY = "secretary", gettext_lazy("secretary")

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="offices", verbose_name=gettext_lazy("membership")
    )
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="offices", verbose_name=gettext_lazy("council"), editable=False
    )
    kind = models.CharField(gettext_lazy("office"), max_length=10, choices=Kind.choices)
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )

    objects = OnADay["Office"].as_manager()

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who chairs a council and who writes for it."),
        subject="membership__person__user",
    )

    class Meta:
        verbose_name = gettext_lazy("office in a council")
        verbose_name_plural = gettext_lazy("offices in councils")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="office_ends_after_it_starts",
                violation_error_message=NOT_BACKWARDS,
            ),
            ExclusionConstraint(
                name="office_one_holder_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind="vice_chair"),
                violation_error_message=gettext_lazy("Somebody else holds this office in these days."),
            ),
            ExclusionConstraint(
                name="office_once_a_member",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("This member holds this office in these days already."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="council_of_the_member",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF (SELECT council_id FROM councils_membership WHERE id = NEW.membership_id) <> NEW.council_id THEN "
                    "RAISE EXCEPTION 'a member of another council'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.membership_id}"


@tracked()
class Hindrance(models.Model):
    """A period in which a member cannot sit, and who sits instead from which day on; why is nobody's business."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="hindrances", verbose_name=gettext_lazy("membership")
    )
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    replacement = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=gettext_lazy("replaced by")
    )  # fmt: skip
    replaced_from = models.DateField(gettext_lazy("replaced from"), null=True, blank=True)

    objects = OnADay["Hindrance"].as_manager()

    where: ClassVar[Where] = Where(parent="membership")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who sits instead of whom."), subject="membership__person__user"
    )

    class Meta:
        verbose_name = gettext_lazy("hindrance")
        verbose_name_plural = gettext_lazy("hindrances")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="hindrance_ends_after_it_starts",
                violation_error_message=NOT_BACKWARDS,
            ),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True, replaced_from__isnull=True)
                | (
                    Q(replacement__isnull=False, replaced_from__gte=F("first_on"))
                    & (Q(last_on__isnull=True) | Q(replaced_from__lte=F("last_on")))
                ),
                name="hindrance_replaced_within",
                violation_error_message=gettext_lazy(
                    "Somebody takes the place from the first day of the hindrance on, or later, while it lasts."
                ),
            ),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("membership")),
                name="hindrance_replaced_by_another",
                violation_error_message=gettext_lazy("Nobody takes their own place."),
            ),
            ExclusionConstraint(
                name="hindrance_once_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("This member is hindered in these days already."),
            ),
            ExclusionConstraint(
                name="hindrance_one_place_at_a_time",
                expressions=[
                    ("replacement", RangeOperators.EQUAL),
                    (days("replaced_from", "last_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(replacement__isnull=False),
                violation_error_message=gettext_lazy("Who takes the place takes another one in these days."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="replaced_within_the_council",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF NEW.replacement_id IS NOT NULL AND (SELECT count(DISTINCT council_id) FROM councils_membership "
                    "WHERE id IN (NEW.membership_id, NEW.replacement_id)) <> 1 THEN "
                    "RAISE EXCEPTION 'a member of another council'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} hindered from {self.first_on}"
