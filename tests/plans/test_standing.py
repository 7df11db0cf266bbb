"""How an action stands: what dates, steps and news say, what somebody said by hand, and when it is asleep."""

import datetime as dt
from typing import Any

import pytest

from core.dates import When
from plans.models import Action, News, Plan, Step
from plans.standing import Heard, Standing, Worry, months_after, standing, state_of_goal

TODAY = dt.date(2026, 11, 23)
State = Action.State


def plan(**fields: Any) -> Plan:
    first, last = dt.date(2026, 1, 1), dt.date(2031, 12, 31)
    known = {"stage": "adopted", "news_every_months": 3, "first_on": first, "last_on": last}
    return Plan(**{**known, **fields})


def step(when: str, **fields: Any) -> Step:
    known: dict[str, Any] = {"when": When(when), **fields}
    return Step(**known)


def news(on: str) -> News:
    return News(on=dt.date.fromisoformat(on))


def stands(
    *,
    heard: Heard | None = None,
    steps: list[Step] | None = None,
    of: Plan | None = None,
    today: dt.date = TODAY,
    **fields: Any,
) -> Standing:
    action = Action(**{"phase": "doing", "when": When("2026/2028"), **fields})
    return standing(
        action, of or plan(), heard=heard or Heard(news("2026-11-16")), steps=steps or [], today=today
    )


@pytest.mark.parametrize(
    ("fields", "state", "worries"),
    [
        ({}, State.ON_COURSE, ()),
        ({"when": None}, State.ON_COURSE, ()),
        ({"when": When("2026-10")}, State.AT_RISK, (Worry.LATE,)),
        # A season, and a year, last until they are over.
        ({"when": When("2026-23")}, State.ON_COURSE, ()),
        ({"when": When("2026"), "phase": "not_started"}, State.ON_COURSE, ()),
        ({"when": When("2026-06/2027"), "phase": "not_started"}, State.AT_RISK, (Worry.NOT_BEGUN,)),
        ({"when": When("2026-06/..")}, State.ON_COURSE, ()),
        ({"phase": "done", "when": When("2026-10")}, State.REACHED, ()),
        ({"steps": [step("2026-11-22")]}, State.AT_RISK, (Worry.STEP_LATE,)),
        ({"steps": [step("2026-11-23")]}, State.ON_COURSE, ()),
        ({"steps": [step("2026-11-01", done_on=TODAY)]}, State.ON_COURSE, ()),
    ],
)
def test_state_follows_from_dates_and_steps(
    fields: dict[str, Any], state: State, worries: tuple[Worry, ...]
) -> None:
    found = stands(**fields)
    assert (found.state, found.derived, found.worries) == (state, state, worries)
    assert not found.is_by_hand


def test_state_set_by_hand_wins_and_what_the_dates_say_stays_known() -> None:
    found = stands(set_state="at_risk")
    assert (found.state, found.derived, found.is_by_hand) == (State.AT_RISK, State.ON_COURSE, True)


@pytest.mark.parametrize("state", ["stopped", "reached"])
def test_what_is_over_neither_sleeps_nor_worries(state: str) -> None:
    found = stands(set_state=state, heard=Heard(news("2026-01-01")), when=When("2026-01"))
    assert (found.is_over, found.is_asleep, found.worries, found.due) == (True, False, (), None)


@pytest.mark.parametrize(
    ("latest", "unchanged", "due", "asleep"),
    [
        ("2026-08-23", None, "2026-11-23", False),
        ("2026-08-22", None, "2026-11-22", True),
        # Once that nothing changed: one term more, from the news on.
        ("2026-05-04", "2026-07-22", "2026-11-04", True),
        ("2026-06-01", "2026-08-20", "2026-12-01", False),
        ("2026-11-30", None, "2027-02-28", False),
    ],
)
def test_asleep_from_the_day_after_news_was_due(
    latest: str, unchanged: str | None, due: str, asleep: bool
) -> None:
    found = stands(heard=Heard(news(latest), news(unchanged) if unchanged else None))
    assert (found.due, found.is_asleep) == (dt.date.fromisoformat(due), asleep)
    assert (Worry.ASLEEP in found.worries) is asleep


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        # Nothing heard yet: the term counts from when it was to begin, within the plan.
        ({"when": When("2026-10/2027")}, "2027-01-01"),
        ({"when": When("2020/2027")}, "2026-04-01"),
        ({"when": None}, "2026-04-01"),
        ({"when": When("2028/"), "phase": "preparing"}, "2026-04-01"),
        ({"when": When("2028/"), "phase": "not_started"}, None),
        ({"when": When("2026-10"), "phase": "not_started"}, "2027-01-01"),
    ],
)
def test_without_news_the_term_counts_from_the_beginning(fields: dict[str, Any], due: str | None) -> None:
    assert stands(heard=Heard(), **fields).due == (dt.date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    "fields",
    [
        {"news_every_months": None},
        {"stage": "draft"},
        {"stage": "ended"},
        {"last_on": dt.date(2026, 11, 22)},
        {"first_on": dt.date(2026, 11, 24)},
    ],
)
def test_plan_without_a_rhythm_or_that_does_not_run_never_sleeps(fields: dict[str, Any]) -> None:
    found = stands(heard=Heard(news("2025-01-01")), of=plan(**fields))
    assert (found.due, found.is_asleep) == (None, False)


@pytest.mark.parametrize(
    ("today", "soon"), [("2027-02-01", False), ("2027-02-02", True), ("2027-02-17", False)]
)
def test_team_is_reminded_two_weeks_before_and_no_longer_when_it_is_asleep(today: str, soon: bool) -> None:
    day = dt.date.fromisoformat(today)
    assert stands(today=day).is_due_soon(day) is soon  # news of 16 November, due on 16 February


def test_next_step_is_the_nearest_that_is_not_done() -> None:
    steps = [
        step("2027", pk=1, title="later"),
        step("2026-12", pk=2, title="over", done_on=TODAY),
        step("2027-03", pk=3, title="next"),
        step("2027/..", pk=4, title="never"),
    ]
    found = stands(steps=steps).next_step
    assert found
    assert found.title == "next"
    assert stands().next_step is None


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([], None),
        ([State.ON_COURSE, State.REACHED], State.ON_COURSE),
        ([State.ON_COURSE, State.AT_RISK], State.AT_RISK),
        ([State.REACHED, State.STOPPED], State.REACHED),
        ([State.STOPPED], State.STOPPED),
    ],
)
def test_goal_stands_as_the_worst_of_its_actions(states: list[State], state: State | None) -> None:
    assert state_of_goal(states) is state


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [("2026-11-30", 3, "2027-02-28"), ("2026-12-31", 1, "2027-01-31"), ("2026-01-15", 24, "2028-01-15")],
)
def test_months_later(day: str, months: int, after: str) -> None:
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(after)


def test_every_worry_has_its_sentence() -> None:
    assert all(worry.words for worry in Worry)
