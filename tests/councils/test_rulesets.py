"""The rules of councils as data."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from councils import rulesets
from councils.makeup import ChoiceFact
from councils.rulesets import KINDS, SETS, changes_of, rule_set, ruled

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_every_rule_with_a_value_that_it_can_have(name: str) -> None:
    assert set(rule_set(name)) == set(KINDS)


def test_an_answer_takes_forty_working_days_unless_the_council_chose_otherwise() -> None:
    own = [ChoiceFact(rule="answer_days", value=30, source="art. 5", first_on=FIRST, last_on=LAST)]
    days = [FIRST - dt.timedelta(days=1), FIRST, LAST, LAST + dt.timedelta(days=1)]
    found = [ruled("be", own, "answer_days", day) for day in days]
    assert [(one.value, one.is_own) for one in found] == [(40, False), (30, True), (30, True), (40, False)]
    assert found[1].source == "art. 5"


def test_a_rule_that_changes_leaves_what_was_right_before(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = dict.fromkeys(KINDS, ((dt.date.min, 1, ""),)) | {
        "answer_days": ((dt.date.min, 40, ""), (FIRST, 30, "wet"))
    }
    monkeypatch.setattr(rulesets, "rule_set", lambda name: rows)
    assert [ruled("be", [], "answer_days", day).value for day in (FIRST - dt.timedelta(days=1), FIRST)] == [
        40,
        30,
    ]
    assert changes_of("be") == {FIRST}


@pytest.mark.parametrize(
    ("key", "value"),
    [("tie", "munt"), ("answer_days", -1), ("answer_days", "40"), ("answer_days", True), ("politicians", "mayor"),
     ("politicians", ["kok"])],
)  # fmt: skip
def test_a_value_that_a_rule_cannot_have_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValidationError):
        KINDS[key].check(value)
