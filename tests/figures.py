"""Indicators and figures for tests."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from areas.models import Area
from areas.models.figures import Indicator, IndicatorValue
from tests.areas.figures.conftest import make_indicator as make
from tests.conftest import Land


def make_indicator(land: Land, slug: str = "groen", **fields: Any) -> Indicator:
    """A percentage with one decimal, unless said otherwise."""
    values: dict[str, Any] = {
        "name": slug.title(),
        "unit": "%",
        "decimals": 1,
        "is_additive": False,
        **fields,
    }
    return make(land, slug=slug, source="Proefdienst", **values)


def set_figures(indicator: Indicator, period: str, figures: Mapping[Area, str | int]) -> None:
    """The figures of areas in a period: a number, or the reason why there is none."""
    reasons = IndicatorValue.Reason.values
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=indicator, area=area, period=period, reason=figure)
        if figure in reasons
        else IndicatorValue(indicator=indicator, area=area, period=period, value=Decimal(figure))
        for area, figure in figures.items()
    )
