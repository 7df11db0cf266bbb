"""Periods as publishers write them."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from areas.figures.periods import NoPeriod, is_period, period_words, read_period

READ = {
    "2024": ["2024", "2024.0", "2024,0", " 2024 ", "2024JJ00"],
    "2024-Q3": [
        "2024-Q3", "2024Q3", "2024K3", "2024 K3", "2024-k3", "2024KW03", "Q3 2024", "K3-2024", "2024 kwartaal 3",
        "kwartaal 3 2024", "3e kwartaal 2024", "2024 3e kwartaal", "3de kwartaal van 2024",
    ],
    "2024-03": ["2024-03", "2024MM03", "3-2024", "03/2024", "maart 2024", "mrt 2024", "2024 maart", "Mrt. 2024"],
    "2024-01-01": [
        "2024-01-01", "1-1-2024", "01/01/2024", "1.1.2024", "1 januari 2024", "2024-01-01T00:00:00", "2024-01-01 00:00:00",
        "2024/01/01", "2024-01-01T00:00:00+00:00",
    ],
    "2023-12-31": ["31/12/2023", "31-12-2023", "31 dec 2023"],
    "2023/2024": ["2023/2024", "2023-2024", "2023 - 2024", "2023–2024", "2023/24"],
    "1999/2000": ["1999-2000", "1999/00"],
}  # fmt: skip


@pytest.mark.parametrize(("kept", "text"), [(kept, text) for kept, texts in READ.items() for text in texts])
def test_read(kept: str, text: str) -> None:
    assert read_period(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "24", "0024", "9999", "2024-13", "2024-00", "13-2024", "2024-Q5", "2024-2026", "2024/2023", "2024/26", "12/31/2023",
        "2024-02-30", "30-2-2024", "Inwoners 2024", "2024 2025", "1/2", "2024-01-01T12:30:00", "٢٠٢٤", "x" * 4_000,
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(NoPeriod):
        read_period(text)
    assert not is_period(text)


def test_what_can_be_two_things_is_not_guessed() -> None:
    with override("nl"), pytest.raises(NoPeriod, match="maand of een schooljaar"):
        read_period("2011/12")
    assert read_period("2012/13") == "2012/2013"


def test_kept_periods_are_read_as_themselves_and_sort() -> None:
    kept = ["2023", "2023-12-31", "2023/2024", "2024", "2024-03", "2024-Q3"]
    assert [read_period(period) for period in kept] == kept == sorted(kept)


@given(st.dates(dt.date(1850, 1, 1), dt.date(2150, 1, 1)))
def test_any_day(day: dt.date) -> None:
    assert read_period(f"{day.day}/{day.month}/{day.year}") == read_period(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024", "2024"),
        ("2024-Q3", "2024, kwartaal 3"),
        ("2024-03", "maart 2024"),
        ("2024-03-01", "1 maart 2024"),
        ("2023/2024", "2023-2024"),
    ],
)
def test_words(period: str, words: str) -> None:
    with override("nl"):
        assert period_words(period) == words
