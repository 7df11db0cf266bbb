"""A form in steps: back and forth, and nothing that was typed is lost."""

from typing import Any

from django import forms
from django.http import QueryDict

from core.steps import Step, Walk, walk_through


class Idea(forms.Form):
    """What and about what."""

    title = forms.CharField()
    themes = forms.MultipleChoiceField(choices=[("green", "Green"), ("traffic", "Traffic")])


class Spot(forms.Form):
    """Where."""

    address = forms.CharField()
    is_rough = forms.BooleanField(required=False)


class Answer(forms.Form):
    """How to be told."""

    email = forms.EmailField()


STEPS = (
    Step(word="idea", title="Idea", form=Idea),
    Step(word="spot", title="Spot", form=Spot),
    Step(word="answer", title="Answer", form=Answer),
)


def send(query: str) -> Walk:
    return walk_through(STEPS, QueryDict(query))


def again(walk: Walk, **typed: Any) -> Walk:
    """Send the page that a walk shows, with what somebody types in it and presses."""
    data = QueryDict(mutable=True)
    data["step"] = walk.step.word
    for name, value in walk.carried:
        data.appendlist(name, value)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return walk_through(STEPS, data)


IDEA = {"title": "Een bank", "themes": ["green", "traffic"]}


def test_it_begins_at_the_first_step_and_complains_of_nothing() -> None:
    walk = send("")
    assert (walk.step.word, walk.form.is_bound, walk.status, walk.is_last) == ("idea", False, 200, False)
    assert send("step=nowhere").step.word == "idea"


def test_to_the_end() -> None:
    spot = again(send(""), **IDEA)
    answer = again(spot, address="Kerkplein")
    assert (spot.step.word, answer.step.word, answer.is_last) == ("spot", "answer", True)
    done = again(answer, email="a@b.example")
    assert done.is_done
    assert done.cleaned == {**IDEA, "address": "Kerkplein", "is_rough": False, "email": "a@b.example"}


def test_what_is_wrong_is_said_at_its_step() -> None:
    walk = again(send(""), title="", themes=["green"])
    assert (walk.step.word, walk.status, set(walk.form.errors)) == ("idea", 422, {"title"})
    assert walk.form["themes"].value() == ["green"]


def test_back_keeps_what_was_typed_also_when_it_is_wrong() -> None:
    answer = again(again(send(""), **IDEA), address="Kerkplein", is_rough="on")
    back = again(answer, email="no address", go="back")
    assert (back.step.word, back.form.is_bound) == ("spot", False)
    assert (back.form["address"].value(), back.form["is_rough"].value()) == ("Kerkplein", True)
    forth = again(back, address="Kerkplein", is_rough="on")
    assert (forth.step.word, forth.form["email"].value()) == ("answer", "no address")
    assert forth.status == 200


def test_back_from_the_first_step_stays_there() -> None:
    assert again(send(""), title="x", go="back").step.word == "idea"


def test_to_a_step_by_name() -> None:
    answer = again(again(send(""), **IDEA), address="Kerkplein")
    walk = again(answer, to="idea")
    assert (walk.step.word, walk.form["title"].value(), walk.form["themes"].value()) == (
        "idea", "Een bank", ["green", "traffic"],
    )  # fmt: skip
    assert again(answer, to="nowhere", email="a@b.example").is_done


def test_the_last_step_does_not_believe_the_others() -> None:
    forged = send("step=answer&email=a@b.example&title=&themes=green&address=x")
    assert (forged.is_done, forged.step.word, set(forged.form.errors)) == (False, "idea", {"title"})


def test_several_values_of_one_name_travel_along() -> None:
    spot = again(send(""), **IDEA)
    assert spot.carried == [("title", "Een bank"), ("themes", "green"), ("themes", "traffic")]
