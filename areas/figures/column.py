"""A figure as a column of the list of areas: what the map shows by colour, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef

from areas.figures.periods import period_words
from areas.figures.wording import figure_words, missing_words
from areas.models import Area, Municipality
from areas.models.figures import Indicator, IndicatorValue
from core.facts import Fact, FactColumn


@dataclass(frozen=True)
class FigureColumn:
    """The column, and the figure and period that it shows."""

    slug: str
    period: str
    column: FactColumn


def figure_column(
    municipality: Municipality, slug: str, period: str, areas: Sequence[Area]
) -> FigureColumn | None:
    """The figures of areas in a period, the newest when none is asked for; None for an unknown figure. Two queries at most."""
    slug, period = slug.replace("\x00", ""), period.replace("\x00", "")
    if not slug:
        return None
    asked = IndicatorValue.objects.filter(indicator=OuterRef("pk"), period=period)
    found = Indicator.objects.of(municipality).filter(slug=slug)
    indicator: Any = found.annotate(newest=Max("values__period"), is_known=Exists(asked)).first()
    if indicator is None or not indicator.newest:
        return None
    period = period if indicator.is_known else indicator.newest
    values = IndicatorValue.objects.of(indicator).in_period(period).filter(area__in=areas)
    facts = {value.area_id: _fact(indicator, value) for value in values}
    column = FactColumn(f"{indicator.name}, {period_words(period)}", facts)
    return FigureColumn(slug, period, column)


def _fact(indicator: Indicator, value: IndicatorValue) -> Fact:
    if value.value is None:
        return Fact(figure="", words=missing_words(value.reason))
    return Fact(figure=figure_words(indicator, value.value), words="", is_example=indicator.is_example)
