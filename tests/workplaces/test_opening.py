"""When a place is open."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from workplaces.opening import (
    Schedule,
    Stretch,
    joined,
    schedule_from_json,
    standing,
    stretch_words,
    typed_stretches,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
NINE, NOON, ONE, FIVE = dt.time(9), dt.time(12), dt.time(13, 30), dt.time(17)
WEEK = {
    0: (Stretch(NINE, NOON), Stretch(ONE, FIVE)),
    2: (Stretch(ONE, FIVE),),
    6: (Stretch(dt.time(1), dt.time(4)),),
}
# Monday 23 November 2026.
MONDAY = dt.date(2026, 11, 23)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=BRUSSELS)


def sentence(moment: dt.datetime, schedule: Schedule | None = None) -> str:
    with override("en"):
        return standing(schedule or Schedule(WEEK), moment).sentence


@pytest.mark.parametrize(
    ("day", "hour", "minute", "expected"),
    [
        (0, 8, 59, "Closed, today from 9:00"),
        (0, 9, 0, "Open now, today until 12:00"),
        (0, 11, 59, "Open now, today until 12:00"),
        (0, 12, 0, "Closed, today from 13:30"),
        (0, 16, 59, "Open now, today until 17:00"),
        (0, 17, 0, "Closed, Wednesday from 13:30"),
        (1, 10, 0, "Closed, tomorrow from 13:30"),
        (2, 18, 0, "Closed, Sunday from 1:00"),
        (6, 23, 0, "Closed, tomorrow from 9:00"),
    ],
)
def test_week(day: int, hour: int, minute: int, expected: str) -> None:
    assert sentence(at(MONDAY + dt.timedelta(days=day), hour, minute)) == expected


def test_exceptions_go_before_the_week() -> None:
    closed = Schedule(WEEK, {MONDAY: ()})
    assert sentence(at(MONDAY, 10), closed) == "Closed, Wednesday from 13:30"
    other = Schedule(WEEK, {MONDAY: (Stretch(dt.time(10), dt.time(11)),)})
    assert sentence(at(MONDAY, 9, 30), other) == "Closed, today from 10:00"
    assert sentence(at(MONDAY, 11, 30), other) == "Closed, Wednesday from 13:30"
    extra = Schedule({}, {MONDAY + dt.timedelta(days=10): (Stretch(NINE, NOON),)})
    assert sentence(at(MONDAY, 10), extra) == "Closed, 3 December from 9:00"


def test_unknown_hours_say_so() -> None:
    assert sentence(at(MONDAY, 10), Schedule()) == "Hours not known"
    assert sentence(at(MONDAY, 10), Schedule({0: ()})) == "Hours not known"


def test_never_open_again_is_closed_without_a_day() -> None:
    past = Schedule({}, {MONDAY - dt.timedelta(days=1): (Stretch(NINE, NOON),)})
    assert sentence(at(MONDAY, 10), past) == "Closed"


def test_summer_and_winter_time_follow_the_wall_clock() -> None:
    spring, autumn = dt.date(2027, 3, 28), dt.date(2026, 10, 25)  # both Sundays, open from 1 to 4
    # 2:30 does not exist in spring; 00:59 UTC is 1:59, 01:01 UTC is 3:01.
    assert standing(Schedule(WEEK), dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)).is_open
    assert standing(Schedule(WEEK), dt.datetime(2027, 3, 28, 1, 1, tzinfo=dt.UTC)).is_open
    assert not standing(Schedule(WEEK), dt.datetime(2027, 3, 28, 2, 0, tzinfo=dt.UTC)).is_open
    # 2:30 comes twice in autumn; it is open both times.
    for hour in (0, 1):
        assert standing(Schedule(WEEK), dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)).is_open
    assert sentence(at(spring, 4)) == sentence(at(autumn, 4)) == "Closed, tomorrow from 9:00"


def test_utc_moments_are_read_here() -> None:
    assert standing(Schedule(WEEK), dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)).is_open


def test_stretches_that_touch_are_one() -> None:
    touching = Schedule({0: (Stretch(NOON, FIVE), Stretch(NINE, NOON))})
    assert sentence(at(MONDAY, 10), touching) == "Open now, today until 17:00"


times = st.times().map(lambda t: t.replace(microsecond=0, fold=0))


@given(st.lists(st.tuples(times, times).filter(lambda p: p[0] < p[1]), max_size=5), times)
def test_joining_changes_no_answer(pairs: list[tuple[dt.time, dt.time]], clock: dt.time) -> None:
    stretches = [Stretch(*pair) for pair in pairs]
    taken = joined(stretches)
    assert any(s.holds(clock) for s in taken) == any(s.holds(clock) for s in stretches)
    assert all(a.closes < b.opens for a, b in pairwise(taken))


def test_schedule_from_json() -> None:
    schedule = schedule_from_json(
        [{"day": 0, "opens": "09:00:00", "closes": "12:00:00"}],
        [{"day": "2026-12-25", "opens": None, "closes": None}],
    )
    assert schedule == Schedule({0: (Stretch(NINE, NOON),)}, {dt.date(2026, 12, 25): ()})


def test_words_of_a_day() -> None:
    assert stretch_words(WEEK[0]) == "9.00–12.00, 13.30–17.00"
    assert typed_stretches(WEEK[0]) == "9.00-12.00, 13.30-17.00"
