"""How the verbs of advices and answers are called."""

from typing import Any

from django.utils import timezone

from councils.actions import advices, answers
from councils.models import Advice
from tests.councils.advised import make_answered, make_draft, make_given
from tests.councils.made import make_council
from tests.verbs import Examples, World


def _draft(world: World, **more: Any) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    return {"advice": make_draft(council), "by": world.cast["secretary"], **more}


def _given(world: World, **more: Any) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    return {"advice": make_given(council), "by": world.cast["administrator"], **more}


def _corrected(world: World) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    lines = {number: answers.Said("not", "Toch niet.") for number in (1, 2)}
    return {
        "advice": make_answered(council),
        "by": world.cast["administrator"],
        "why": "Verkeerd aantal.",
        "lines": lines,
    }


EXAMPLES: Examples = {
    advices.begin_advice: lambda world: {
        "council": make_council(world.land.municipality, world.land["bergen"]), "by": world.cast["secretary"],
        "values": {"title": "Proef", "origin": Advice.Origin.OWN}, "recommendations": ["Doe het."],
    },
    advices.change_advice: lambda world: _draft(world, values={"title": "Anders"}, recommendations=["Doe het."]),
    advices.adopt_advice: lambda world: _draft(world, on=timezone.localdate(), vote_words="8 voor"),
    advices.withdraw_advice: lambda world: _draft(world, why="Niet meer nodig."),
    advices.receive_advice: lambda world: _given(world, on=timezone.localdate()),
    answers.correct_answer: _corrected,
    answers.write_answer: lambda world: _given(
        world, lines={number: answers.Said("followed", "Ja.") for number in (1, 2)}
    ),
}  # fmt: skip
