"""Hours as people type them."""

import datetime as dt
import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from workplaces.hours_text import stretches_in
from workplaces.opening import Stretch, joined, stretch_words


@pytest.mark.parametrize(
    "text",
    [
        "9.00-12.00, 13.30-16.00",
        "9-12 en 13u30-16u",
        "9:00 – 12:00; 13:30 – 16:00",
        "van 9u tot 12u, van 13.30 uur tot 16.00 uur",
        " 13:30-16 / 9.00 - 12 ",
    ],
)
def test_many_ways(text: str) -> None:
    assert stretches_in(text) == (
        Stretch(dt.time(9), dt.time(12)),
        Stretch(dt.time(13, 30), dt.time(16)),
    )


@pytest.mark.parametrize("text", ["", "  ", "gesloten", "Gesloten", "-"])
def test_closed(text: str) -> None:
    assert stretches_in(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("van acht tot tien", "form"),
        ("9.00", "form"),
        ("12-9", "order"),
        ("9-9", "order"),
        ("9-25", "clock"),
        ("9.70-12", "clock"),
        ("9-12, 11-13", "overlap"),
        (", ".join(f"{h}.00-{h}.30" for h in range(7)), "many"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        stretches_in(text)
    assert caught.value.code == code


clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0))


@given(st.lists(st.tuples(clocks, clocks).filter(lambda p: p[0] < p[1]), max_size=6))
def test_what_is_shown_can_be_typed(pairs: list[tuple[dt.time, dt.time]]) -> None:
    stretches = joined(Stretch(*pair) for pair in pairs)
    assert stretches_in(stretch_words(stretches)) == stretches


@given(st.text(max_size=40))
def test_nonsense_never_breaks(text: str) -> None:
    with suppress(ValidationError):
        stretches_in(text)


def test_a_row_of_blanks_costs_nothing() -> None:
    started = time.process_time()
    for _number in range(50):
        with suppress(ValidationError):
            stretches_in("9" + " " * 5_000 + "x")
    assert time.process_time() - started < 0.5
