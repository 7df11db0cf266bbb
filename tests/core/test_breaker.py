"""Who fails is left alone, and tried again by one."""

import time_machine

from core.breaker import Breaker

NOON = 1_800_000_000


def breaker(name: str = "proef") -> Breaker:
    return Breaker(name=name, failures=3, pause=60, trial=10)


def test_it_opens_after_the_last_straw_and_only_for_itself() -> None:
    one = breaker()
    for _time in range(2):
        one.failed()
        assert one.may_try()
    one.failed()
    assert not one.may_try()
    assert not breaker().may_try()  # another object, another process: the same state
    assert breaker("other").may_try()


def test_an_answer_in_between_counts_anew() -> None:
    one = breaker()
    one.failed()
    one.failed()
    one.succeeded()
    one.failed()
    one.failed()
    assert one.may_try()


def test_after_the_pause_one_may_try() -> None:
    one = breaker()
    with time_machine.travel(NOON, tick=False) as clock:
        for _time in range(3):
            one.failed()
        clock.shift(59)
        assert not one.may_try()
        clock.shift(1)
        assert one.may_try()
        assert not one.may_try()  # the others wait for what the first finds
        one.failed()
        assert not one.may_try()
        clock.shift(61)
        assert one.may_try()
        one.succeeded()
        assert one.may_try()
        assert one.may_try()


def test_who_never_comes_back_from_the_try_does_not_close_it_for_good() -> None:
    one = breaker()
    with time_machine.travel(NOON, tick=False) as clock:
        for _time in range(3):
            one.failed()
        clock.shift(60)
        assert one.may_try()
        clock.shift(11)
        assert one.may_try()
