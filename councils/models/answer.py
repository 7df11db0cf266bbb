"""Answers: what becomes of each recommendation, with the reason; nobody but who is named reads it before it is released.

An answer that everybody reads stays as it is. To correct it a new version is written, with its own way to the public.
"""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models import Municipality
from areas.models.where import Where
from core.history import ERASURE_ROLE, tracked
from core.personal import Personal
from core.release import public_subjects, subjects_for
from councils.models.advice import ANSWERS, Advice, Recommendation
from plans.models import Action

# What was put to who decides is not changed: the database asks the release of the answer itself.
UNDER_DECISION = (
    "SELECT 1 FROM core_release r JOIN councils_answer a ON a.uuid = r.subject WHERE r.kind = 'councils.answer' "
    "AND r.state IN ('put', 'decided', 'released') AND a.id = "
)


def while_concept(name: str, answer: str, words: str) -> pgtrigger.Trigger:
    """The trigger that keeps what was put to who decides: `words` are the columns that count (empty: the row itself too)."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=(
            f"IF current_user <> '{ERASURE_ROLE}' AND ({words}) AND EXISTS ({UNDER_DECISION} {answer}) THEN "
            "RAISE EXCEPTION 'what was put to who decides stays'; END IF; RETURN NEW;"
        ),
    )


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers to advices."""

    def released(self) -> "AnswerQuerySet":
        """Those that everybody reads."""
        return self.filter(uuid__in=public_subjects(ANSWERS))

    def counting(self) -> "AnswerQuerySet":
        """Of each advice the version that counts: the last one that everybody reads."""
        last = self.released().filter(advice=models.OuterRef("advice")).order_by("-number")
        return self.filter(pk=models.Subquery(last.values("pk")[:1]))

    def visible_to(self, user: Any) -> "AnswerQuerySet":
        """Those that everybody reads, and those that this person is named to read before."""
        return self.filter(uuid__in=subjects_for(ANSWERS, user))


@tracked()
class Answer(models.Model):
    """The answer of the body that an advice was addressed to: `text` in general, and a line for each recommendation.

    The first has number 1; each later one corrects those before it, and `correction` says why.
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(
        Advice, models.CASCADE, related_name="answers", verbose_name=gettext_lazy("advice")
    )
    number = models.PositiveSmallIntegerField(gettext_lazy("version"), default=1, editable=False)
    correction = models.TextField(gettext_lazy("why the answer is corrected"), max_length=1000, blank=True)
    text = models.TextField(gettext_lazy("in general"), max_length=3000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AnswerQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="advice")
    personal: ClassVar[Personal] = Personal(mentions=("text", "correction"))

    class Meta:
        verbose_name = gettext_lazy("answer to an advice")
        verbose_name_plural = gettext_lazy("answers to advices")
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "number"],
                name="answer_number_unique",
                violation_error_message=gettext_lazy("This number is taken already."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, correction="") | Q(number__gt=1, correction__regex=r"\S"),
                name="answer_corrected_for_a_reason",
                violation_error_message=gettext_lazy("Say why the answer is corrected."),
            ),
        ]
        triggers = [
            while_concept(
                "stays_as_put",
                "NEW.id",
                "NEW.text IS DISTINCT FROM OLD.text OR NEW.correction IS DISTINCT FROM OLD.correction "
                "OR NEW.number IS DISTINCT FROM OLD.number OR NEW.advice_id IS DISTINCT FROM OLD.advice_id",
            )
        ]

    def __str__(self) -> str:
        if self.is_correction:
            return _("Correction of the answer to advice %(code)s") % {"code": self.advice.code}
        return _("Answer to advice %(code)s") % {"code": self.advice.code}

    def get_absolute_url(self) -> str:
        """The page of its advice."""
        return self.advice.get_absolute_url()

    @property
    def is_correction(self) -> bool:
        """Whether it corrects one that everybody read before."""
        return self.number > 1

    @property
    def municipality(self) -> Municipality:
        """The municipality that answers."""
        return self.advice.municipality

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()


@tracked()
class AnswerLine(models.Model):
    """What becomes of one recommendation, and why; perhaps the action of a plan that carries it out."""

    class Verdict(models.TextChoices):
        FOLLOWED = "followed", pgettext_lazy("recommendation", "followed")
        PARTLY = "partly", pgettext_lazy("recommendation", "partly followed")
        NOT = "not", pgettext_lazy("recommendation", "not followed")

    answer = models.ForeignKey(
        Answer, models.CASCADE, related_name="lines", verbose_name=gettext_lazy("answer")
    )
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="lines", verbose_name=gettext_lazy("recommendation")
    )
    verdict = models.CharField(gettext_lazy("what becomes of it"), max_length=8, choices=Verdict.choices)
    reason = models.TextField(gettext_lazy("why"), max_length=2000)
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="answer_lines",
        verbose_name=gettext_lazy("action that carries it out"),
    )  # fmt: skip

    where: ClassVar[Where] = Where(parent="answer")
    personal: ClassVar[Personal] = Personal(mentions=("reason",))

    class Meta:
        verbose_name = gettext_lazy("line of an answer")
        verbose_name_plural = gettext_lazy("lines of answers")
        ordering = ["recommendation__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "recommendation"],
                name="answerline_once_a_recommendation",
                violation_error_message=gettext_lazy("This recommendation is answered already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="answerline_has_a_reason",
                violation_error_message=gettext_lazy("Say why: the council reads it."),
            ),
        ]
        triggers = [
            while_concept(
                "stays_as_put",
                "NEW.answer_id",
                "NEW.verdict IS DISTINCT FROM OLD.verdict OR NEW.reason IS DISTINCT FROM OLD.reason",
            ),
            pgtrigger.Trigger(
                name="of_the_same_advice",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF (SELECT advice_id FROM councils_recommendation WHERE id = NEW.recommendation_id) <> "  # noqa: S608 - names of our own
                    "(SELECT advice_id FROM councils_answer WHERE id = NEW.answer_id) THEN "
                    "RAISE EXCEPTION 'a recommendation of another advice'; END IF; "
                    f"IF EXISTS ({UNDER_DECISION} NEW.answer_id) THEN RAISE EXCEPTION 'what was put to who decides stays'; "
                    "END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.recommendation_id}"
