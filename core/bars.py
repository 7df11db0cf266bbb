"""Bars as SVG made on the server: a figure on its way to a target, money per year, and the work of a team per month.

This module reckons widths, in percents; partials write them, with the same in words beside each.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

Amount = float | Decimal
Words = str | Promise


@dataclass(frozen=True)
class TargetBar:
    """Where a figure stands (`now`), where it began and where it should come, each in words too; empty where there is none.

    `partials/target_bar.html` shows it.
    """

    fill: str
    start: str
    target: str
    now_words: Words
    start_words: Words = ""
    target_words: Words = ""


def target_bar(
    now: Amount | None,
    *,
    now_words: Words,
    start: Amount | None = None,
    start_words: Words = "",
    target: Amount | None = None,
    target_words: Words = "",
    most: Amount | None = None,
) -> TargetBar:
    """A bar from zero to `most` (100 for a percentage), or to a little past the highest of the three."""
    known = [float(number) for number in (now, start, target) if number is not None]
    whole = max(float(most or 0), *(known or [0.0])) if most else max([0.0, *known]) * 1.1
    return TargetBar(
        _part(now or 0, whole),
        "" if start is None else _part(start, whole),
        "" if target is None else _part(target, whole),
        now_words,
        start_words,
        target_words,
    )


@dataclass(frozen=True)
class MoneyBar:
    """A year (or a goal) in the money of a plan: what was planned and what was spent, in euro and as widths."""

    name: Words
    planned: Amount
    spent: Amount
    planned_width: str
    spent_width: str
    is_now: bool = False


def money_bars(years: Sequence[tuple[Words, Amount, Amount, bool]]) -> list[MoneyBar]:
    """Bars on one scale for (name, planned, spent, whether it is this year). `partials/money_bars.html` shows them."""
    whole = max((max(float(planned), float(spent)) for _name, planned, spent, _now in years), default=0.0)
    return [
        MoneyBar(name, planned, spent, _part(planned, whole), _part(spent, whole), is_now)
        for name, planned, spent, is_now in years
    ]


@dataclass(frozen=True)
class LoadBar:
    """The work of a team in a month, in days: what runs, what is asked for, what the team has."""

    name: Words
    running: Decimal
    asked: Decimal
    has: Decimal
    running_width: str
    asked_width: str
    has_at: str

    @property
    def total(self) -> Decimal:
        """What runs and what is asked for."""
        return self.running + self.asked

    @property
    def too_much(self) -> Decimal:
        """By how many days it is more than the team has; 0 when it fits."""
        return max(self.total - self.has, Decimal(0))

    @property
    def counted(self) -> int:
        """The same as words count it: one day, or more."""
        return math.ceil(self.too_much)


def load_bars(months: Sequence[tuple[Words, Decimal, Decimal, Decimal]]) -> list[LoadBar]:
    """Bars on one scale for (month, days that run, days asked for, days the team has). `partials/load.html` shows them."""
    whole = max((float(max(r + a, h)) for _name, r, a, h in months), default=0.0)
    return [
        LoadBar(name, r, a, h, _part(r, whole), _part(a, whole), _part(h, whole)) for name, r, a, h in months
    ]


def _part(amount: Amount, whole: float) -> str:
    part = min(max(float(amount) / whole, 0.0), 1.0) if whole > 0 else 0.0
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"
