"""Questions of every kind: what may be answered, the fields, the conditions, the count."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from core.questions.answering import (
    QuestionsForm,
    answers_of,
    keep_answers,
    name_of,
    options_for,
    validate,
    validate_all,
)
from core.questions.conditions import check_condition, in_words
from core.questions.counting import participants, tally
from core.questions.editing import QuestionForm
from core.questions.kinds import KINDS, kind_of
from core.questions.models import QuestionBase
from tests.questions import Answer, Question, given, question, tables

SINGLE = question("single", "Ja", "Nee", other=True, blank=True)
SEVERAL = question("multiple", "Bank", "Boom", "Fontein", least=1, most=2, other=True)
SCALE = question("scale", points=5, low="slecht", high="goed", blank=True)
ORDER = question("ranking", "Bank", "Boom", "Fontein", most=2)
NUMBER = question("number", min=0, max=100, decimals=1, unit="uur")
OPEN = question("open", longest=20)


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    with override("nl"):
        yield


@pytest.fixture
def made(db: None) -> Iterator[None]:
    """The tables of the made-up app."""
    with tables():
        yield


def test_every_kind_has_its_file() -> None:
    assert list(KINDS) == QuestionBase.Kind.values


@pytest.mark.parametrize(
    ("asked", "raw", "value"),
    [
        (SINGLE, {"choice": "a"}, {"choice": "a"}),
        (SINGLE, {"other": "  mis \n schien "}, {"other": "mis schien"}),
        (SINGLE, {"blank": True}, {"blank": True}),
        (SEVERAL, {"choices": ["c", "a", "a"]}, {"choices": ["a", "c"]}),
        (SEVERAL, {"choices": [], "other": "haag"}, {"choices": [], "other": "haag"}),
        (SCALE, {"number": 5}, {"number": 5}),
        (ORDER, {"order": ["c", "a"]}, {"order": ["c", "a"]}),
        (ORDER, {"places": {"a": 3, "b": 1}}, {"order": ["b", "a"]}),
        (NUMBER, {"number": "12,5"}, {"number": "12.5"}),
        (NUMBER, {"number": 7}, {"number": "7.0"}),
        (OPEN, {"text": " een\r\ntwee "}, {"text": "een\ntwee"}),
    ],
)
def test_what_fits_is_kept_one_way(asked: Question, raw: dict[str, Any], value: dict[str, Any]) -> None:
    assert validate(asked, raw) == value
    assert validate(asked, value) == value


@pytest.mark.parametrize(
    ("asked", "raw", "words"),
    [
        (SINGLE, {"choice": "z"}, "Kies één van deze"),
        (SINGLE, {"choice": ["a"]}, "Kies één van deze"),
        (SINGLE, {"other": " "}, "Schrijf wat"),
        (SINGLE, "a", "niet lezen"),
        (SEVERAL, {"choices": ["a", "b", "c"]}, "Kies er hoogstens 2; nu zijn het er 3"),
        (SEVERAL, {"choices": []}, "Kies er minstens 1"),
        (SEVERAL, {"choices": ["z"]}, "Kies uit deze"),
        (SEVERAL, {"choices": [[]]}, "Kies uit deze"),
        (SEVERAL, {"blank": True}, "Kies er minstens 1"),
        (SCALE, {"number": 6}, "van 1 tot 5"),
        (SCALE, {"number": True}, "van 1 tot 5"),
        (ORDER, {"order": ["a", "a"]}, "dezelfde plaats"),
        (ORDER, {"places": {"a": 1, "b": 1}}, "dezelfde plaats"),
        (ORDER, {"order": ["a", "b", "c"]}, "Geef er 1 tot 2 een plaats"),
        (ORDER, {"order": [{}]}, "Kies uit deze"),
        (NUMBER, {"number": "veel"}, "getal"),
        (NUMBER, {"number": "1.25"}, "hoogstens 1 cijfer na de komma"),
        (NUMBER, {"number": "NaN"}, "getal"),
        (NUMBER, {"number": "1e99"}, "getal"),
        (NUMBER, {"number": "101"}, "Van 0 tot 100"),
        (OPEN, {"text": ""}, "Schrijf iets"),
        (OPEN, {"text": "x" * 21}, "hoogstens 20 tekens; nu zijn het er 21"),
        (ORDER, {"places": 3}, "Kies uit deze"),
        (ORDER, {"places": {"a": []}}, "Kies uit deze"),
        (SINGLE, {"other": "\x00\ud800"}, "Schrijf wat je anders kiest"),
    ],
)
def test_what_does_not_fit_is_told_what_would(asked: Question, raw: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        validate(asked, raw)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (question("single", "Ja"), "options"),
        (question("single", "Ja", "Ja"), "options"),
        (question("multiple", "Ja", "Nee", least=3, most=2), "most"),
        (question("ranking", "Ja", "Nee", most=3), "most"),
        (question("scale", points=12), "points"),
        (question("number", min=3, max=2), "max"),
        (question("number", decimals=9), "decimals"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(asked: Question, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        kind_of(asked).check(asked)
    assert list(caught.value.message_dict) == [field]


def test_too_many_choices_are_refused_in_words() -> None:
    many = "\n".join(f"Keuze {number}" for number in range(120))
    form = QuestionForm(question("single"), [], {"text": "Wat?", "kind": "single", "options": many})
    assert form.is_valid(), form.errors
    assert len({one["key"] for one in form.cleaned_data["options"]}) == 120
    with pytest.raises(ValidationError, match="2 tot 50 keuzes"):
        kind_of(form.question).check(form.apply())


def test_only_who_answered_so_is_asked_on() -> None:
    first = question("single", "Ja", "Nee")
    second = question(
        "scale", points=3, is_required=True, condition={"question": str(first.uuid), "any_of": ["a"]}
    )
    third = question("open", is_required=True, condition={"question": str(second.uuid), "any_of": ["1", "2"]})
    every = [first, second, third]
    with pytest.raises(ValidationError) as caught:
        validate_all(every, {first.uuid: {"choice": "a"}})
    assert list(caught.value.message_dict) == [name_of(second)]
    no = {"choice": "b"}
    assert validate_all(every, {first.uuid: no, second.uuid: {"number": 1}, third.uuid: {"text": "x"}}) == {
        first.uuid: no
    }
    assert in_words(third, every) == "Alleen als je bij vraag 2 “1” of “2” antwoordt."
    assert in_words(first, every) == ""
    check_condition(third, [first, second])
    for before, any_of in (([first], ["1"]), ([first, second], ["9"]), ([first, second], [])):
        third.condition = {"question": str(second.uuid), "any_of": any_of}
        with pytest.raises(ValidationError):
            check_condition(third, before)


def sent(form: QuestionsForm, **values: Any) -> QuestionsForm:
    """The form, sent with values by the place of a question (`q1`, `q2_other`)."""
    data = QueryDict(mutable=True)
    for short, value in values.items():
        place, underscore, ending = short[1:].partition("_")
        name = name_of(form.questions[int(place) - 1]) + underscore + ending
        data.setlist(name, value if isinstance(value, list) else [value])
    return QuestionsForm(form.questions, data)


EVERY = [SINGLE, SEVERAL, SCALE, ORDER, NUMBER, OPEN]


def test_the_form_reads_every_kind() -> None:
    form = sent(
        QuestionsForm(EVERY), q1="other", q1_other="misschien", q2=["a", "b"], q3="blank",
        q4_0="2", q4_2="1", q5="12,5", q6="Tekst",
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert [form.answers[one.uuid] for one in EVERY] == [
        {"other": "misschien"}, {"choices": ["a", "b"]}, {"blank": True}, {"order": ["c", "a"]}, {"number": "12.5"},
        {"text": "Tekst"},
    ]  # fmt: skip
    again = QuestionsForm(EVERY, given=form.answers)
    html = again.as_div()
    assert 'value="misschien"' in html
    assert 'value="12,5"' in html
    assert html.count("selected") == 3  # two places, and the one without
    assert html.count("<fieldset") == 4
    assert html.count("<legend>") == 4


def test_the_form_says_what_is_wrong_at_the_question_and_loses_nothing() -> None:
    form = sent(QuestionsForm(EVERY), q1="zz", q2=["a", "b", "c"], q4_0="1", q4_1="1", q6="x" * 99)
    assert not form.is_valid()
    assert [name in form.errors for name in map(name_of, EVERY)] == [True, True, False, True, False, True]
    assert "x" * 99 in form.as_div()
    empty = QuestionsForm([question("open", is_required=True)], QueryDict())
    assert list(empty.errors.values()) == [["Beantwoord deze vraag."]]


def test_an_order_of_choices_stays_ones_own() -> None:
    asked = question("single", *"ABCDEFGHIJ", shuffled=True)
    assert options_for(asked, "p1") == options_for(asked, "p1")
    assert len({tuple(options_for(asked, f"p{number}")) for number in range(9)}) > 5
    assert sorted(options_for(asked, "p1")) == list(asked.labels.items())
    SINGLE.settings.pop("shuffled", None)
    assert options_for(SINGLE, "p1") == list(SINGLE.labels.items())


def kept(*questions: Question) -> list[Question]:
    return [Question.objects.create(kind=q.kind, text=q.text, options=q.options, settings=q.settings, place=n)
            for n, q in enumerate(questions, start=1)]  # fmt: skip


def test_answers_are_kept_once_and_can_be_changed(made: None) -> None:
    first, second = kept(SINGLE, SCALE)
    keep: Any = {"participant": "p1", "questions": [first, second]}
    keep_answers(Answer, **keep, values={first.uuid: {"choice": "a"}, second.uuid: {"number": 2}})
    keep_answers(Answer, **keep, values={first.uuid: {"choice": "b"}})
    assert answers_of(Answer, **keep) == {first.uuid: {"choice": "b"}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(question=first, participant="p1", value={})
    with pytest.raises(ValueError, match="key"):
        keep_answers(Answer, participant="", questions=[first], values={})


def test_the_count_is_that_of_every_answer(made: None) -> None:
    """Held against counting in Python, for answers as they may come."""
    one, several, scale, order, number, free = kept(*EVERY)
    chance = random.Random(9)  # noqa: S311
    picked: list[dict[str, Any]] = [{"choice": chance.choice("ab")} for _n in range(40)] + [
        {"other": "z"},
        {"other": "a"},
        {"blank": True},
    ]
    choices: list[dict[str, Any]] = [
        {"choices": sorted(chance.sample("abc", chance.randint(1, 2)))} for _n in range(30)
    ] + [{"choices": ["a"], "other": "haag"}]
    points = [{"number": chance.randint(1, 5)} for _n in range(31)] + [{"blank": True}] * 3
    orders = [{"order": chance.sample("abc", chance.randint(1, 2))} for _n in range(33)]
    numbers = [{"number": f"{chance.randint(0, 900) / 10:.1f}"} for _n in range(21)]
    for asked, values in (
        (one, picked),
        (several, choices),
        (scale, points),
        (order, orders),
        (number, numbers),
    ):
        given(asked, values)
    given(free, [{"text": text} for text in ("d", "a", "c", "b", "e")])
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        found = tally(Answer.objects.all(), [one, several, scale, order, number, free])
    assert len(asked_for) <= 9
    assert participants(Answer.objects.all()) == 43
    by = {result.question.kind: result for result in found}
    assert {c.key: c.number for c in by["single"].counts} == Counter(
        v.get("choice", "other") for v in picked if "blank" not in v
    )
    assert (by["single"].answered, by["single"].blank, by["single"].texts) == (42, 1, ("a", "z"))
    assert sum(c.share for c in by["single"].counts) == 1
    assert {c.key: c.number for c in by["multiple"].counts} == Counter(
        [key for v in choices for key in v["choices"]] + ["other"]
    )
    assert by["scale"].mean == Fraction(sum(v["number"] for v in points if "number" in v), 31)
    assert (by["scale"].answered, by["scale"].blank) == (31, 3)
    for count in by["ranking"].counts:
        places = [v["order"].index(count.key) + 1 for v in orders if count.key in v["order"]]
        assert (count.number, count.mean) == (places.count(1), Fraction(sum(places), len(places)))
    exact = sorted(Fraction(v["number"]) for v in numbers)
    assert (by["number"].mean, by["number"].middle) == (sum(exact) / 21, exact[10])
    assert (by["number"].lowest, by["number"].highest) == (exact[0], exact[-1])
    assert by["open"].texts == ("a", "b", "c", "d", "e")


def test_fewer_than_five_answers_are_not_shown(made: None) -> None:
    few, enough, none, one, nothing = kept(OPEN, SCALE, SINGLE, NUMBER, SEVERAL)
    given(few, [{"text": f"geheim {number}"} for number in range(4)])
    given(enough, [{"number": 3}] * 5 + [{"blank": True}])
    given(one, [{"number": 3}] + [{"blank": True}] * 4)
    given(nothing, [{"blank": True}] * 5)
    with CaptureQueriesContext(connection) as asked_for:
        found = tally(Answer.objects.all(), [few, enough, none, one, nothing])
    assert [result.is_hidden for result in found] == [True, False, True, True, False]
    assert (found[0].number, found[0].texts, found[0].counts) == (0, (), ())
    assert not any("value__text" in one["sql"] or "'text'" in one["sql"] for one in asked_for)
    assert found[1].counts[2].percent == 100
