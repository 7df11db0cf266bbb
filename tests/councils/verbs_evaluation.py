"""How the verbs of evaluations are called: by the council secretary of Bergen, and a member who answers."""

import datetime as dt
from typing import Any

from django.utils import timezone

from councils.actions import answering, evaluating
from councils.models import Council, Evaluation, EvaluationChange, EvaluationQuestion
from tests.conftest import OPERATOR
from tests.councils.made import make_council, make_member
from tests.verbs import Examples, World


def _council(world: World) -> Council:
    council = make_council(world.land.municipality, world.land["bergen"])
    make_member(council, user=world.cast["council_member"])
    return council


def evaluation_of(council: Council, state: str = "concept", year: int = 2025) -> Evaluation:
    """An evaluation of a council with the questions that we propose."""
    made = evaluating.begin_evaluation(
        municipality=council.municipality, council=council, year=year, by=OPERATOR
    )
    if state != "concept":
        later = timezone.localdate() + dt.timedelta(days=30)
        made = evaluating.open_evaluation(evaluation=made, closes_on=later, by=OPERATOR)
    if state == "closed":
        made = evaluating.close_evaluation(evaluation=made, by=OPERATOR)
    return made


def _by(world: World, state: str = "concept", **more: Any) -> dict[str, Any]:
    return {"evaluation": evaluation_of(_council(world), state), "by": world.cast["secretary"], **more}


def _begin(world: World) -> dict[str, Any]:
    council = _council(world)
    return {
        "municipality": council.municipality, "council": council, "year": 2026, "by": world.cast["secretary"],
    }  # fmt: skip


def _question(world: World) -> dict[str, Any]:
    asked = _by(world)
    question = EvaluationQuestion(evaluation=asked["evaluation"], kind="open", text="Wat nog?")
    return {"question": question, "by": asked["by"], "place": 1}


def _asked(world: World) -> dict[str, Any]:
    asked = _by(world)
    return {"question": asked["evaluation"].questions.get(kind="single"), "by": asked["by"]}


def _answer(world: World) -> dict[str, Any]:
    council = _council(world)
    evaluation = evaluation_of(council, "open")
    return {
        "evaluation": evaluation, "council": council, "by": world.cast["council_member"],
        "answers": {evaluation.questions.first().uuid: {"number": 4}},  # type: ignore[union-attr]
    }  # fmt: skip


def _paper(world: World) -> dict[str, Any]:
    asked = _answer(world)
    return asked | {"person": make_member(asked["council"]).person, "by": world.cast["secretary"]}


def _change(world: World) -> dict[str, Any]:
    asked = _by(world, "closed")
    return {
        "change": EvaluationChange(evaluation=asked["evaluation"], what="Vroeger mailen"),
        "by": asked["by"],
    }


def _kept_change(world: World) -> dict[str, Any]:
    asked = _change(world)
    return {"change": evaluating.save_change(**asked | {"by": OPERATOR}), "by": asked["by"]}


def _publish(world: World) -> dict[str, Any]:
    asked = _kept_change(world)
    return {"evaluation": asked["change"].evaluation, "by": asked["by"]}


EXAMPLES: Examples = {
    evaluating.begin_evaluation: _begin,
    evaluating.save_question: _question,
    evaluating.remove_question: _asked,
    evaluating.open_evaluation: lambda world: _by(
        world, closes_on=timezone.localdate() + dt.timedelta(days=9)
    ),
    answering.answer_evaluation: _answer,
    answering.answer_on_paper: _paper,
    evaluating.remind_of_evaluation: lambda world: _by(world, "open"),
    evaluating.close_evaluation: lambda world: _by(world, "open"),
    evaluating.write_report: lambda world: _by(world, "closed", learned="We spreken te kort."),
    evaluating.save_change: _change,
    evaluating.remove_change: _kept_change,
    evaluating.publish_evaluation: _publish,
}
