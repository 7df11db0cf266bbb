"""Who works in a team, from when until when."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.roles import DateRange
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from workplaces.models.team import Team


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """People of teams."""

    def current(self, on: dt.date | None = None) -> "TeamMemberQuerySet":
        """Those that count on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_until__lt=day)

    def of(self, user: User) -> "TeamMemberQuerySet":
        """Those of one person."""
        return self.filter(user=user)


@tracked()
class TeamMember(models.Model):
    """A person who works in a team for a period, and speaks for it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members", verbose_name=gettext_lazy("team"))
    user = models.ForeignKey(User, models.CASCADE, related_name="teams", verbose_name=gettext_lazy("person"))
    valid_from = models.DateField(gettext_lazy("from"))
    valid_until = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )

    objects = TeamMemberQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="team")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know for which teams you work, and until when."),
        subject="user",
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("member of a team")
        verbose_name_plural = gettext_lazy("members of teams")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="teammember_ends_after_it_starts",
                violation_error_message=gettext_lazy("Somebody leaves a team after joining it."),
            ),
            ExclusionConstraint(
                name="teammember_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("team", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=gettext_lazy("This person works in the team in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"
