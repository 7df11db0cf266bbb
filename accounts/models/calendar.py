"""The private address of a person's calendar."""

import hashlib
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models.user import User
from core.personal import Personal


def print_of(token: str) -> str:
    """What is kept of the secret in the address."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """The addresses that work."""

    def behind(self, token: str) -> "CalendarAddress | None":
        """The one with this secret, of an account that is open."""
        found = self.filter(token_hash=print_of(token), user__is_active=True)
        return found.select_related("user").first()


class CalendarAddress(models.Model):
    """A secret address at which a calendar program gets a person's calendar without signing in; only a print of it is kept."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="calendar_address", verbose_name=gettext_lazy("person")
    )
    token_hash = models.CharField(gettext_lazy("checksum of the address"), max_length=64, unique=True)
    made_at = models.DateTimeField(gettext_lazy("made at"), auto_now=True)

    objects = CalendarAddressQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        subject="user",
        secret=("token_hash",),
        delete_row=True,
        purpose=gettext_lazy("To let your own calendar follow what is coming in your areas."),
    )

    class Meta:
        verbose_name = gettext_lazy("address of a calendar")
        verbose_name_plural = gettext_lazy("addresses of calendars")

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
