"""Who of the executive is competent for what, where, from when until when."""

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models.field import PolicyField
from accounts.models.roles import days
from accounts.models.user import User
from areas.models import Area, CalendarPeriod, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Erase, Personal


class MandateHolderQuerySet(models.QuerySet["MandateHolder"]):
    """Those who hold a mandate in the executive."""

    def of(self, municipality: Municipality) -> "MandateHolderQuerySet":
        """Those of one municipality."""
        return self.filter(municipality=municipality)


@tracked()
class MandateHolder(models.Model):
    """A mayor or alderman, with or without an account, or the whole college (`is_college`), which decides together."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="mandate_holders", verbose_name=gettext_lazy("municipality")
    )  # fmt: skip
    name = models.CharField(
        gettext_lazy("name"), max_length=150,
        help_text=gettext_lazy("As everybody may read it. Of the whole college: as it is called here."),
    )  # fmt: skip
    title = models.CharField(
        gettext_lazy("function"), max_length=100, blank=True,
        help_text=gettext_lazy("Such as alderman or mayor; read before the name."),
    )  # fmt: skip
    is_college = models.BooleanField(gettext_lazy("is the whole college"), default=False)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="mandates", verbose_name=gettext_lazy("account"),
        help_text=gettext_lazy("What waits for the competent person waits for this account."),
    )  # fmt: skip
    is_example = models.BooleanField(gettext_lazy("example"), default=False)

    objects = MandateHolderQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To say in public who of the executive is competent for what."),
        subject="user",
        fields={"name": Erase.PSEUDONYM},
        impersonal=("title",),
    )

    class Meta:
        verbose_name = gettext_lazy("mandate holder")
        verbose_name_plural = gettext_lazy("mandate holders")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(is_college=True),
                name="mandate_holder_one_college",
                violation_error_message=gettext_lazy("The whole college is named here already."),
            ),
            models.CheckConstraint(
                condition=Q(is_college=False) | Q(user__isnull=True),
                name="mandate_holder_college_is_no_account",
                violation_error_message=gettext_lazy("The whole college is not one account."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


class _Reach(Func):
    """The keys of the areas within one, as `accounts.reach.areas_within` gives them of many; none of no area."""

    template = """ARRAY(
        WITH RECURSIVE reach (area) AS (
            SELECT %(expressions)s
            UNION
            SELECT part.child_id FROM reach JOIN areas_areapart part ON part.parent_id = reach.area WHERE part.is_main
        )
        SELECT area FROM reach WHERE area IS NOT NULL
    )"""
    output_field = ArrayField(models.BigIntegerField())


class CompetenceQuerySet(models.QuerySet["Competence"]):
    """Who is competent for what."""

    def of(self, municipality: Municipality) -> "CompetenceQuerySet":
        """Those in one municipality."""
        return self.filter(municipality=municipality)

    def current(self, on: dt.date | None = None) -> "CompetenceQuerySet":
        """Those that count on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_until__lt=day)

    def coming(self, on: dt.date | None = None) -> "CompetenceQuerySet":
        """Those that start after a day (today)."""
        return self.filter(valid_from__gt=on or timezone.localdate())

    def ended(self, on: dt.date | None = None) -> "CompetenceQuerySet":
        """Those that ended before a day (today)."""
        return self.filter(valid_until__lt=on or timezone.localdate())

    def with_reach(self) -> "CompetenceQuerySet":
        """Each with `reach`: the keys of the areas within its own, that one among them; empty for everywhere."""
        return self.annotate(reach=_Reach("area"))

    def with_held_back(self, on: dt.date) -> "CompetenceQuerySet":
        """Each with `is_held_back`: whether its name is left out on a day, before elections; never that of the college."""
        periods = CalendarPeriod.objects.on(on).filter(
            municipality=OuterRef("municipality"),
            kind=CalendarPeriod.Kind.BEFORE_ELECTIONS,
            holds_back_mandates=True,
        )
        return self.annotate(is_held_back=Q(Exists(periods), holder__is_college=False))

    def lasting(self, on: dt.date | None = None) -> "CompetenceQuerySet":
        """Those that count on a day (today) or start after it."""
        return self.exclude(valid_until__lt=on or timezone.localdate())


@tracked()
class Competence(models.Model):
    """A mandate holder is competent for a field of policy (or for every one) in an area (or everywhere) in a period.

    Two holders may be competent beside each other for the wider and the narrower; what counts then says `accounts.competence`.
    For exactly the same field and area there is one at a time, which the database holds.
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="competences", verbose_name=gettext_lazy("municipality")
    )
    holder = models.ForeignKey(
        MandateHolder, models.PROTECT, related_name="competences", verbose_name=gettext_lazy("mandate holder")
    )
    field = models.ForeignKey(
        PolicyField, models.PROTECT, null=True, blank=True, related_name="competences",
        verbose_name=gettext_lazy("policy field"), help_text=gettext_lazy("Empty: every field."),
    )  # fmt: skip
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="competences",
        verbose_name=gettext_lazy("area"), help_text=gettext_lazy("Empty: the whole municipality."),
    )  # fmt: skip
    valid_from = models.DateField(gettext_lazy("from"))
    valid_until = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    changed_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    objects = CompetenceQuerySet.as_manager()

    where: ClassVar[Where] = Where()

    class Meta:
        verbose_name = gettext_lazy("competence")
        verbose_name_plural = gettext_lazy("competences")
        ordering = ["field__name", "area__name", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="competence_ends_after_it_starts",
                violation_error_message=gettext_lazy("A competence ends after it starts."),
            ),
            ExclusionConstraint(
                name="competence_one_holder_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (Coalesce("field", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    (Coalesce("area", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy(
                    "Somebody is competent for this field in this area in that period already: end that first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.field_id or 'every field'} {self.area_id or 'everywhere'}"

    def clean(self) -> None:
        """Holder, field and area are of the municipality."""
        for name in ("holder", "field", "area"):
            there = getattr(self, name)
            if there is not None and there.municipality_id != self.municipality_id:
                raise ValidationError({name: gettext_lazy("This is of another municipality.")})

    @property
    def version(self) -> str:
        """Changes with the row; a change names the version that it started from."""
        return self.changed_at.isoformat()

    @property
    def state(self) -> str:
        """When it counts, seen from today: coming, current or ended."""
        today = timezone.localdate()
        if self.valid_from > today:
            return "coming"
        return "ended" if self.valid_until and self.valid_until < today else "current"
