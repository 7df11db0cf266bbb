"""What minutes say beside presences and votes: typed lines, decisions, and what people take upon themselves."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.council import Council
from councils.models.meeting import AgendaItem, Meeting
from councils.models.membership import Membership
from councils.models.vote import Vote


@tracked()
class MinuteLine(models.Model):
    """A typed line of the minutes; what is known of presences, votes and decisions is never typed."""

    class Kind(models.TextChoices):
        TEXT = "text", gettext_lazy("text")
        QUESTION = "question", gettext_lazy("question of a visitor")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="lines", verbose_name=gettext_lazy("meeting")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=gettext_lazy("agenda item")
    )  # fmt: skip
    at = models.DateTimeField(gettext_lazy("at"))
    kind = models.CharField(gettext_lazy("kind"), max_length=8, choices=Kind.choices, default=Kind.TEXT)
    text = models.TextField(gettext_lazy("text"), max_length=6000)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(mentions=("text",))

    class Meta:
        verbose_name = gettext_lazy("line of the minutes")
        verbose_name_plural = gettext_lazy("lines of the minutes")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="minuteline_says_something",
                violation_error_message=gettext_lazy("Write what was said."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, in the words of those who look for one."""

    def public(self) -> "DecisionQuerySet":
        """Those that anybody reads: of meetings that are over, not behind closed doors."""
        return self.filter(meeting__state=Meeting.State.CLOSED).exclude(item__is_closed=True)


@tracked()
class Decision(models.Model):
    """Something that a council decided or advised, numbered within the council and the year.

    With a `vote` its result stands there; in the light form `how` and the counts say what the secretary knows.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", gettext_lazy("decision")
        ADVICE = "advice", gettext_lazy("advice to the municipality")

    class How(models.TextChoices):
        AGREEMENT = "agreement", gettext_lazy("everybody in favour")
        VOTE = "vote", gettext_lazy("there was a vote")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="decisions", verbose_name=gettext_lazy("meeting")
    )
    council = models.ForeignKey(
        Council,
        models.CASCADE,
        related_name="decisions",
        verbose_name=gettext_lazy("council"),
        editable=False,
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=gettext_lazy("agenda item")
    )  # fmt: skip
    vote = models.OneToOneField(
        Vote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name=gettext_lazy("vote"),
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("year"), editable=False)
    number = models.PositiveSmallIntegerField(gettext_lazy("number"), editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=8, choices=Kind.choices, default=Kind.DECISION)
    title = models.CharField(gettext_lazy("title"), max_length=200)
    text = models.TextField(gettext_lazy("text"), max_length=6000)
    how = models.CharField(gettext_lazy("how"), max_length=9, choices=How.choices, default=How.AGREEMENT)
    in_favour = models.PositiveSmallIntegerField(gettext_lazy("for"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(gettext_lazy("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(gettext_lazy("abstained"), null=True, blank=True)
    at = models.DateTimeField(gettext_lazy("decided at"))
    updated_at = models.DateTimeField(auto_now=True)

    objects = DecisionQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(mentions=("title", "text"))

    class Meta:
        verbose_name = gettext_lazy("decision")
        verbose_name_plural = gettext_lazy("decisions")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "year", "number"],
                name="decision_number_unique",
                violation_error_message=gettext_lazy("This number is taken already."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="decision_says_something",
                violation_error_message=gettext_lazy("Write what was decided."),
            ),
            models.CheckConstraint(
                condition=Q(vote__isnull=True)
                | Q(in_favour__isnull=True, against__isnull=True, abstained__isnull=True),
                name="decision_counts_once",
                violation_error_message=gettext_lazy("The counts stand with the vote."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The extract: this decision on a page of its own."""
        return reverse("councils:decision", args=[self.meeting.council.slug, self.year, self.number])

    @property
    def full_number(self) -> str:
        """As people cite it: year and number."""
        return f"{self.year}/{self.number}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """What was agreed, in the words of those who look for it."""

    def open_now(self) -> "AgreementQuerySet":
        """What is not done yet."""
        return self.filter(done_on=None)

    def late(self, today: dt.date) -> "AgreementQuerySet":
        """What should be done by now and is not."""
        return self.open_now().filter(due_on__lt=today)

    def owned_by(self, user: Any) -> "AgreementQuerySet":
        """What a person took upon them."""
        return self.filter(who__person__user=user.pk) if user.pk else self.none()

    def in_order(self) -> "AgreementQuerySet":
        """What is open, what is late or soon first; then what is done, the last thing first."""
        return self.order_by(
            F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "at", "pk"
        )


@tracked()
class Agreement(models.Model):
    """What somebody will do after a meeting, by when, and when it was done."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agreements", verbose_name=gettext_lazy("meeting")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=gettext_lazy("agenda item")
    )  # fmt: skip
    at = models.DateTimeField(gettext_lazy("agreed at"))
    who = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=gettext_lazy("who")
    )  # fmt: skip
    who_else = models.CharField(
        gettext_lazy("somebody else"), max_length=120, blank=True,
        help_text=gettext_lazy("A service or a team, when it is no member."),
    )  # fmt: skip
    what = models.CharField(gettext_lazy("what"), max_length=300)
    due_on = models.DateField(gettext_lazy("by"), null=True, blank=True)
    done_on = models.DateField(gettext_lazy("done on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AgreementQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who does what after a meeting of a council."),
        subject="who__person__user",
        mentions=("who_else", "what"),
    )

    class Meta:
        verbose_name = pgettext_lazy("who does what", "agreement")
        verbose_name_plural = pgettext_lazy("who does what", "agreements")
        ordering = ["due_on", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who__isnull=False, who_else="") | (Q(who__isnull=True) & ~Q(who_else="")),
                name="agreement_somebody_does_it",
                violation_error_message=gettext_lazy("Choose a member, or write who else does it."),
            ),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="agreement_says_what",
                violation_error_message=gettext_lazy("Write what will be done."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def is_late(self, today: dt.date) -> bool:
        """Whether it should be done by now and is not."""
        return self.done_on is None and self.due_on is not None and self.due_on < today

    @property
    def owner(self) -> str:
        """The name of who does it."""
        return self.who.person.name if self.who else self.who_else

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


def number_in(council: Council, year: int) -> int:
    """The number that the next decision of a council gets in a year; the council is locked."""
    last = council.decisions.filter(year=year).aggregate(most=models.Max("number"))["most"]
    return (last or 0) + 1
