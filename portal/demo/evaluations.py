"""The evaluations of the demo: that of last year with a report, and that of this year, which members answer."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from areas.models import Municipality
from core.questions.answering import validate_all
from core.secrecy import unrecorded
from councils.actions.evaluating import (
    begin_evaluation,
    close_evaluation,
    open_evaluation,
    publish_evaluation,
    save_change,
    write_report,
)
from councils.models import Council, Evaluation, EvaluationAnswer, EvaluationChange
from portal.demo.moments import day
from portal.demo.plans import BY

LEARNED = """De leden voelen zich **gehoord in de vergadering**, maar zien te weinig wat er van hun adviezen geworden is.

- De agenda komt vaak pas enkele dagen vooraf.
- Een antwoord van de stad komt, maar zelden met een reden."""
CHANGES = (
    ("De agenda en de stukken komen tien dagen vooraf.", "de secretarissen", "d-60"),
    ("Elk advies krijgt een antwoord met een reden per aanbeveling.", "het college", "d-30"),
    ("Eén keer per jaar zitten alle voorzitters samen.", "de dienst participatie", "d+120"),
)
SAID = (
    "Begin op tijd.",
    "Meer jonge mensen in de raad.",
    "Nodig de schepen vaker uit.",
    "Niets, het loopt goed.",
    "Zeg ons wat er met onze adviezen gebeurt.",
    "Kortere vergaderingen.",
)
# Their addresses are the same in each demo.
OF_LAST_YEAR = UUID("5b0c2f1e-7a54-4d0b-9c57-0f6a3d1e2a01")
OF_THIS_YEAR = UUID("5b0c2f1e-7a54-4d0b-9c57-0f6a3d1e2a02")
FEW = 4  # answers of the last council: too few to be shown
CLOSES = "d+24"


def restore_evaluations(municipality: Municipality, councils: Mapping[str, Council]) -> int:
    """Make the evaluations of the demo, once; how many there are."""
    if not Evaluation.objects.of(municipality).exists():
        with override("nl"):  # the questions that we propose become content
            _make(municipality, list(councils.values()))
    return Evaluation.objects.of(municipality).count()


def _make(municipality: Municipality, councils: list[Council]) -> None:
    year = timezone.localdate().year
    last = begin_evaluation(municipality=municipality, year=year - 1, by=BY)
    open_evaluation(evaluation=last, closes_on=timezone.localdate(), by=BY)
    chance = random.Random(year)  # noqa: S311 (invented answers, the same on each machine)
    for number, council in enumerate(councils):
        people = FEW if number == len(councils) - 1 else 5 + number % 4
        for person in range(people):
            _answer(last, council, f"voorbeeld-{council.pk}-{person}", chance)
    last = close_evaluation(evaluation=last, by=BY)
    write_report(evaluation=last, learned=LEARNED, by=BY)
    for what, who, due in CHANGES:
        save_change(change=EvaluationChange(evaluation=last, what=what, who=who, due_on=day(due)), by=BY)
    publish_evaluation(evaluation=last, by=BY)
    now = begin_evaluation(municipality=municipality, year=year, by=BY)
    open_evaluation(evaluation=now, closes_on=day(CLOSES), by=BY)
    published = timezone.now() - dt.timedelta(days=200)
    Evaluation.objects.of(municipality).update(is_example=True)
    Evaluation.objects.filter(pk=last.pk).update(published_at=published, uuid=OF_LAST_YEAR)
    Evaluation.objects.filter(pk=now.pk).update(uuid=OF_THIS_YEAR)


def _answer(evaluation: Evaluation, council: Council, participant: str, chance: random.Random) -> None:
    questions = list(evaluation.questions.all())
    raws: dict[Any, Any] = {}
    for question in questions:
        if question.kind == "scale":
            mark = min(5, max(1, round(chance.gauss(3.6 - 0.2 * question.place, 0.9))))
            raws[question.uuid] = {"blank": True} if chance.random() < 0.05 else {"number": mark}
        elif question.kind == "single":
            raws[question.uuid] = {"choice": chance.choice("aaaabbc")}
        else:
            raws[question.uuid] = {"text": chance.choice(SAID)} if chance.random() < 0.8 else None
    known = {one.uuid: one for one in questions}
    with unrecorded():
        EvaluationAnswer.objects.bulk_create(
            EvaluationAnswer(question=known[key], council=council, participant=participant, value=value)
            for key, value in validate_all(questions, raws).items()
        )
