"""What a provider vouched for about a resident."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models.user import User
from areas.models import Municipality
from core.personal import Personal

DAYS = 365  # people move


class VerificationQuerySet(models.QuerySet["Verification"]):
    """What was vouched for."""

    def current(self) -> "VerificationQuerySet":
        """Those that still count."""
        return self.filter(verified_at__gt=timezone.now() - dt.timedelta(days=DAYS))


class Verification(models.Model):
    """That a provider vouched where a person lives and how old at least; the address and the birth date themselves are not kept."""

    class Age(models.IntegerChoices):
        UNKNOWN = 0, gettext_lazy("not known")
        TWELVE = 12, gettext_lazy("12 or older")
        SIXTEEN = 16, gettext_lazy("16 or older")
        EIGHTEEN = 18, gettext_lazy("18 or older")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="verifications", verbose_name=gettext_lazy("person")
    )
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=gettext_lazy("municipality")
    )
    provider = models.CharField(gettext_lazy("identity provider"), max_length=30)
    lives_here = models.BooleanField(gettext_lazy("lives in the municipality"))
    age_from = models.PositiveSmallIntegerField(gettext_lazy("age"), choices=Age.choices, default=Age.UNKNOWN)
    verified_at = models.DateTimeField(gettext_lazy("checked at"))

    objects = VerificationQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy(
            "To know, where only residents take part, that you live here and are old enough. "
            "We keep neither your address nor your date of birth."
        ),
        subject="user",
        impersonal=("provider",),
        delete_row=True,
        retention_days=DAYS,
        retention_from="verified_at",
    )

    class Meta:
        verbose_name = gettext_lazy("checked fact")
        verbose_name_plural = gettext_lazy("checked facts")
        constraints = [
            models.UniqueConstraint(fields=["user", "municipality"], name="verification_once_a_municipality"),
            models.CheckConstraint(
                condition=Q(lives_here=True) | Q(age_from__gt=0), name="verification_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.provider} {self.verified_at:%Y-%m-%d}"
