"""What was answered, counted in SQL over a table that an app owns; nothing of fewer than five."""

from collections.abc import Sequence

from django.db.models import Count, Q

from core.questions.kind import BLANK, Answers, Found, Tally
from core.questions.kinds import KINDS, kind_of
from core.questions.models import QuestionBase

FEWEST = 5  # answers under which nothing is shown


def tally(answers: Answers, questions: Sequence[QuestionBase], *, fewest: int = FEWEST) -> list[Tally]:
    """A tally for each question, in their order: one query for all, and one or two a kind.

    `answers` are those that count. A question with fewer than `fewest` answers (one that says
    "no opinion" is none) is hidden: its answers do not leave the database.
    """
    numbers = {
        row["question"]: (row["times"] - row["none"], row["none"])
        for row in answers.order_by()
        .filter(question__in=[one.pk for one in questions])
        .values("question")
        .annotate(times=Count("pk"), none=Count("pk", filter=Q(value__has_key=BLANK)))
    }
    shown = [one for one in questions if _are_enough(*numbers.get(one.pk, (0, 0)), fewest)]
    found = {one.pk: Found() for one in shown}
    for name, kind in KINDS.items():
        keys = [one.pk for one in shown if one.kind == name]
        if keys:
            kind.find(answers.order_by().filter(question__in=keys), found)
    return [
        kind_of(one).tally(one, *numbers[one.pk], found[one.pk])
        if one.pk in found
        else Tally(one, is_hidden=True)
        for one in questions
    ]


def _are_enough(given: int, none: int, fewest: int) -> bool:
    """Whether the answers of a question hide among each other: "no opinion" hides nobody who has one."""
    return given >= fewest or (given == 0 and none >= fewest)


def participants(answers: Answers) -> int:
    """How many took part."""
    return answers.order_by().values("participant").distinct().count()
