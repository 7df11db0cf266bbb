"""The money of a plan, in euro: what is planned and spent per year and per highest goal, and the sentence that says it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.bars import MoneyBar, money_bars
from core.wording import number
from plans.models import Amount
from plans.reading.gather import Gathered, Money, roots_of
from plans.reading.words import joined

MOST_OF_IT = Decimal("0.5")
FEW_YEARS = 2  # of which a title can say that most of the money comes then
MANY_YEARS = 4


@dataclass(frozen=True)
class GoalMoney:
    """The money of a highest goal."""

    name: str
    planned: Decimal
    spent: Decimal
    anchor: str = ""


@dataclass(frozen=True)
class PlanMoney:
    """What is spent and planned: bars per year, a row per goal, the sums, what comes in, and a title and sentence that are true."""

    title: str
    sentence: str
    bars: Sequence[MoneyBar]
    goals: Sequence[GoalMoney]
    planned: Decimal
    spent: Decimal
    income: Decimal


def money_of(found: Gathered) -> PlanMoney | None:
    """The money of a plan; None when no amount is known."""
    out = [one for one in found.money if one.kind == Amount.Kind.EXPENDITURE]
    years = _by_year(out)
    if not years:
        return None
    planned, spent = _sums(out)
    this_year = found.today.year
    bars = money_bars(
        [(str(year), years[year][0], years[year][1], year == this_year) for year in sorted(years)]
    )
    return PlanMoney(
        title=_title(years, planned),
        sentence=_sentence(years, planned, this_year),
        bars=bars,
        goals=_by_goal(found, out),
        planned=planned,
        spent=spent,
        income=sum(
            (one.planned for one in found.money if one.kind == Amount.Kind.INCOME), Decimal(0)
        ),
    )  # fmt: skip


def _sums(rows: Iterable[Money]) -> tuple[Decimal, Decimal]:
    planned, spent = Decimal(0), Decimal(0)
    for row in rows:
        planned += row.planned
        spent += row.spent or 0
    return planned, spent


def _by_year(rows: Iterable[Money]) -> dict[int, tuple[Decimal, Decimal]]:
    by_year: dict[int, list[Money]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    return {year: _sums(of_year) for year, of_year in by_year.items()}


def _by_goal(found: Gathered, rows: Iterable[Money]) -> list[GoalMoney]:
    roots = roots_of(found.goals)
    by_root: dict[int | None, list[Money]] = defaultdict(list)
    for row in rows:
        by_root[roots.get(row.goal) if row.goal else None].append(row)
    tops = [goal for goal in found.goals if goal.parent_id is None and goal.pk in by_root]
    told = [GoalMoney(goal.name, *_sums(by_root[goal.pk]), anchor=goal.anchor) for goal in tops]
    if None in by_root and tops:
        told.append(GoalMoney(_("Actions without a goal"), *_sums(by_root[None])))
    return told


def _title(years: dict[int, tuple[Decimal, Decimal]], planned: Decimal) -> str:
    """In which one or two years most of the money comes, when that can be said."""
    dearest: list[int] = []
    for year in sorted(years, key=lambda year: -years[year][0])[:FEW_YEARS]:
        dearest.append(year)
        if len(years) >= MANY_YEARS and sum(years[one][0] for one in dearest) > planned * MOST_OF_IT:
            return _("Most of the money comes in %(years)s") % {
                "years": joined([str(one) for one in sorted(dearest)])
            }
    return _("What it costs")  # fmt: skip


def _sentence(years: dict[int, tuple[Decimal, Decimal]], planned: Decimal, this_year: int) -> str:
    parts = []
    if this_year in years:
        of_year, spent = years[this_year]
        words = {"planned": number(of_year), "spent": number(spent), "year": this_year}
        parts.append(_("Of the %(planned)s euro for %(year)s, %(spent)s euro is spent.") % words)
    if len(years) > 1:
        words = {"planned": number(planned), "first": min(years), "last": max(years)}
        parts.append(_("For %(first)s to %(last)s together %(planned)s euro is planned.") % words)
    return " ".join(parts)
