"""Evaluation of councils: what members say of a year, and what will change because of it."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from core.questions.models import AnswerBase, QuestionBase, one_answer
from core.secrecy import secret
from core.states import moves
from councils.models.council import Council, CouncilQuerySet
from councils.models.person import Person


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "EvaluationQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def about(self, council: Council) -> "EvaluationQuerySet":
        """Those of a council, and those of all councils of its municipality."""
        return self.filter(Q(council=council) | Q(council=None, municipality=council.municipality_id))

    def open_now(self, on: dt.date | None = None) -> "EvaluationQuerySet":
        """Those that members answer on a day (today)."""
        return self.filter(state=Evaluation.State.OPEN, closes_on__gte=on or timezone.localdate())

    def published(self) -> "EvaluationQuerySet":
        """Those of which everybody reads the report."""
        return self.filter(published_at__isnull=False)

    def newest_first(self) -> "EvaluationQuerySet":
        """The last year first; that of all councils before that of one."""
        return self.order_by("-year", models.F("council__name").asc(nulls_first=True), "pk")


def evaluated_around() -> Q:
    """Of councils: those that the evaluation of the query around this one is about, as `Evaluation.councils` says it of one."""
    first = models.Func(OuterRef("year"), 1, 1, function="make_date", output_field=models.DateField())
    of_all = Q(pk=Coalesce(OuterRef("council"), F("pk")), municipality=OuterRef("municipality"))
    return Q(pk=OuterRef("council")) | (of_all & (Q(ended_on=None) | Q(ended_on__gt=first)))


@tracked()
@moves("state", {"concept": ["open"], "open": ["closed"]})
class Evaluation(models.Model):
    """The evaluation of one council over a year, or (without one) of all councils of a municipality.

    Members answer while it is open; only then it is counted: a result that changes with each answer tells what the last one was.
    """

    class State(models.TextChoices):
        CONCEPT = "concept", pgettext_lazy("evaluation", "in the making")
        OPEN = "open", pgettext_lazy("evaluation", "members answer")
        CLOSED = "closed", pgettext_lazy("evaluation", "answered")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="evaluations", verbose_name=gettext_lazy("municipality"), editable=False
    )  # fmt: skip
    council = models.ForeignKey(
        Council, models.CASCADE, null=True, blank=True, related_name="evaluations", verbose_name=gettext_lazy("council")
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    state = models.CharField(
        gettext_lazy("state"), max_length=7, choices=State.choices, default=State.CONCEPT, editable=False
    )
    closes_on = models.DateField(
        gettext_lazy("answers until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    learned = models.TextField(gettext_lazy("what we learned"), blank=True)
    reminded_at = models.DateTimeField(
        gettext_lazy("members reminded at"), null=True, blank=True, editable=False
    )
    on_paper = models.PositiveSmallIntegerField(gettext_lazy("answered on paper"), default=0, editable=False)
    published_at = models.DateTimeField(gettext_lazy("published at"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EvaluationQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(mentions=("learned",))

    class Meta:
        verbose_name = gettext_lazy("evaluation of councils")
        verbose_name_plural = gettext_lazy("evaluations of councils")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "year"],
                condition=Q(council__isnull=False),
                name="evaluation_one_a_year",
                violation_error_message=gettext_lazy("There is an evaluation of this year already."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "year"],
                condition=Q(council__isnull=True),
                name="evaluation_of_all_one_a_year",
                violation_error_message=gettext_lazy("There is an evaluation of this year already."),
            ),
            models.CheckConstraint(
                condition=Q(state="concept") | Q(closes_on__isnull=False),
                name="evaluation_open_until_a_day",
                violation_error_message=gettext_lazy("Say until when members answer."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="closed"),
                name="evaluation_published_once_closed",
                violation_error_message=gettext_lazy("A report comes after the answers."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1990, 2199)),
                name="evaluation_of_a_year",
                violation_error_message=gettext_lazy("Give a year, such as 2026."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    def get_absolute_url(self) -> str:
        """Its page: the report, and for who keeps it all the rest."""
        return reverse("councils:evaluation", args=[self.uuid])

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()

    @property
    def is_open(self) -> bool:
        """Whether members answer today."""
        return (
            self.state == self.State.OPEN
            and self.closes_on is not None
            and timezone.localdate() <= self.closes_on
        )

    @property
    def is_counted(self) -> bool:
        """Whether nobody answers any more."""
        return self.state == self.State.CLOSED

    def councils(self) -> CouncilQuerySet:
        """The councils that it is about: those that worked in its year."""
        if self.council_id:
            return Council.objects.filter(pk=self.council_id)
        return Council.objects.of(self.municipality_id).exclude(ended_on__lte=dt.date(self.year, 1, 1))


@tracked()
class EvaluationQuestion(QuestionBase):
    """A question to members; `origin` is that of the question of an earlier year that it continues."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="questions", verbose_name=gettext_lazy("evaluation")
    )
    origin = models.UUIDField(gettext_lazy("continues"), default=uuid.uuid4, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="evaluation")

    class Meta(QuestionBase.Meta):
        verbose_name = gettext_lazy("question of an evaluation")
        verbose_name_plural = gettext_lazy("questions of evaluations")

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@secret
class EvaluationAnswer(AnswerBase):
    """What one member of a council answered; who that is, nobody knows, not even the history."""

    question = models.ForeignKey(
        EvaluationQuestion, models.CASCADE, related_name="answers", verbose_name=gettext_lazy("question")
    )
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="evaluation_answers", verbose_name=gettext_lazy("council")
    )

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(impersonal=("participant", "value"))

    class Meta:
        verbose_name = gettext_lazy("answer of an evaluation")
        verbose_name_plural = gettext_lazy("answers of evaluations")
        constraints = [one_answer("evaluation_answer_once")]


class EvaluationTurnout(models.Model):
    """Who answered for a council, so that nobody does so twice; goes when the evaluation closes.

    All rows of an evaluation are written anew with each that comes, in another order, as its answers are: no order joins both.
    """

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="turnout", verbose_name=gettext_lazy("evaluation")
    )
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="+", verbose_name=gettext_lazy("council")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=gettext_lazy("person"))
    is_paper = models.BooleanField(gettext_lazy("on paper"), default=False)

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To ask each member of a council once what went well and what did not."),
        subject="person__user",
        delete_row=True,
        kept=gettext_lazy("until the evaluation closes"),
    )

    class Meta:
        verbose_name = gettext_lazy("turnout of an evaluation")
        verbose_name_plural = gettext_lazy("turnouts of evaluations")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "council", "person"], name="evaluation_turnout_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


@tracked()
class EvaluationChange(models.Model):
    """Something that will change because of an evaluation: what, who sees to it, and by when."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="changes", verbose_name=gettext_lazy("evaluation")
    )
    what = models.CharField(gettext_lazy("what will change"), max_length=300)
    who = models.CharField(
        gettext_lazy("who sees to it"), max_length=120, blank=True,
        help_text=gettext_lazy("A function or a body: the secretary, the service of participation."),
    )  # fmt: skip
    due_on = models.DateField(gettext_lazy("by when"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="evaluation")
    personal: ClassVar[Personal] = Personal(mentions=("what", "who"))

    class Meta:
        verbose_name = gettext_lazy("change after an evaluation")
        verbose_name_plural = gettext_lazy("changes after evaluations")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
