"""Inhabitants of the wijken of Proefdorp, and what makes more figures."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from areas.models import Indicator, IndicatorValue
from tests.conftest import Land

Figures = Callable[..., list[IndicatorValue]]


def make_indicator(land: Land, **fields: Any) -> Indicator:
    """An indicator with sensible values for what is not given: inhabitants, which add up."""
    values: dict[str, Any] = {
        "slug": "inwoners",
        "name": "Inwoners",
        "unit": "inwoners",
        "theme": "Bevolking",
        "is_additive": True,
        "source": "Bevolkingsregister",
        **fields,
    }
    return Indicator.objects.create(municipality=land.municipality, **values)


@pytest.fixture
def inhabitants(land: Land) -> Indicator:
    return make_indicator(land)


@pytest.fixture
def figures(land: Land) -> Figures:
    """Write figures of areas in a period: a number, or the reason why there is none."""

    def write(indicator: Indicator, period: str = "2024", **by_slug: float | str) -> list[IndicatorValue]:
        return IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=indicator, area=land[slug.replace("_", "-")], period=period,
                edition=land.editions[land[slug.replace("_", "-")].kind.slug],
                **({"reason": known} if isinstance(known, str) else {"value": Decimal(str(known))}),
            )
            for slug, known in by_slug.items()
        )  # fmt: skip

    return write
