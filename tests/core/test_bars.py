"""Bars: widths on one scale, and the words that say the same."""

from decimal import Decimal

from core.bars import load_bars, money_bars, target_bar


def test_percentage_stands_on_the_scale_of_a_hundred() -> None:
    bar = target_bar(51, now_words="51 %", start=41, target=70, most=100)
    assert (bar.fill, bar.start, bar.target) == ("51%", "41%", "70%")


def test_target_of_a_number_lies_on_the_bar() -> None:
    bar = target_bar(52, now_words="52", target=80)
    assert (bar.fill, bar.start, bar.target) == ("59.09%", "", "90.91%")


def test_scale_grows_with_a_figure_that_passes_it() -> None:
    assert target_bar(150, now_words="", target=100, most=100).target == "66.67%"


def test_unknown_figure_fills_nothing() -> None:
    bar = target_bar(None, now_words="niet gekend", target=80)
    assert (bar.fill, bar.target) == ("0%", "90.91%")
    assert target_bar(None, now_words="").fill == "0%"


def test_money_of_all_years_stands_on_one_scale() -> None:
    first, second = money_bars([("2026", 50, Decimal(20), True), ("2027", 200, 0, False)])
    assert (first.planned_width, first.spent_width) == ("25%", "10%")
    assert (second.planned_width, second.spent_width) == ("100%", "0%")


def test_more_spent_than_planned_is_longer_than_planned() -> None:
    (bar,) = money_bars([("2026", 50, 200, True)])
    assert (bar.planned_width, bar.spent_width) == ("25%", "100%")


def test_no_money_at_all_fills_nothing() -> None:
    (bar,) = money_bars([("2026", 0, 0, True)])
    assert (bar.planned_width, bar.spent_width) == ("0%", "0%")


def test_month_says_by_how_many_days_it_is_too_full() -> None:
    fits, too_full = load_bars(
        [("april", Decimal(16), Decimal(8), Decimal(26)), ("maart", Decimal(28), Decimal(16), Decimal(32))]
    )
    assert (fits.total, fits.too_much) == (Decimal(24), Decimal(0))
    assert (too_full.total, too_full.too_much, too_full.counted) == (Decimal(44), Decimal(12), 12)
    assert (too_full.running_width, too_full.asked_width, too_full.has_at) == ("63.64%", "36.36%", "72.73%")
