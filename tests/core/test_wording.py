"""Numbers, surfaces, distances and moments as people write them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import date_format

from core.wording import distance, hectares, moment, number, percent, phone_url, share, surface


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (lambda: number(3180), "3.180"),
        (lambda: number(Decimal("2.5"), 1), "2,5"),
        (lambda: percent(22.3, 1), "22,3 %"),
        (lambda: percent(21.82), "22 %"),  # rounded, not cut
        (lambda: share(0.4), "minder dan 1 %"),
        (lambda: share(99.5), "99 %"),
        (lambda: share(100), "100 %"),
        (lambda: hectares(23_300_000), "2.330 ha"),
        (lambda: hectares(4_969_987.0), "497 ha"),
        (lambda: hectares(52_000), "5,2 ha"),
        (lambda: surface(85), "85 m²"),
        (lambda: surface(9_999.9), "10.000 m²"),
        (lambda: surface(120_000), "12 ha"),
        (lambda: distance(347), "350 m"),
        (lambda: distance(997), "1,0 km"),
        (lambda: distance(1240), "1,2 km"),
        (lambda: moment(dt.datetime(2026, 11, 21, 19, 5, tzinfo=dt.UTC)), "21 november 2026, 20.05 uur"),
        (lambda: phone_url("+32 (0)3 / 12"), "tel:+320312"),
    ],
)  # fmt: skip
def test_the_dutch_way(words: object, expected: str) -> None:
    assert callable(words)
    with translation.override("nl"):
        assert words().replace("\u00a0", " ") == expected


def test_no_value_has_no_words() -> None:
    for words in (number, percent, hectares, surface, distance, moment):
        assert words(None) == ""


def test_no_word_of_ours_takes_the_place_of_a_month() -> None:
    """“May” is what somebody may, and a month: the words of Django are in the same catalogue."""
    with translation.override("nl"):
        months = [date_format(dt.date(2027, month, 1), "F") for month in range(1, 13)]
        short = [date_format(dt.date(2027, month, 1), "M") for month in range(1, 13)]
    assert [name.lower() for name in months] == [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
        "november", "december",
    ]  # fmt: skip
    assert short[4].lower() == "mei"
