"""A figure on the map: each area its class, the legend with its limits, and what is said of one area."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Exists, FilteredRelation, JSONField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from areas.figures.classes import Class, Classes, classify
from areas.figures.periods import period_words
from areas.figures.wording import figure_words, missing_words, short_words
from areas.map.drawing import Look
from areas.models import Area, AreaEdition, AreaKind, Municipality
from areas.models.figures import Indicator, IndicatorValue

NO_VALUE = "no-value"


@dataclass(frozen=True)
class AreaFigure:
    """The figure of one area: a number, or none and the reason; `boundaries` is their date when they are no longer in force."""

    name: str
    slug: str
    value: Decimal | None
    reason: str = ""
    boundaries: dt.date | None = None


@dataclass(frozen=True)
class LegendRow:
    """A line of the legend: the class of its box, its limits in words, how many areas."""

    face: str
    words: str
    count: int


@dataclass(frozen=True)
class Choice:
    """An indicator that can be shown, with the kinds of areas of which it is known; the chosen one with its periods by kind."""

    indicator: Indicator
    kinds: tuple[str, ...]
    periods: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choropleth:
    """An indicator on the areas of one kind in one period."""

    indicator: Indicator
    kind: AreaKind
    period: str
    periods: Sequence[str]  # from new to old
    figures: Mapping[str, AreaFigure]
    classes: Classes

    @cached_property
    def looks(self) -> dict[str, Look]:
        """How each area is drawn, by its word in addresses."""
        return {slug: self.look_of(figure) for slug, figure in self.figures.items()}

    def look_of(self, figure: AreaFigure) -> Look:
        """The class and the words of a figure."""
        if figure.value is None:
            return Look(NO_VALUE, "", missing_words(figure.reason))
        face = f"class-{self.classes.colour_of(figure.value)}"
        return Look(
            face, short_words(self.indicator, figure.value), figure_words(self.indicator, figure.value)
        )

    @cached_property
    def legend(self) -> list[LegendRow]:
        """The classes from low to high, and the areas without a figure when there are any."""
        rows = [
            LegendRow(f"class-{row.colour}", self._limits(row), row.count)
            for row in self.classes.counted(self.numbers)
        ]
        missing = len(self.figures) - len(self.numbers)
        return [*rows, LegendRow(NO_VALUE, _("no figure"), missing)] if missing else rows

    @cached_property
    def numbers(self) -> list[Decimal]:
        """The figures that there are."""
        return [figure.value for figure in self.figures.values() if figure.value is not None]

    @property
    def when(self) -> str:
        """The period as people say it."""
        return period_words(self.period)

    @property
    def moments(self) -> list[tuple[str, str]]:
        """The periods with their words, from new to old."""
        return [(period, period_words(period)) for period in self.periods]

    @property
    def unit(self) -> str:
        """The unit where the name of the figure does not say it already."""
        unit = self.indicator.unit
        return "" if unit.lower() in self.indicator.name.lower() else unit

    @property
    def other_boundaries(self) -> dt.date | None:
        """The date of the boundaries that figures were published on, when those are no longer in force."""
        return max((figure.boundaries for figure in self.figures.values() if figure.boundaries), default=None)

    @property
    def previous(self) -> str:
        """The period before this one; empty when it is the first."""
        return self._beside(1)

    @property
    def next(self) -> str:
        """The period after this one; empty when it is the last."""
        return self._beside(-1)

    def _beside(self, step: int) -> str:
        place = self.periods.index(self.period) + step
        return self.periods[place] if 0 <= place < len(self.periods) else ""

    def rank_of(self, slug: str) -> "Rank | None":
        """Where an area stands among the others, from high to low; None without a figure or without others."""
        figure = self.figures.get(slug)
        if figure is None or figure.value is None or len(self.numbers) < 2:
            return None
        higher = sum(number > figure.value for number in self.numbers)
        return Rank(higher + 1, len(self.numbers), self.numbers.count(figure.value) > 1)

    def _limits(self, row: Class) -> str:
        decimals = self.classes.written_decimals
        low = short_words(self.indicator, row.low, decimals) if row.low is not None else ""
        high = short_words(self.indicator, row.high, decimals) if row.high is not None else ""
        if row.low is None and row.high is None:
            return _("everywhere %(figure)s") % {"figure": short_words(self.indicator, self.numbers[0])}
        if row.low is None:
            return _("less than %(limit)s") % {"limit": high}
        if row.high is None:
            return _("%(limit)s and more") % {"limit": low}
        if row.high - row.low == Decimal(1).scaleb(-self.indicator.decimals):
            return low
        return _("%(low)s to %(high)s") % {
            "low": number_alone(self.indicator, row.low, decimals),
            "high": high,
        }


@dataclass(frozen=True)
class Rank:
    """The place of an area among `of`, from high to low."""

    place: int
    of: int
    is_shared: bool


def number_alone(indicator: Indicator, value: Decimal, decimals: int) -> str:
    """A number before another one with the same unit."""
    words = short_words(indicator, value, decimals)
    return words if indicator.unit == "€" else words.removesuffix(indicator.unit).rstrip()


def choices_of(municipality: Municipality, kinds: Sequence[AreaKind], chosen: str = "") -> list[Choice]:
    """The indicators that can be shown on the map, each with the kinds of areas of which it is known; one query."""
    values = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), area__retired_by__isnull=True, area__is_residual=False
    )
    known = {f"known_{kind.pk}": Exists(values.filter(area__kind=kind)) for kind in kinds}
    moments = values.order_by().values_list(JSONObject(kind="area__kind__slug", period="period")).distinct()
    nothing = Value([], output_field=ArrayField(JSONField()))
    indicators = Indicator.objects.of(municipality).annotate(
        **known, moments=Case(When(slug=chosen, then=ArraySubquery(moments)), default=nothing)
    )
    choices = [
        Choice(
            indicator,
            tuple(kind.slug for kind in kinds if getattr(indicator, f"known_{kind.pk}")),
            _by_kind(indicator.moments),  # type: ignore[attr-defined]
        )
        for indicator in indicators
    ]
    return [choice for choice in choices if choice.kinds]


def _by_kind(moments: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """The periods of each kind of areas, from new to old."""
    periods: dict[str, list[str]] = {}
    for moment in sorted(moments, key=itemgetter("period"), reverse=True):
        periods.setdefault(moment["kind"], []).append(moment["period"])
    return periods


def choropleth(
    indicator: Indicator, kind: AreaKind, period: str, periods: Sequence[str]
) -> Choropleth | None:
    """An indicator on the areas of a kind in one of its periods, else in the newest; None when there are none. One query."""
    if not periods:
        return None
    if period not in periods:
        period = periods[0]
    figures = figures_of(indicator, kind, period)
    return Choropleth(indicator, kind, period, periods, figures, classes_for(indicator, figures.values()))


def classes_for(indicator: Indicator, figures: Iterable[AreaFigure]) -> Classes:
    """The classes as the indicator wants them."""
    return classify(
        [figure.value for figure in figures if figure.value is not None],
        method=indicator.classes,
        count=indicator.class_count,
        decimals=indicator.decimals,
        breaks=indicator.breaks,
    )


def periods_of(kind: AreaKind) -> dict[int, list[str]]:
    """The periods of every indicator that is known of a kind of areas, from new to old; one query."""
    known = IndicatorValue.objects.filter(
        area__kind=kind, area__retired_by__isnull=True, area__is_residual=False
    )
    periods: dict[int, list[str]] = {}
    for indicator, period in known.order_by("-period").values_list("indicator", "period").distinct():
        periods.setdefault(indicator, []).append(period)
    return periods


def figures_of(indicator: Indicator, kind: AreaKind, period: str) -> dict[str, AreaFigure]:
    """The figure of every area of a kind that is on the map, by its word in addresses."""
    wanted = Q(figures__indicator=indicator, figures__period=period)
    rows: Iterable[Any] = (
        Area.objects.on_the_map()
        .filter(kind=kind)
        .annotate(figure=FilteredRelation("figures", condition=wanted))
        .order_by("name", "slug")
        .values(
            "name",
            "slug",
            "figure__value",
            "figure__reason",
            "figure__edition__status",
            "figure__edition__reference_date",
        )
    )
    return {row["slug"]: _figure(row) for row in rows}


def _figure(row: Mapping[str, Any]) -> AreaFigure:
    is_in_force = row["figure__edition__status"] == AreaEdition.Status.ACTIVE
    return AreaFigure(
        row["name"],
        row["slug"],
        row["figure__value"],
        row["figure__reason"] or "",
        None if is_in_force else row["figure__edition__reference_date"],
    )
