"""The figures of an indicator as a list of areas: in one period, of one kind, on the boundaries that they stand on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery

from areas.figures.periods import period_words
from areas.figures.totals import Whole
from areas.figures.wording import figure_words, missing_words
from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaKind,
    AreaShape,
    Indicator,
    IndicatorValue,
    Municipality,
)
from core.wording import percent

COLUMNS = ("code", "gebied", "periode", "waarde", "reden")
# What stands in a table that goes out, for a number that is not there: what an import reads as the same reason.
MARKS = {
    IndicatorValue.Reason.SUPPRESSED: "x",
    IndicatorValue.Reason.UNKNOWN: ".",
    IndicatorValue.Reason.IMPOSSIBLE: "n.v.t.",
}


@dataclass(frozen=True)
class FigureRow:
    """An area with its figure; `part` is what its bar shows (0 to 100), `place` where it stands from high to low."""

    area: Area
    value: Decimal | None
    words: str
    place: int | None = None
    part: float | None = None

    @property
    def share_words(self) -> str:
        """What its bar says of the whole."""
        return percent(self.part, 1)


@dataclass(frozen=True)
class Known:
    """A kind of areas of which an indicator is known, with the periods from new to old, and the newest with a number."""

    kind: AreaKind
    periods: Sequence[str]
    newest: str


@dataclass(frozen=True)
class Listing:
    """The figures of one kind in one period; `edition` are the boundaries that they stand on, when any."""

    indicator: Indicator
    kind: AreaKind
    period: str
    edition: AreaEdition | None
    rows: Sequence[FigureRow]
    is_share: bool

    @property
    def period_words(self) -> str:
        """The period as people say it."""
        return period_words(self.period)

    @property
    def old_boundaries(self) -> AreaEdition | None:
        """The boundaries that the figures stand on, when others are in force."""
        is_old = self.edition is not None and self.edition.status != AreaEdition.Status.ACTIVE
        return self.edition if is_old else None

    @property
    def missing(self) -> int:
        """How many areas have no number."""
        return sum(row.value is None for row in self.rows)


def known_kinds(indicator: Indicator, municipality: Municipality) -> list[Known]:
    """The kinds of areas of which an indicator is known, the level of area-based work first; two queries."""
    kinds = AreaKind.objects.filter(municipality=municipality).order_by("-is_working_level", "rank")
    found = (
        IndicatorValue.objects.of(indicator)
        .order_by("-period")
        .values_list("area__kind", "period")
        .annotate(numbers=Count("value"))
    )
    periods: dict[int, list[str]] = {}
    newest: dict[int, str] = {}
    for kind, period, numbers in found:
        periods.setdefault(kind, []).append(period)
        if numbers:
            newest.setdefault(kind, period)
    return [
        Known(kind, periods[kind.pk], newest.get(kind.pk, periods[kind.pk][0]))
        for kind in kinds
        if kind.pk in periods
    ]


def listing_of(indicator: Indicator, kind: AreaKind, period: str, whole: Whole | None) -> Listing:
    """The areas of a kind with their figures in a period, the highest first; two queries."""
    edition = (
        AreaEdition.objects.filter(
            Exists(
                IndicatorValue.objects.of(indicator)
                .in_period(period)
                .filter(edition=OuterRef("pk"), area__kind=kind)
            )
        )
        .defer("outline_path", "graticule")
        .order_by("-activated_at", "-pk")
        .first()
    )
    if edition:
        counted = Q(Exists(AreaShape.objects.filter(area=OuterRef("pk"), edition=edition)))
    else:
        counted = Q(retired_by__isnull=True, is_residual=False)
    areas = (
        Area.objects.filter(kind=kind)
        .annotate(figure=FilteredRelation("figures", condition=_wanted(indicator, period)))
        .filter(counted | Q(is_residual=True, figure__isnull=False))
        .values_list("pk", "slug", "name", "is_residual", "figure__value", "figure__reason")
        .order_by("is_residual", "name", "slug")
    )
    found = [
        (Area(pk=pk, slug=slug, name=name, is_residual=is_residual), value, reason or "")
        for pk, slug, name, is_residual, value, reason in areas
    ]
    base = _base(indicator, [value for _area, value, _reason in found if value is not None], whole)
    rows = list(_rows(indicator, found, base))
    is_share = bool(base and whole and indicator.is_additive and (whole.is_own or not whole.total.missing))
    return Listing(indicator, kind, period, edition, rows, is_share)


def table_of(indicator: Indicator, kind: AreaKind, period: str = "") -> Iterator[tuple[Any, ...]]:
    """The figures of a kind as the rows of a table, in one period or in all; what goes out comes in unchanged."""
    values = IndicatorValue.objects.of(indicator).filter(area__kind=kind)
    if period:
        values = values.in_period(period)
    code = AreaCode.objects.filter(area=OuterRef("area"), scheme=kind.scheme).values("code")[:1]
    rows = values.order_by("area__name", "area__slug", "period").values_list(
        Subquery(code), "area__name", "period", "value", "reason"
    )
    for code_text, name, when, value, reason in rows.iterator(chunk_size=1_000):
        if value is None:
            yield code_text or "", name, when, MARKS[reason], IndicatorValue.Reason(reason).label
        else:
            yield code_text or "", name, when, value.normalize(), ""


def _wanted(indicator: Indicator, period: str) -> Q:
    return Q(figures__indicator=indicator, figures__period=period)


def _base(indicator: Indicator, numbers: Sequence[Decimal], whole: Whole | None) -> Decimal | None:
    """What a full bar stands for: the whole when parts add up to it, else the highest; None when a number is negative."""
    if not numbers or min(numbers) < 0:
        return None
    highest = max(numbers)
    base = whole.value if indicator.is_additive and whole and whole.value else highest
    return max(base, highest) or None


def _rows(
    indicator: Indicator, found: Sequence[tuple[Area, Decimal | None, str]], base: Decimal | None
) -> Iterator[FigureRow]:
    """Those with a number from high to low, then those without, by name; what has no place stands behind its like."""
    numbers = sorted(
        (value for area, value, _reason in found if value is not None and not area.is_residual), reverse=True
    )
    for area, value, reason in sorted(
        found, key=lambda row: (row[1] is None, row[0].is_residual, -(row[1] or 0))
    ):
        if value is None:
            yield FigureRow(
                area, None, str(IndicatorValue.Reason(reason).label) if reason else missing_words("")
            )
        else:
            place = None if area.is_residual else numbers.index(value) + 1
            part = float(100 * value / base) if base else None
            yield FigureRow(area, value, figure_words(indicator, value), place, part)
