"""Answers: validated as a whole, the form for them, and keeping them."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.questions.conditions import in_words, is_asked
from core.questions.kind import BLANK, Value
from core.questions.kinds import kind_of
from core.questions.models import LONGEST_KEY, AnswerBase, QuestionBase

Raws = Mapping[UUID, Mapping[str, Any] | None]


def validate(question: QuestionBase, raw: Any) -> dict[str, Any]:
    """The value of one answer; raises ValidationError that says what would be accepted."""
    if not isinstance(raw, Mapping):
        raise ValidationError(_("We cannot read this answer."), code="unreadable")
    if raw.get(BLANK) is True and question.setting("blank"):
        return {BLANK: True}
    return kind_of(question).clean(question, raw)


def validate_all(questions: Sequence[QuestionBase], raws: Raws) -> dict[UUID, Value]:
    """The values of all answers; raises ValidationError by question (its `name_of`).

    What was answered to a question that is not asked after the other answers counts as not said.
    """
    known = {one.uuid: one for one in questions}
    values: dict[UUID, Value] = {}
    wrong: dict[str, ValidationError] = {}
    for question in questions:
        if not is_asked(question, values, known):
            continue
        raw = raws.get(question.uuid)
        if raw is None:
            if question.is_required:
                wrong[name_of(question)] = ValidationError(_("Answer this question."), code="required")
            continue
        try:
            values[question.uuid] = validate(question, raw)
        except ValidationError as error:
            wrong[name_of(question)] = error
    if wrong:
        raise ValidationError(wrong)
    return values


def name_of(question: QuestionBase) -> str:
    """The name of its field."""
    return f"q{question.uuid.hex}"


def options_for(question: QuestionBase, participant: str) -> list[tuple[str, str]]:
    """The choices in the order in which this participant sees them: always the same one, and another one for others."""
    options = list(question.labels.items())
    if question.setting("shuffled"):
        random.Random(f"{question.uuid}:{participant}").shuffle(options)  # noqa: S311 (an order, no secret)
    return options


class QuestionsForm(forms.Form):
    """The fields of questions; once it is valid, `answers` hold the values by question."""

    answers: dict[UUID, Value]

    def __init__(
        self,
        questions: Sequence[QuestionBase],
        *args: Any,
        participant: str = "",
        given: Mapping[UUID, Value] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.questions = list(questions)
        self.answers = {}
        for number, question in enumerate(self.questions, start=1):
            kind, value = kind_of(question), (given or {}).get(question.uuid)
            begin = kind.initial(value) if value else {}
            for ending, field in kind.fields(question, options_for(question, participant)).items():
                if ending == "":
                    said = (question.help, in_words(question, self.questions), str(field.help_text))
                    field.label = f"{number}. {question.text}"
                    field.help_text = " ".join(text for text in said if text)
                # What must be answered is said by the kind, for a condition may take the question away.
                field.may_be_empty_is_said = bool(ending) or question.is_required  # type: ignore[attr-defined]
                field.initial = begin.get(ending, field.initial)
                field.widget.attrs |= self._asked_after(question)
                self.fields[name_of(question) + ending] = field

    def _asked_after(self, question: QuestionBase) -> dict[str, str]:
        """What static/js/asked.js goes by to hide a question until it is asked."""
        named = question.condition.get("question")
        before = next((one for one in self.questions if str(one.uuid) == named), None)
        if before is None:
            return {}
        return {
            "data-asked-after": name_of(before),
            "data-asked-of": json.dumps(question.condition["any_of"]),
        }

    def clean(self) -> dict[str, Any]:
        """Each answer as its kind takes it; what is wrong stands at its question."""
        cleaned: dict[str, Any] = super().clean() or {}
        raws: dict[UUID, Mapping[str, Any] | None] = {}
        for question in self.questions:
            name = name_of(question)
            endings = [one.removeprefix(name) for one in self.fields if one.startswith(name)]
            if all(name + ending not in self.errors for ending in endings):
                raws[question.uuid] = kind_of(question).raw(
                    {ending: cleaned.get(name + ending) for ending in endings}
                )
        try:
            self.answers = validate_all(self.questions, raws)
        except ValidationError as error:
            for field, errors in error.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, errors)
        return cleaned


@transaction.atomic
def keep_answers(
    model: type[AnswerBase],
    *,
    participant: str,
    questions: Sequence[QuestionBase],
    values: Mapping[UUID, Value],
    locks: Callable[[], Any] | None = None,
) -> None:
    """Keep what a participant answered, once or again: one upsert, and what is no longer said goes.

    `locks` takes the row that says whether one may still answer, and refuses when not.
    """
    if not participant or len(participant) > LONGEST_KEY:
        raise ValueError("a participant has a key of 1 to 64 characters")
    if locks is not None:
        locks()
    row: Any = model  # with the question that its app added
    table = row._default_manager
    asked = {one.uuid: one for one in questions}
    table.filter(
        participant=participant, question__in=[one.pk for key, one in asked.items() if key not in values]
    ).delete()
    table.bulk_create(
        [row(question=asked[key], participant=participant, value=value) for key, value in values.items()],
        update_conflicts=True,
        unique_fields=["question", "participant"],
        update_fields=["value"],
    )


def answers_of(
    model: type[AnswerBase], *, participant: str, questions: Sequence[QuestionBase]
) -> dict[UUID, Value]:
    """What a participant answered, by question."""
    known = {one.pk: one.uuid for one in questions}
    table: Any = model._default_manager
    rows = table.filter(participant=participant, question__in=list(known)).values_list("question", "value")
    return {known[question]: value for question, value in rows}
