from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.figures.classes import Classes, classify, readable, rounded

METHODS = ("quantile", "natural")


def made(values: list[Any], method: str = "quantile", count: int = 5, decimals: int = 0) -> Classes:
    return classify([Decimal(str(value)) for value in values], method=method, count=count, decimals=decimals)


def shown(classes: Classes, values: list[Any]) -> list[tuple[str, str, int]]:
    rows = classes.counted(Decimal(str(value)) for value in values)
    return [(str(row.low), str(row.high), row.count) for row in rows]


def test_quantiles_fill_classes_equally_with_limits_that_read_well() -> None:
    values = [3, 5, 12, 14, 21, 23, 38, 39, 88, 120]
    assert shown(made(values), values) == [
        ("None", "10", 2), ("10", "20", 2), ("20", "30", 2), ("30", "50", 2), ("50", "None", 2),
    ]  # fmt: skip


def test_natural_breaks_lie_where_the_figures_leave_a_gap() -> None:
    values = [1, 2, 3, 50, 52, 53, 400]
    assert made(values, "natural", 3).limits == (Decimal(50), Decimal(200))
    assert [row.count for row in made(values, "natural", 3).counted(map(Decimal, values))] == [3, 3, 1]


def test_a_limit_belongs_to_the_class_above_it() -> None:
    classes = made([10, 20], count=2)
    assert classes.limits == (Decimal(20),)
    assert classes.colour_of(Decimal(20)) > classes.colour_of(Decimal("19"))


def test_fixed_limits_stay_even_around_an_empty_class() -> None:
    classes = classify(
        [Decimal(5)], method="fixed", count=5, decimals=1, breaks=[Decimal("10"), Decimal("20.5")]
    )
    assert shown(classes, [5]) == [("None", "10.0", 1), ("10.0", "20.5", 0), ("20.5", "None", 0)]


def test_ties_make_fewer_classes_and_never_an_empty_one() -> None:
    values = [0] * 12 + [1, 2]
    for method in METHODS:
        rows = made(values, method).counted(map(Decimal, values))
        assert 2 <= len(rows) <= 3
        assert rows[0].count == 12


@pytest.mark.parametrize("method", METHODS)
def test_fewer_areas_than_classes(method: str) -> None:
    assert len(made([4, 9], method).counted([Decimal(4), Decimal(9)])) == 2
    assert shown(made([7], method), [7]) == [("None", "None", 1)]
    assert shown(made([7, 7, 7], method), [7, 7, 7]) == [("None", "None", 3)]


@pytest.mark.parametrize("method", [*METHODS, "fixed"])
def test_nothing_known_is_no_class_at_all(method: str) -> None:
    assert made([], method).counted([]) == []


def test_negative_figures_are_told_from_positive_ones_at_zero() -> None:
    values = ["-3.2", "-0.4", "0.4", "2.8"]
    assert made(values, count=2, decimals=1).limits == (Decimal(0),)


def test_what_is_written_the_same_has_the_same_colour() -> None:
    classes = made(["19.96", "20.04", "21.3"], decimals=1, count=3)
    assert classes.colour_of(Decimal("19.96")) == classes.colour_of(Decimal("20.04"))


def test_few_classes_take_colours_that_differ_much() -> None:
    values = [1, 2, 3]
    assert [row.colour for row in made(values).counted(map(Decimal, values))] == [1, 3, 5]


@pytest.mark.parametrize(
    ("below", "above", "decimals", "expected"),
    [
        ("1820", "2310", 0, "2000"), ("19.4", "19.9", 1, "19.5"), ("19.4", "20.1", 1, "20"), ("3", "4", 0, "4"),
        ("-40", "-12", 0, "-20"), ("0.012", "0.019", 3, "0.015"), ("9", "10", 0, "10"), ("999", "1001", 0, "1000"),
        ("0", "7", 0, "5"), ("15", "19", 0, "18"), ("-8", "0", 0, "0"), ("1", "100000", 0, "100000"),
    ],
)  # fmt: skip
def test_the_roundest_number_between_two(below: str, above: str, decimals: int, expected: str) -> None:
    assert str(readable(Decimal(below), Decimal(above), decimals)) == expected


decimals_of = st.shared(st.integers(0, 4), key="decimals")
figures = decimals_of.flatmap(
    lambda decimals: st.lists(
        st.one_of(
            st.integers(-20, 20).map(Decimal),
            st.decimals(-(10**9), 10**9, places=decimals + 1, allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=60,
    )
)


@given(values=figures, decimals=decimals_of, count=st.integers(2, 5), method=st.sampled_from(METHODS))
def test_every_figure_lies_in_one_class_and_no_class_is_empty(
    values: list[Decimal], decimals: int, count: int, method: str
) -> None:
    classes = classify(values, method=method, count=count, decimals=decimals)
    rows = classes.counted(values)
    assert sum(row.count for row in rows) == len(values)
    assert all(row.count for row in rows)
    assert len(rows) <= min(count, len({rounded(value, decimals) for value in values}))
    assert list(classes.limits) == sorted(set(classes.limits))
    by_colour: Counter[int] = Counter()
    for value in (rounded(value, decimals) for value in values):
        homes = [
            row for row in rows
            if (row.low is None or row.low <= value) and (row.high is None or value < row.high)
        ]  # fmt: skip
        assert [home.colour for home in homes] == [classes.colour_of(value)]
        by_colour[homes[0].colour] += 1
    assert {row.colour: row.count for row in rows} == dict(by_colour)


@given(values=figures, decimals=decimals_of, method=st.sampled_from(METHODS))
def test_more_is_never_in_a_lower_class(values: list[Decimal], decimals: int, method: str) -> None:
    classes = classify(values, method=method, count=5, decimals=decimals)
    colours = [classes.colour_of(value) for value in sorted(values)]
    assert colours == sorted(colours)


@given(values=figures, decimals=decimals_of, method=st.sampled_from(METHODS))
def test_limits_can_be_written_exactly(values: list[Decimal], decimals: int, method: str) -> None:
    classes = classify(values, method=method, count=5, decimals=decimals)
    assert classes.written_decimals <= decimals
    assert all(round(limit, classes.written_decimals) == limit for limit in classes.limits)
