"""Whether a date lies in the period of a plan."""

import datetime as dt

import pytest

from core.dates import When
from plans.models import Plan
from plans.period import lies_in

YEARS = Plan(first_on=dt.date(2026, 3, 1), last_on=dt.date(2028, 6, 30))
OPEN = Plan(first_on=dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "in_years", "in_open"),
    [
        ("2026", True, True),
        ("2026-02", False, False),
        ("2026-02-28", False, False),
        ("2028", True, True),
        ("2028-07", False, True),
        ("2028-22", True, True),
        ("2026-03/2028-06", True, True),
        ("2025/2027", False, False),
        ("2027/2029", False, True),
        ("2027/", True, True),
        ("2027/..", True, True),
        ("2025/..", False, False),
        ("2029/", False, True),
    ],
)
def test_as_precisely_as_is_known(text: str, in_years: bool, in_open: bool) -> None:
    assert [lies_in(When(text), plan) for plan in (YEARS, OPEN)] == [in_years, in_open]
