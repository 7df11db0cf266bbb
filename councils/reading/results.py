"""What members said in an evaluation, beside what they said the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Window
from django.utils.translation import gettext as _

from core.questions.counting import FEWEST, tally
from core.questions.kind import Tally
from core.wording import number, percent
from councils.models import Council, Evaluation, EvaluationAnswer, EvaluationQuestion


@dataclass(frozen=True)
class Row:
    """A choice and how often it was made; `share` is out of a hundred, `percent` the same in words."""

    words: str
    times: int
    percent: str
    share: float


@dataclass(frozen=True)
class Result:
    """The answers to a question, in words."""

    question: EvaluationQuestion
    number: int
    said: str
    rows: Sequence[Row]
    texts: Sequence[str]
    mean: str
    before: str
    is_hidden: bool


def results_of(evaluation: Evaluation, council: Council | None = None) -> list[Result]:
    """What was answered, of all councils together or of one; nothing before it is closed, nor of fewer than five answers."""
    if not evaluation.is_counted:
        return []
    questions = list(evaluation.questions.all())
    before = _means_before(evaluation, council, questions)
    return [_result(number, one, before) for number, one in enumerate(_tallied(questions, council), start=1)]


def _tallied(questions: Sequence[EvaluationQuestion], council: Council | None) -> list[Tally]:
    """Of all councils together only those count that gave five answers to a question: what is together, less what the others
    show of themselves, would tell what the few said."""
    answers = EvaluationAnswer.objects.filter(question__in=[one.pk for one in questions])
    if council is not None:
        return tally(answers.filter(council=council), questions)
    together = Window(Count("pk"), partition_by=["question", "council"])
    enough = answers.annotate(together=together).filter(together__gte=FEWEST)
    return tally(EvaluationAnswer.objects.filter(pk__in=enough.values("pk")), questions)


def _means_before(
    evaluation: Evaluation, council: Council | None, questions: Sequence[EvaluationQuestion]
) -> dict[UUID, str]:
    """By origin of a question, what it came to in the last evaluation of the same scope that is closed."""
    earlier = Evaluation.objects.filter(
        municipality=evaluation.municipality_id, council=evaluation.council_id, year__lt=evaluation.year,
        state=Evaluation.State.CLOSED,
    ).order_by("-year")  # fmt: skip
    last = earlier.first()
    if last is None:
        return {}
    kept = {one.origin for one in questions if one.kind == "scale"}
    old = [one for one in last.questions.all() if one.kind == "scale" and one.origin in kept]
    return {
        one.origin: _("%(mean)s in %(year)d") % {"mean": number(float(found.mean), 1), "year": last.year}
        for one, found in zip(old, _tallied(old, council), strict=True)
        if found.mean is not None
    }


def _result(place: int, found: Tally, before: dict[UUID, str]) -> Result:
    question = found.question
    assert isinstance(question, EvaluationQuestion)  # noqa: S101 (its own questions went in)
    rows = [Row(one.words, one.number, percent(one.percent), one.percent) for one in found.counts]
    mean = "" if found.mean is None else number(float(found.mean), 1)
    said = (
        _("%(number)d answers, of which %(blank)d without an opinion")
        if found.blank
        else _("%(number)d answers")
    )
    return Result(
        question, place, said % {"number": found.number, "blank": found.blank}, rows, found.texts, mean,
        before.get(question.origin, ""), found.is_hidden,
    )  # fmt: skip
