"""Advice: what a council says to who decides, with its recommendations; once adopted it stays as it was adopted."""

import datetime as dt
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import PolicyField
from areas.models import Area, Municipality
from areas.models.where import Where
from core.access import permitted
from core.history import ERASURE_ROLE, tracked
from core.models import Release
from core.personal import Personal
from core.states import moves
from councils.models.council import Council, CouncilArea
from councils.models.meeting import Meeting
from councils.models.vote import Vote
from plans.models import Plan

ANSWERS = "councils.answer"  # the kind of their releases
# What stays as it was adopted.
ADOPTED = (
    "council_id", "municipality_id", "year", "number", "origin", "question", "title", "text", "body", "body_name",
    "adopted_on", "vote_id", "vote_words", "composition", "digest", "frozen_at",
)  # fmt: skip
FROZEN = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in ADOPTED)


def _released(least: int) -> models.Subquery:
    """The moment of release of the first answer, or (from version 2 on) of the last correction, that everybody reads."""
    versions = Advice.objects.filter(pk=models.OuterRef(models.OuterRef("pk")), answers__number__gte=least)
    public = Release.objects.of_kind(ANSWERS).released().filter(subject__in=versions.values("answers__uuid"))
    return models.Subquery(
        public.order_by("release_at" if least == 1 else "-release_at").values("release_at")[:1]
    )


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Advices, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "AdviceQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def adopted(self) -> "AdviceQuerySet":
        """Those that a council gave; everybody reads them."""
        return self.filter(state=Advice.State.ADOPTED)

    def given_in(self, meeting: Meeting) -> "AdviceQuerySet":
        """Those that a council gave in a meeting: by a vote of it, or, without one, on its day."""
        on_its_day = Q(meeting=None, council=meeting.council_id, adopted_on=meeting.day)
        return self.adopted().filter(Q(meeting=meeting) | on_its_day)

    def visible_to(self, user: Any) -> "AdviceQuerySet":
        """What was adopted; what is in the making for the members and the secretary of its council."""
        return self.adopted() | permitted(self, user, "councils.view_advice")

    def in_area(self, area: Area) -> "AdviceQuerySet":
        """Those of councils that are about an area by name."""
        return self.filter(council__in=CouncilArea.objects.filter(area=area).values("council"))

    def with_answer(self) -> Any:
        """Each with `answered_at`: the moment from which everybody reads its answer, None as long as nobody may.

        A later correction of the answer changes nothing about that moment: `with_correction` tells it.
        """
        return self.annotate(answered_at=_released(1))

    def with_correction(self) -> Any:
        """Each with `corrected_at`: the moment from which everybody reads the last correction of its answer, None without one."""
        return self.annotate(corrected_at=_released(2))

    def answered(self) -> Any:
        """Those whose answer everybody reads."""
        return self.with_answer().filter(answered_at__isnull=False)

    def open_now(self) -> Any:
        """Those that wait for an answer, as everybody sees it."""
        return self.adopted().with_answer().filter(answered_at__isnull=True)

    def overdue(self, on: dt.date | None = None) -> Any:
        """Those that wait for an answer longer than the term, on a day (today)."""
        return self.open_now().filter(due_on__lt=on or timezone.localdate())

    def newest_first(self) -> "AdviceQuerySet":
        """As the register has them."""
        return self.order_by(F("year").desc(nulls_first=True), F("number").desc(nulls_first=True), "-pk")


@tracked()
@moves("state", {"draft": ["adopted", "withdrawn"]})
class Advice(models.Model):
    """What a council advises, asked or on its own, about a plan or a question; numbered by year in a municipality once adopted.

    The composition of the council and whether it was valid are frozen with it (`composition`, `digest` its SHA-256). `due_on` is
    when the answer was due by the rule of that day (`answer_days` working days after it was received), and is kept.
    """

    class Origin(models.TextChoices):
        ASKED = "asked", gettext_lazy("asked by the municipality")
        OWN = "own", gettext_lazy("the council's own initiative")

    class Body(models.TextChoices):
        EXECUTIVE = "executive", gettext_lazy("executive (college)")
        COUNCIL = "council", gettext_lazy("municipal council")
        OTHER = "other", pgettext_lazy("body", "other")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("advice", "in the making")
        ADOPTED = "adopted", pgettext_lazy("advice", "given")
        WITHDRAWN = "withdrawn", pgettext_lazy("advice", "withdrawn")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="advices", verbose_name=gettext_lazy("municipality"), editable=False
    )  # fmt: skip
    council = models.ForeignKey(
        Council, models.PROTECT, related_name="advices", verbose_name=gettext_lazy("council")
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("year"), null=True, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(gettext_lazy("number"), null=True, blank=True, editable=False)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    origin = models.CharField(gettext_lazy("occasion"), max_length=6, choices=Origin.choices)
    question = models.TextField(
        gettext_lazy("question"), max_length=1000, blank=True,
        help_text=gettext_lazy("What the council was asked, or what it speaks about."),
    )  # fmt: skip
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="advices", verbose_name=gettext_lazy("plan")
    )  # fmt: skip
    title = models.CharField(
        gettext_lazy("title"), max_length=160,
        help_text=gettext_lazy("What the council asks, in one sentence: “Give the square back to the village”."),
    )  # fmt: skip
    text = models.TextField(gettext_lazy("why the council asks this"), blank=True)
    body = models.CharField(
        gettext_lazy("addressed to"), max_length=10, choices=Body.choices, default=Body.EXECUTIVE
    )
    body_name = models.CharField(gettext_lazy("name of the body"), max_length=120, blank=True)
    policy_field = models.ForeignKey(
        PolicyField, models.PROTECT, null=True, blank=True, related_name="advices",
        verbose_name=gettext_lazy("policy field"),
        help_text=gettext_lazy("Who answers follows from it."),
    )  # fmt: skip
    adopted_on = models.DateField(gettext_lazy("given on"), null=True, blank=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="advices", verbose_name=gettext_lazy("meeting"), editable=False
    )  # fmt: skip
    vote = models.ForeignKey(
        Vote, models.PROTECT, null=True, blank=True, related_name="advices", verbose_name=gettext_lazy("vote"), editable=False
    )  # fmt: skip
    vote_words = models.CharField(
        gettext_lazy("how the council voted"), max_length=200, blank=True, editable=False
    )
    composition = models.JSONField(
        gettext_lazy("composition at that moment"), null=True, blank=True, editable=False
    )
    digest = models.CharField(gettext_lazy("checksum"), max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(gettext_lazy("frozen at"), null=True, blank=True, editable=False)
    received_on = models.DateField(gettext_lazy("received on"), null=True, blank=True, editable=False)
    answer_days = models.PositiveSmallIntegerField(
        gettext_lazy("working days to answer"), null=True, blank=True, editable=False
    )
    due_on = models.DateField(gettext_lazy("answer due on"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(gettext_lazy("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_why = models.TextField(
        gettext_lazy("why it was withdrawn"), max_length=1000, blank=True, editable=False
    )
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdviceQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(
        impersonal=("body_name", "vote_words", "composition", "digest"),
        mentions=("title", "question", "text", "withdrawn_why"),
    )

    class Meta:
        verbose_name = gettext_lazy("advice")
        verbose_name_plural = gettext_lazy("advices")
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "number"],
                condition=Q(number__isnull=False),
                name="advice_number_unique",
                violation_error_message=gettext_lazy("This number is taken already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted")
                | Q(
                    year__isnull=False, number__isnull=False, adopted_on__isnull=False, composition__isnull=False,
                    frozen_at__isnull=False,
                ),
                name="advice_adopted_is_frozen",
                violation_error_message=gettext_lazy("An advice that was given has a day, a number and who could give it."),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, due_on__isnull=True, answer_days__isnull=True)
                | Q(received_on__isnull=False, due_on__gte=F("received_on"), answer_days__isnull=False),
                name="advice_received_and_due",
                violation_error_message=gettext_lazy("Once it is received, the day of the answer follows from that."),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | Q(state="adopted", received_on__gte=F("adopted_on")),
                name="advice_received_after_it_was_given",
                violation_error_message=gettext_lazy("It is received after it was given."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | Q(state="withdrawn", withdrawn_on__isnull=False, withdrawn_why__regex=r"\S"),
                name="advice_withdrawn_for_a_reason",
                violation_error_message=gettext_lazy("Say why it is withdrawn."),
            ),
            models.CheckConstraint(
                condition=~Q(body="other") | ~Q(body_name=""),
                name="advice_body_has_a_name",
                violation_error_message=gettext_lazy("Name the body that it is for."),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="stays_as_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' AND OLD.state = 'adopted' AND ({FROZEN}) THEN "
                    "RAISE EXCEPTION 'an advice stays as it was given'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the advice; of one in the making, where its council works on it."""
        if self.number is None:
            return reverse("advices:draft", args=[self.uuid])
        return reverse("advices:detail", args=[self.year, self.number])

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()

    @property
    def code(self) -> str:
        """Its number as people name it ("2026/17"); empty while it is in the making."""
        return f"{self.year}/{self.number}" if self.number is not None else ""

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.state == self.State.ADOPTED

    @property
    def is_draft(self) -> bool:
        """Whether the council still works on it."""
        return self.state == self.State.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was stopped before it was given."""
        return self.state == self.State.WITHDRAWN

    @property
    def verdict(self) -> str:
        """Whether the council was composed as it must be when it gave it: met, not_met or unknown."""
        return str((self.composition or {}).get("verdict", "unknown"))


@tracked()
class Recommendation(models.Model):
    """One thing that an advice asks; an advice that was given keeps those that it had."""

    advice = models.ForeignKey(
        Advice, models.CASCADE, related_name="recommendations", verbose_name=gettext_lazy("advice")
    )
    number = models.PositiveSmallIntegerField(gettext_lazy("number"))
    text = models.TextField(gettext_lazy("what the council asks"), max_length=1000)

    where: ClassVar[Where] = Where(parent="advice")
    personal: ClassVar[Personal] = Personal(mentions=("text",))

    class Meta:
        verbose_name = gettext_lazy("recommendation")
        verbose_name_plural = gettext_lazy("recommendations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "number"],
                name="recommendation_number_unique",
                violation_error_message=gettext_lazy("This number is taken already."),
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"),
                name="recommendation_says_something",
                violation_error_message=gettext_lazy("Write what the council asks."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_as_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' AND EXISTS (SELECT 1 FROM councils_advice WHERE state = 'adopted' "  # noqa: S608 - names of our own
                    "AND id = (CASE TG_OP WHEN 'INSERT' THEN NEW.advice_id ELSE OLD.advice_id END)) THEN "
                    "RAISE EXCEPTION 'an advice stays as it was given'; END IF; "
                    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text
