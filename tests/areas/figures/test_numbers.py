"""Numbers as publishers write them, and what stands for a missing one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.figures.numbers import NoNumber, Sign, Told, decimal_sign, missing_reason, read_number
from core.tables import NumberText

COMMA, POINT = Sign.COMMA, Sign.POINT


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [
        ("1234", COMMA, "1234"), ("1.234", COMMA, "1234"), ("1.234", POINT, "1.234"), ("1.234,5", COMMA, "1234.5"),
        ("1,234.5", POINT, "1234.5"), ("1 234,5", COMMA, "1234.5"), ("1\u00a0234", POINT, "1234"), ("1\u202f234", COMMA, "1234"),
        ("1'234", POINT, "1234"), ("0,5", COMMA, "0.5"), ("12,5 %", COMMA, "12.5"), ("12.5%", POINT, "12.5"),
        ("€ 1.234,50", COMMA, "1234.5"), ("1.234 €", COMMA, "1234"), ("EUR 5", COMMA, "5"), ("-5", COMMA, "-5"),
        ("−5", COMMA, "-5"), ("(1.234)", COMMA, "-1234"), ("(€ 5)", COMMA, "-5"), ("-€ 5", COMMA, "-5"), ("+5", COMMA, "5"),
        ("1.234.567", COMMA, "1234567"), ("0", COMMA, "0"), ("007", COMMA, "7"), ("-99989", COMMA, "-99989"),
    ],
)  # fmt: skip
def test_numbers(text: str, sign: Sign, number: str) -> None:
    assert read_number(text, sign) == (Decimal(number), "")


@pytest.mark.parametrize(
    "text",
    ["a", "1,2,3", "12.34", "1.2345", "1.23.456", "1..2", "1,5 km", "5*", "1e5", "inf", "²", "٣", "1.234,567.8", "0.123",
     "9" * 15, "--5a"],
)  # fmt: skip
def test_what_is_no_number_with_a_decimal_comma(text: str) -> None:
    with pytest.raises(NoNumber):
        read_number(text, COMMA)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-99997", "suppressed"), ("-99995", "unknown"), ("-99999999", "unknown"), ("-99990", "unknown"), ("-123456", "unknown"),
        ("-99.997", "suppressed"), ("-99997,0", "suppressed"), ("x", "suppressed"), ("X", "suppressed"), ("<5", "suppressed"),
        ("< 10", "suppressed"), (".", "unknown"), ("", "unknown"), (" ", "unknown"), ("-", "unknown"), ("n.b.", "unknown"),
        ("N.v.t.", "impossible"), ("#N/B", "unknown"), (NumberText("-99997"), "suppressed"), (NumberText("-99999999"), "unknown"),
    ],
)  # fmt: skip
def test_a_code_is_a_reason_and_never_a_number(text: str, reason: str) -> None:
    assert read_number(text, COMMA) == (None, reason)


def test_the_words_are_known_before_a_sign_is() -> None:
    assert [missing_reason(text) for text in ("x", "12", "<5")] == ["suppressed", "", "suppressed"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["1234", "12", "x"], Told.NOTHING),
        (["1.234", "12"], Told.UNCLEAR),
        (["1,234"], Told.UNCLEAR),
        (["1.234", "12,5"], COMMA),
        (["1,234", "12.5"], POINT),
        (["1.234.567", "1.234"], COMMA),
        (["0.123"], POINT),
        (["1234.567"], POINT),
        (["1.234,5"], COMMA),
        (["1 234,567"], COMMA),
        (["1,5", "1.5"], Told.BOTH),
        (["1.234", "a,b", "n.b.", "."], Told.UNCLEAR),
        ([NumberText("1,234"), "1.5"], POINT),
        ([NumberText("1,234")], Told.NOTHING),
        ([], Told.NOTHING),
    ],
)
def test_the_decimal_sign_is_told_by_all_cells_together(texts: list[str], told: Sign | Told) -> None:
    assert decimal_sign(texts) == told


@pytest.mark.parametrize("sign", Sign)
def test_a_number_that_a_workbook_holds_needs_no_sign(sign: Sign) -> None:
    assert read_number(NumberText("1,234"), sign) == (Decimal("1.234"), "")
    assert read_number(NumberText("0,30000000000000004"), sign) == (Decimal("0.3"), "")
    assert read_number(NumberText("1,5e-05"), sign) == (Decimal("0.000015"), "")


@given(st.decimals(min_value=-99989, max_value=10**12, places=2), st.sampled_from(Sign))
def test_what_is_written_in_either_way_comes_back(number: Decimal, sign: Sign) -> None:
    text = f"{number:,.2f}".replace(",", "g").replace(".", sign.value).replace("g", sign.other)
    assert read_number(text, sign) == (number.quantize(Decimal("0.000001")), "")


@given(st.text(max_size=12), st.sampled_from(Sign))
def test_any_text_is_a_number_a_reason_or_refused(text: str, sign: Sign) -> None:
    decimal_sign([text])
    try:
        number, reason = read_number(text, sign)
    except NoNumber:
        return
    assert (number is None) is bool(reason)
