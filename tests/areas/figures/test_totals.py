"""What figures add up to, and what it says when a part is missing."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from areas.figures.totals import totals_of, wholes_of
from areas.models import Area, AreaEdition, AreaKind, AreaShape, Indicator, IndicatorValue
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import Land, box


def whole(land: Land, indicator: Indicator, period: str = "2024") -> Any:
    return wholes_of([indicator])[indicator.pk].get(period)


def of_kind(land: Land, indicator: Indicator, kind: str = "wijk") -> Any:
    (found,) = [total for total in totals_of([indicator]) if total.kind_id == land.kinds[kind].pk]
    return found


def test_a_sum_of_all_parts(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, bergen=100, midden=20, dalen=3.5)
    found = whole(land, inhabitants)
    assert (found.value, found.is_lower_bound, found.total.missing) == (Decimal("123.5"), False, 0)


def test_a_missing_part_makes_it_at_least(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, bergen=100, midden="suppressed")
    found = whole(land, inhabitants)
    assert (found.value, found.is_lower_bound, found.total.missing) == (100, True, 2), (
        "one secret, one not told"
    )


def test_without_a_number_there_is_no_total(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, bergen="suppressed")
    assert whole(land, inhabitants) is None


def test_what_can_be_negative_has_no_lower_bound(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, bergen=100, midden=-5)
    total = of_kind(land, inhabitants)
    assert (total.value, total.is_lower_bound, total.is_partial) == (95, False, True)


def test_what_cannot_be_located_counts_when_it_is_told(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    residual = Area.objects.create(
        municipality=land.municipality,
        kind=land.kinds["wijk"],
        slug="nergens",
        name="Nergens",
        is_residual=True,
    )
    figures(inhabitants, bergen=1, midden=2, dalen=3)
    assert of_kind(land, inhabitants).parts == 3
    IndicatorValue.objects.create(indicator=inhabitants, area=residual, period="2024", value=4)
    total = of_kind(land, inhabitants)
    assert (total.value, total.parts, total.missing) == (10, 4, 0)


def test_a_percentage_does_not_add_up(land: Land, figures: Figures) -> None:
    share = make_indicator(land, unit="%", is_additive=False)
    figures(share, bergen=10, midden=20, dalen=30)
    assert whole(land, share) is None


def test_the_figure_of_the_municipality_itself_goes_first(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    kind = AreaKind.objects.create(
        municipality=land.municipality,
        slug="gemeente",
        name="Gemeente",
        plural="Gemeenten",
        rank=10,
        scheme="nis",
    )
    area = Area.objects.create(
        municipality=land.municipality, kind=kind, slug="proefdorp-gemeente", name="Proefdorp"
    )
    share = make_indicator(land, slug="aandeel", name="Aandeel", is_additive=False)
    for indicator in (inhabitants, share):
        figures(indicator, bergen=1, midden=2)
        IndicatorValue.objects.create(indicator=indicator, area=area, period="2024", value=50)
        found = whole(land, indicator)
        assert (found.value, found.is_own, found.is_lower_bound) == (50, True, False)


def test_the_kind_that_misses_least_is_added_up(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, noord_deelgemeente=60, bergen=30, midden=40, dalen=50)
    found = whole(land, inhabitants)
    assert (found.value, found.is_lower_bound) == (120, False)
    figures(inhabitants, zuid_deelgemeente=61)
    found = whole(land, inhabitants)
    assert found.value == 121, "the larger areas when both are whole"


def test_kinds_that_overlap_are_not_added_up(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    land.kinds["wijk"].is_partition = False
    land.kinds["wijk"].save()
    figures(inhabitants, bergen=1, midden=2, dalen=3)
    assert whole(land, inhabitants) is None


def test_the_parts_are_those_of_the_boundaries_that_the_figures_stand_on(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, bergen=1, midden=2, dalen=3)
    old, wijk = land.editions["wijk"], land.kinds["wijk"]
    AreaEdition.objects.filter(pk=old.pk).update(status="superseded")
    new = AreaEdition.objects.create(
        kind=wijk, reference_date=dt.date(2026, 1, 1), source="proef", sha256="n" * 64, status="active",
        activated_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    city = Area.objects.create(municipality=land.municipality, kind=wijk, slug="stad", name="Stad")
    for area in (city, land["dalen"]):
        geom = box(4.70, 51.40, 4.75, 51.43)
        AreaShape.objects.create(
            edition=new, area=area, geom=geom, overview=geom, label_point=geom.point_on_surface, area_m2=1,
            measured_srid=31370, content_hash=area.slug, path="M0 0h1v1z", box="0 0 1 1",
        )  # fmt: skip
    Area.objects.filter(pk__in=[land["bergen"].pk, land["midden"].pk]).update(retired_by=new)
    total = of_kind(land, inhabitants)
    assert (total.value, total.parts, total.edition_id) == (6, 3, old.pk), "as it was, on the old boundaries"
    IndicatorValue.objects.create(indicator=inhabitants, area=city, period="2024", value=30, edition=new)
    total = of_kind(land, inhabitants)
    assert (total.value, total.parts, total.edition_id) == (33, 2, new.pk), "nothing counts twice"


def test_one_query_for_any_number_of_indicators(
    land: Land, figures: Figures, django_assert_num_queries: object
) -> None:
    several = [make_indicator(land, slug=f"i-{n}", name=f"I {n}") for n in range(5)]
    for indicator in several:
        for period in ("2023", "2024"):
            figures(indicator, period, bergen=1, midden=2, dalen=3)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = wholes_of(several, {one.pk: "2024" for one in several})
    assert [list(periods) for periods in found.values()] == [["2024"]] * 5
