"""Who is at a meeting, from when until when, who sent word, and who votes for whom."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.meeting import AgendaItem, Meeting
from councils.models.membership import Membership

NOT_BACK_IN_TIME = gettext_lazy("It ends before it starts.")


def moments(first: str, last: str) -> Func:
    """The time from one moment up to another, which does not count; without end while there is none."""
    return Func(F(first), F(last), function="TSTZRANGE", output_field=DateTimeRangeField())


def of_the_council(*columns: str) -> pgtrigger.Trigger:
    """Refuse members of another council than that of the meeting."""
    others = " OR ".join(
        f"(SELECT council_id FROM councils_membership WHERE id = NEW.{column}) <> "  # noqa: S608 - names of our own
        "(SELECT council_id FROM councils_meeting WHERE id = NEW.meeting_id)"
        for column in columns
    )
    return pgtrigger.Trigger(
        name="member_of_the_council",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"IF {others} THEN RAISE EXCEPTION 'a member of another council'; END IF; RETURN NEW;",
    )


@tracked()
class Presence(models.Model):
    """A member is there from one moment until another (none: still there), with why they left."""

    class Left(models.TextChoices):
        LEFT = "left", gettext_lazy("left")
        CONFLICT = "conflict", gettext_lazy("left for a conflict of interest")
        END = "end", pgettext_lazy("presence", "the meeting was over")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="presences", verbose_name=gettext_lazy("meeting")
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="presences", verbose_name=gettext_lazy("member")
    )
    from_at = models.DateTimeField(gettext_lazy("from"))
    until_at = models.DateTimeField(gettext_lazy("until"), null=True, blank=True)
    left = models.CharField(gettext_lazy("why"), max_length=8, choices=Left.choices, blank=True)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="conflicts",
        verbose_name=gettext_lazy("item of the conflict of interest"),
    )  # fmt: skip

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who was there when a council decided; minutes keep it by law."),
        subject="membership__person__user",
    )

    class Meta:
        verbose_name = gettext_lazy("presence")
        verbose_name_plural = gettext_lazy("presences")
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, left="") | (Q(until_at__gte=F("from_at")) & ~Q(left="")),
                name="presence_ends_for_a_reason",
                violation_error_message=gettext_lazy("Who left did so after they came, and for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(left="conflict"),
                name="presence_item_of_a_conflict",
                violation_error_message=gettext_lazy("An item is named only with a conflict of interest."),
            ),
            ExclusionConstraint(
                name="presence_once_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    (moments("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("This member is there already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(until_at__isnull=True),
                name="presence_there_once",
                violation_error_message=gettext_lazy("This member is there already."),
            ),
        ]
        triggers = [of_the_council("membership_id")]

    def __str__(self) -> str:
        return f"{self.membership_id} at {self.meeting_id}"


@tracked()
class Excuse(models.Model):
    """A member sent word that they will not come."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="excuses", verbose_name=gettext_lazy("meeting")
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="excuses", verbose_name=gettext_lazy("member")
    )
    at = models.DateTimeField(gettext_lazy("sent word at"))

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who was there when a council decided; minutes keep it by law."),
        subject="membership__person__user",
    )

    class Meta:
        verbose_name = gettext_lazy("excuse")
        verbose_name_plural = gettext_lazy("excuses")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="excuse_once",
                violation_error_message=gettext_lazy("This member sent word already."),
            )
        ]
        triggers = [of_the_council("membership_id")]

    def __str__(self) -> str:
        return f"{self.membership_id} not at {self.meeting_id}"


@tracked()
class Proxy(models.Model):
    """A member lets another vote for them at a meeting; it counts only while the holder is there and the giver is not."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="proxies", verbose_name=gettext_lazy("meeting")
    )
    giver = models.ForeignKey(
        Membership, models.PROTECT, related_name="proxies_given", verbose_name=gettext_lazy("given by")
    )
    holder = models.ForeignKey(
        Membership, models.PROTECT, related_name="proxies_held", verbose_name=gettext_lazy("given to")
    )
    given_at = models.DateTimeField(gettext_lazy("given at"))
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn at"), null=True, blank=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who voted for whom in a council; minutes keep it by law."),
        subject="giver__person__user",
    )

    class Meta:
        verbose_name = gettext_lazy("proxy")
        verbose_name_plural = gettext_lazy("proxies")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="proxy_to_another",
                violation_error_message=gettext_lazy("Nobody gives a proxy to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="proxy_withdrawn_after_given",
                violation_error_message=NOT_BACK_IN_TIME,
            ),
            models.UniqueConstraint(
                fields=["meeting", "giver"],
                condition=Q(withdrawn_at__isnull=True),
                name="proxy_one_at_a_time",
                violation_error_message=gettext_lazy("This member gave a proxy already."),
            ),
        ]
        triggers = [of_the_council("giver_id", "holder_id")]

    def __str__(self) -> str:
        return f"{self.giver_id} by {self.holder_id}"


@tracked()
class Pause(models.Model):
    """The meeting was adjourned for a while."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="pauses", verbose_name=gettext_lazy("meeting")
    )
    from_at = models.DateTimeField(gettext_lazy("from"))
    until_at = models.DateTimeField(gettext_lazy("until"), null=True, blank=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal()

    class Meta:
        verbose_name = gettext_lazy("pause")
        verbose_name_plural = gettext_lazy("pauses")
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="pause_ends_after_it_starts",
                violation_error_message=NOT_BACK_IN_TIME,
            ),
            ExclusionConstraint(
                name="pause_one_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    (moments("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("The meeting is adjourned already."),
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.meeting_id}"
