"""What the database refuses of figures, and what it remembers."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from areas.models import Indicator, IndicatorValue
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import Land


@pytest.mark.parametrize(
    "fields",
    [
        {"value": None, "reason": ""},
        {"value": 3, "reason": "unknown"},
        {"value": 3, "period": "2024-13"},
        {"value": 3, "period": "2024-01-32"},
        {"value": 3, "period": "2024-Q5"},
        {"value": 3, "period": "24"},
    ],
)
def test_a_figure_is_a_number_or_a_reason_in_a_period(
    land: Land, inhabitants: Indicator, fields: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(
            **{"indicator": inhabitants, "area": land["bergen"], "period": "2024", **fields}
        )


@pytest.mark.parametrize("period", ["2024", "2024-Q4", "2024-12", "2024-12-31", "2023/2024"])
def test_periods_that_are_kept(land: Land, inhabitants: Indicator, period: str) -> None:
    IndicatorValue.objects.create(indicator=inhabitants, area=land["bergen"], period=period, value=1)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_database_keeps_no_small_group(land: Land, figures: Figures, number: int) -> None:
    people = make_indicator(land, hides_small=True)
    figures(people, bergen=0, dalen=5, midden="suppressed")
    with pytest.raises(IntegrityError, match="groups under five"), transaction.atomic():
        figures(people, "2025", bergen=number)
    with pytest.raises(IntegrityError, match="groups under five"), transaction.atomic():
        IndicatorValue.objects.filter(value=5).update(value=number)


def test_small_groups_go_before_an_indicator_hides_them(inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, bergen=4, dalen=12)
    with pytest.raises(IntegrityError, match="still there"), transaction.atomic():
        Indicator.objects.update(hides_small=True)
    IndicatorValue.objects.small().update(value=None, reason="suppressed")
    assert Indicator.objects.update(hides_small=True) == 1


@pytest.mark.parametrize(
    "fields", [{"hides_small": True, "decimals": 1}, {"slug": "inlezen"}, {"slug": "nieuw"}]
)
def test_what_an_indicator_cannot_be(land: Land, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indicator(land, **fields)


def test_the_database_remembers_every_figure(inhabitants: Indicator, figures: Figures) -> None:
    (figure,) = figures(inhabitants, bergen=120)
    figure.value = 130
    figure.save(update_fields=["value"])
    figure.save(update_fields=["value"])
    figure.delete()
    events = IndicatorValue.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [(event.pgh_label, int(event.value)) for event in events] == [
        ("insert", 120),
        ("update", 130),
        ("delete", 130),
    ]
