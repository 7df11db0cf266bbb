"""Roles: who may do what, where, from when until when."""

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models.user import User
from areas.models import Area, Municipality
from areas.models.where import Where
from core.access import permitted
from core.history import tracked
from core.personal import Personal


class DateRange(Func):
    """daterange(valid_from, valid_until): the end day counts; no end means for as long as it lasts."""

    function = "DATERANGE"
    output_field = DateRangeField()


def days(first: str, last: str) -> DateRange:
    """The days from one field to another, both of which count."""
    return DateRange(first, last, RangeBoundary(inclusive_upper=True))


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Roles that people hold."""

    def current(self, on: dt.date | None = None) -> "RoleAssignmentQuerySet":
        """Those that count on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_until__lt=day)

    def coming(self, on: dt.date | None = None) -> "RoleAssignmentQuerySet":
        """Those that start after a day (today)."""
        return self.filter(valid_from__gt=on or timezone.localdate())

    def ended(self, on: dt.date | None = None) -> "RoleAssignmentQuerySet":
        """Those that ended before a day (today)."""
        return self.filter(valid_until__lt=on or timezone.localdate())

    def visible_to(self, user: User | AnonymousUser) -> "RoleAssignmentQuerySet":
        """One's own, and those of the municipalities that one administers."""
        return permitted(self, user, "accounts.view_roleassignment")

    def of(self, user: User) -> "RoleAssignmentQuerySet":
        """Those of one person."""
        return self.filter(user=user)

    def through(self, providers: frozenset[str] | None) -> "RoleAssignmentQuerySet":
        """Those that count in a session that came through these identity providers (None: outside a session, every one)."""
        return self if providers is None else self.filter(provider__in={"", *providers})

    def lasting_administrators(self, municipality: Municipality, on: dt.date) -> "RoleAssignmentQuerySet":
        """Those that keep a municipality administered from a day on: no end, and an open account."""
        return self.current(on).filter(
            municipality=municipality,
            role=RoleAssignment.Role.ADMINISTRATOR,
            valid_until__isnull=True,
            user__is_active=True,
        )


@tracked()
class RoleAssignment(models.Model):
    """A role that a person holds in an area, or in the whole municipality when no area is named."""

    class Role(models.TextChoices):
        AREA_WORKER = "area_worker", gettext_lazy("area worker")
        ALDERMAN = "alderman", gettext_lazy("alderman")
        COUNCIL_SECRETARY = "council_secretary", gettext_lazy("council secretary")
        MODERATOR = "moderator", gettext_lazy("moderator")
        DATA_STEWARD = "data_steward", gettext_lazy("data steward")
        ADMINISTRATOR = "administrator", gettext_lazy("administrator")
        # Allows nothing by itself: who works here, speaks for a team, stands in. With it comes the second factor.
        COLLEAGUE = "colleague", gettext_lazy("colleague")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name=gettext_lazy("person"))
    role = models.CharField(gettext_lazy("role"), max_length=20, choices=Role.choices)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="roles", verbose_name=gettext_lazy("municipality")
    )
    area = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=gettext_lazy("area"),
        help_text=gettext_lazy("Empty: the whole municipality."),
    )
    valid_from = models.DateField(gettext_lazy("from"))
    valid_until = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    replaces = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=gettext_lazy("replaces"),
        help_text=gettext_lazy("Stands in for the holder of this role; needs an end."),
    )
    provider = models.CharField(
        gettext_lazy("identity provider"), max_length=30, blank=True,
        help_text=gettext_lazy("Gives and ends this role by itself; empty: given by hand."),
    )  # fmt: skip

    objects = RoleAssignmentQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="area")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know what you may do for the municipality, where and until when."),
        subject="user",
        impersonal=("role", "provider"),
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("role")
        verbose_name_plural = gettext_lazy("roles")
        ordering = ["role", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="role_ends_after_it_starts",
                violation_error_message=gettext_lazy("A role ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(valid_until__isnull=False),
                name="role_replacement_has_an_end",
                violation_error_message=gettext_lazy("A replacement needs an end."),
            ),
            models.CheckConstraint(
                condition=~Q(role="administrator") | Q(area__isnull=True),
                name="role_administrator_of_everything",
                violation_error_message=gettext_lazy("An administrator administers the whole municipality."),
            ),
            ExclusionConstraint(
                name="role_once_at_a_time_in_area",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(area__isnull=False),
                violation_error_message=gettext_lazy(
                    "This person holds this role here in that period already."
                ),
            ),
            ExclusionConstraint(
                name="role_once_at_a_time_everywhere",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("municipality", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(area__isnull=True),
                violation_error_message=gettext_lazy("This person holds this role in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.area_id or 'everywhere'}"

    def clean(self) -> None:
        """The area lies in the municipality."""
        if self.area is not None and self.area.municipality_id != self.municipality_id:
            raise ValidationError(gettext_lazy("This area lies in another municipality."))

    @property
    def state(self) -> str:
        """When it counts, seen from today: coming, current or ended."""
        today = timezone.localdate()
        if self.valid_from > today:
            return "coming"
        return "ended" if self.valid_until and self.valid_until < today else "current"
