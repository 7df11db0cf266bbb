"""Questions that are asked only after a certain answer to an earlier one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.questions.kind import Value
from core.questions.kinds import kind_of
from core.questions.models import QuestionBase


def is_asked(
    question: QuestionBase, answers: Mapping[UUID, Value], questions: Mapping[UUID, QuestionBase]
) -> bool:
    """Whether who answered so is asked this question; `answers` hold nothing of a question that was not asked itself."""
    if not question.condition:
        return True
    before = UUID(question.condition["question"])
    if before not in answers or before not in questions:
        return False
    return bool(kind_of(questions[before]).keys(answers[before]) & set(question.condition["any_of"]))


def in_words(question: QuestionBase, questions: Sequence[QuestionBase]) -> str:
    """When a question is asked ("Only if you answer “Yes” to question 2."); empty when always."""
    if not question.condition:
        return ""
    numbers = {str(one.uuid): number for number, one in enumerate(questions, start=1)}
    number = numbers.get(question.condition["question"])
    if number is None:
        return ""
    labels = dict(kind_of(questions[number - 1]).conditions(questions[number - 1]))
    said = [f"“{labels[key]}”" for key in question.condition["any_of"] if key in labels]
    return _("Only if you answer %(answers)s to question %(number)d.") % {
        "answers": _(" or ").join(said), "number": number,
    }  # fmt: skip


def check_condition(question: QuestionBase, before: Sequence[QuestionBase]) -> None:
    """Raise ValidationError at `condition` unless it names an earlier question and answers that can be given to it."""
    if not question.condition:
        return
    known = {str(one.uuid): one for one in before}
    earlier = known.get(str(question.condition.get("question", "")))
    if earlier is None:
        raise ValidationError(
            {"condition": _("Choose a question that stands before this one.")}, code="earlier"
        )
    possible = {key for key, _label in kind_of(earlier).conditions(earlier)}
    asked = question.condition.get("any_of")
    if not isinstance(asked, list) or not asked or not set(asked) <= possible:
        raise ValidationError(
            {"condition": _("Choose answers that can be given to that question.")}, code="answers"
        )
