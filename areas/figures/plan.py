"""What a table of figures would add and change, what nobody knows, and what is wrong; read only."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.figures.matching import AreaIndex, Match, match_all
from areas.figures.numbers import NoNumber, Sign, Told, decimal_sign, read_number
from areas.figures.periods import NoPeriod, period_words, read_period
from areas.figures.tables import Cell, Layout, cells_of, columns_of, layout_of, needs_period
from areas.models import Area, AreaEdition, AreaKind, AreaShape, Indicator, IndicatorValue
from areas.models.figures import SMALL
from core.tables import Row

Outcome = Literal["add", "change", "same"]
Known = tuple[Decimal | None, str]  # a number, or None and the reason


@dataclass(frozen=True)
class Fault:
    """A row that cannot be brought in, and why."""

    row: int
    text: str


@dataclass(frozen=True)
class PlannedValue:
    """One figure of the table, with what there is now; `area` is None for the area without a place that is still to be made."""

    row: int
    indicator: Indicator
    area: Area | None
    period: str
    known: Known
    before: IndicatorValue | None
    edition_id: int | None
    raw: str

    @property
    def value(self) -> Decimal | None:
        """The number."""
        return self.known[0]

    @property
    def reason(self) -> IndicatorValue.Reason | Literal[""]:
        """Why there is none."""
        return IndicatorValue.Reason(self.known[1]) if self.known[1] else ""

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        if self.before is None:
            return "add"
        return "same" if (self.before.value, self.before.reason) == self.known else "change"


@dataclass
class Plan:
    """What becomes of a table."""

    columns: list[str]
    layout: Layout
    sign: Sign | Told
    needs_period: bool = False
    problems: list[str] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    rows_of: Counter[str] = field(default_factory=Counter)
    values: list[PlannedValue] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[PlannedValue]:
        """The figures with one outcome."""
        return [value for value in self.values if value.outcome == outcome]

    @property
    def added(self) -> list[PlannedValue]:
        """New figures."""
        return self.of("add")

    @property
    def changed(self) -> list[PlannedValue]:
        """Figures that get another number or reason."""
        return self.of("change")

    @property
    def same(self) -> list[PlannedValue]:
        """Figures that are there already."""
        return self.of("same")

    @property
    def missing(self) -> list[PlannedValue]:
        """Figures that have a reason in the place of a number."""
        return [value for value in self.values if value.value is None]

    @property
    def open_matches(self) -> list[Match]:
        """What somebody has still to match by hand."""
        return [match for match in self.matches if match.is_open]

    @property
    def is_ready(self) -> bool:
        """Whether the table can be brought in, but for rows with faults."""
        return not self.problems and not self.open_matches

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the table is there already."""
        return not self.added and not self.changed

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: whoever confirms, confirms this plan."""
        told = [
            [
                (one.row, one.indicator.pk, one.area and one.area.pk, one.period, one.known, one.outcome)
                + ((one.before.value, one.before.reason) if one.before else ())
                for one in self.values
            ],
            [(match.key, match.area and match.area.pk, match.how.name) for match in self.matches],
            [fault.row for fault in self.faults],
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Ask:
    """How somebody says that a table is to be read: columns by role, the decimal sign, the period, areas by hand."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sign: str = ""
    period: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)


def make_plan(
    kind: AreaKind,
    indicator: Indicator | None,
    indicators: Iterable[Indicator],
    rows: Sequence[Row],
    ask: Ask,
) -> Plan:
    """Hold a table against what there is; a fixed number of queries for any number of rows."""
    columns = columns_of(rows)
    layout = layout_of(columns, kind, indicator, indicators, ask.columns)
    cells = list(cells_of(rows, layout, ask.period))
    sign = Sign(ask.sign) if ask.sign else decimal_sign(cell.text for cell in cells)
    plan = Plan(columns, layout, sign, needs_period(layout), list(layout.problems))
    plan.problems += _problems(plan, ask)
    if not plan.problems:
        _Planner(kind, plan, cells, ask.matches).fill()
    return plan


def _problems(plan: Plan, ask: Ask) -> Iterable[str]:
    if plan.sign is Told.UNCLEAR:
        yield _(
            "The figures do not tell whether 1.234 is more than a thousand or a bit more than one. Say what the decimal sign is."
        )
    if plan.sign is Told.BOTH:
        yield _("Some figures have a decimal comma and others a decimal point. Say which one is right.")
    if plan.needs_period and not ask.period:
        yield _("The table does not tell which period it is about. Say which one.")


class _Planner:
    """Reads the cells of one table, with what the database knows of them read beforehand."""

    def __init__(self, kind: AreaKind, plan: Plan, cells: list[Cell], chosen: Mapping[str, str]) -> None:
        self.plan = plan
        self.cells = cells
        self.sign = plan.sign if isinstance(plan.sign, Sign) else Sign.COMMA
        self.index = AreaIndex.of(kind)
        self.found = match_all(self.index, ((cell.code, cell.name) for cell in cells), chosen)
        self.editions = _editions(kind, self.index.areas)
        self.before = {
            (value.indicator_id, value.area_id, value.period): value
            for value in IndicatorValue.objects.filter(
                indicator__in={cell.indicator.pk for cell in cells}, area__kind=kind
            )
        }
        self.seen: dict[tuple[int, int, str], PlannedValue] = {}
        self.twice: dict[tuple[int, int, str], list[int]] = {}
        self.hidden = 0

    def fill(self) -> None:
        """Write down what becomes of every cell."""
        self.plan.matches = list(self.found.values())
        for cell in self.cells:
            match = self.found[cell.code, cell.name]
            self.plan.rows_of[match.key] += 1
            if match.area is not None or match.makes_residual:
                self._read(cell, match.area)
        for key, rows in self.twice.items():
            first = self.seen.pop(key)
            told = ", ".join(map(str, (first.row, *rows)))
            text = _("Rows %(rows)s are all about %(area)s in %(period)s.") % {
                "rows": told, "area": first.area or _("what cannot be located"), "period": first.period,
            }  # fmt: skip
            self.plan.faults += [Fault(row, text) for row in (first.row, *rows)]
        self.plan.values = list(self.seen.values())
        self.plan.faults.sort(key=lambda fault: fault.row)
        self.plan.notes = list(self._notes())

    def _read(self, cell: Cell, area: Area | None) -> None:
        try:
            period = read_period(cell.period)
            known = self._known(cell)
        except (NoPeriod, NoNumber) as wrong:
            self.plan.faults.append(Fault(cell.row, str(wrong)))
            return
        key = (cell.indicator.pk, area.pk if area else 0, period)
        if key in self.seen:
            self.twice.setdefault(key, []).append(cell.row)
            return
        edition = self.editions.get(area.pk if area else None) or self.editions.get(None)
        self.seen[key] = PlannedValue(
            cell.row, cell.indicator, area, period, known, self.before.get(key), edition, cell.text
        )

    def _known(self, cell: Cell) -> Known:
        number, reason = read_number(cell.text, self.sign)
        if number is not None and cell.indicator.hides_small and 0 < number < SMALL:
            self.hidden += 1
            return None, IndicatorValue.Reason.SUPPRESSED.value
        return number, reason

    def _notes(self) -> Iterable[str]:
        if self.hidden:
            yield ngettext(
                "%(number)d figure from 1 to 4 is not kept: only that it is too few to show.",
                "%(number)d figures from 1 to 4 are not kept: only that they are too few to show.",
                self.hidden,
            ) % {"number": self.hidden}
        retired = {value.area for value in self.plan.values if value.area and value.area.retired_by_id}
        if retired:
            yield _("These areas no longer exist; the figures stay with their old boundaries: %(names)s.") % {
                "names": ", ".join(sorted(area.name for area in retired))
            }
        for indicator in {value.indicator.pk: value.indicator for value in self.plan.values}.values():
            if indicator.hides_small and (alone := self._hidden_alone(indicator)):
                yield _(
                    "%(name)s: in %(periods)s one area alone is kept secret. Who knows the total can work it out."
                ) % {"name": indicator.name, "periods": ", ".join(map(period_words, alone))}
            numbers = [v.value for v in self.plan.values if v.indicator == indicator and v.value is not None]
            if indicator.unit == "%" and len(numbers) > 1 and all(0 <= number <= 1 for number in numbers):
                yield _(
                    "All figures lie between 0 and 1, although the unit is %. Should they be a hundred times as large?"
                )

    def _hidden_alone(self, indicator: Indicator) -> list[str]:
        """The periods in which one figure alone is missing."""
        missing = Counter(value.period for value in self.plan.missing if value.indicator == indicator)
        return sorted(period for period, number in missing.items() if number == 1)


def _editions(kind: AreaKind, areas: Iterable[Area]) -> dict[int | None, int]:
    """The boundaries that a figure comes in on: those in force (by None), for a retired area the last that it had."""
    active = AreaEdition.objects.in_force().filter(kind=kind).values_list("pk", flat=True).first()
    editions: dict[int | None, int] = {None: active} if active else {}
    retired = [area.pk for area in areas if area.retired_by_id]
    shapes = AreaShape.objects.filter(area__in=retired).exclude(edition__status=AreaEdition.Status.DRAFT)
    editions |= dict(shapes.order_by("edition__activated_at").values_list("area", "edition"))
    return editions


def asked_from(reading: Mapping[str, Any], matches: Mapping[str, str]) -> Ask:
    """What was said of a table, as it is kept with an upload."""
    return Ask(reading.get("columns", {}), reading.get("sign", ""), reading.get("period", ""), matches)
