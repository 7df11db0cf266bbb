"""Amounts as people in Flanders write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from plans.money import euro_in, euro_text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", "1234.50"), ("(1.234)", "-1234"), ("(1.234,5)", "-1234.50"), ("1 234 567", "1234567"), ("€ 1.234", "1234"),
        ("1.234,50 EUR", "1234.50"), ("1.234,50 euro", "1234.50"), ("-12", "-12"), ("12-", "-12"), ("\u221212,05", "-12.05"),
        ("12,-", "12"), ("0", "0"), ("1234.5", "1234.50"), ("1\u00a0234,00", "1234"), ("1.234", "1234"), ("-€ 3", "-3"),
    ],
)  # fmt: skip
def test_what_is_read(text: str, amount: str) -> None:
    assert euro_in(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,234.50", "1.23.4", "1.2345", "12,345", "1..2", "- -", "(1", "1e3", "١٢", "n.v.t."]
)
def test_what_is_no_amount_says_how_one_is_written(text: str) -> None:
    with pytest.raises(ValidationError, match=r"1\.234,50"):
        euro_in(text)


def test_too_large_an_amount() -> None:
    with pytest.raises(ValidationError) as refused:
        euro_in("1" + "0" * 12)
    assert refused.value.code == "too_large"


@given(st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=2))
def test_what_is_written_is_read_back(amount: Decimal) -> None:
    assert euro_in(euro_text(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.5", "€\u00a01.234,50"),
        ("1234567", "€\u00a01.234.567"),
        ("0.05", "€\u00a00,05"),
        ("-1234.50", "€\u00a0-1.234,50"),
    ],
)
def test_what_is_read_on_the_screen(amount: str, text: str) -> None:
    assert euro_text(Decimal(amount)) == text
