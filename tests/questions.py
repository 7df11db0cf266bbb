"""Questions and answers of an app that is not there; its tables are made for a test."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models

from core.questions.models import AnswerBase, QuestionBase, one_answer

ALONE = Apps()


class Question(QuestionBase):
    """A question of the made-up app."""

    class Meta(QuestionBase.Meta):
        app_label = "made_up"
        apps = ALONE
        db_table = "made_up_question"

    objects: models.Manager["Question"] = models.Manager()


class Answer(AnswerBase):
    """An answer to it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")

    class Meta:
        app_label = "made_up"
        apps = ALONE
        db_table = "made_up_answer"
        constraints = [one_answer("made_up_answer_once")]

    objects: models.Manager["Answer"] = models.Manager()


@contextmanager
def tables() -> Iterator[None]:
    """The tables, for as long as they are asked."""
    with connection.schema_editor() as editor:
        for model in (Question, Answer):
            editor.create_model(model)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        for model in (Answer, Question):
            editor.delete_model(model)


def question(kind: str, *labels: str, place: int = 1, **more: Any) -> Question:
    """A question that is not kept yet; its choices are a, b, c …"""
    options = [{"key": "abcdefghij"[number], "label": label} for number, label in enumerate(labels)]
    settings = {name: more.pop(name) for name in list(more) if name not in FIELDS}
    return Question(
        kind=kind, text=more.pop("text", kind), options=options, settings=settings, place=place, **more
    )


FIELDS = {"text", "help", "is_required", "condition"}


def given(question: Question, values: Sequence[Any], first: int = 0) -> None:
    """Answers of as many participants."""
    Answer.objects.bulk_create(
        Answer(question=question, participant=f"p{number}", value=value)
        for number, value in enumerate(values, start=first)
    )
