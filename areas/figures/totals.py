"""Totals: the figure of the municipality itself, else what its areas add up to, saying so when a part is missing.

A total is of an indicator, a period and a kind of area. The parts that count are the areas on the boundaries that the figures of
that period and kind stand on, and what cannot be located; a part without a number makes the sum a lower bound ("at least").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.db import connection
from django.db.models import Max

from areas.models import Indicator, IndicatorValue

WHOLE = "gemeente"  # the kind of area that is the municipality itself

ALL: Mapping[int, str] = MappingProxyType({})  # no period is asked for: all of them

# The boundaries of figures are the newest of those that they came in on.
TOTALS = """
WITH boundaries AS (
    SELECT known.indicator_id, known.period, area.kind_id, (
        array_agg(known.edition_id ORDER BY edition.activated_at DESC, edition.id DESC)
        FILTER (WHERE known.edition_id IS NOT NULL)
    )[1] AS edition_id
    FROM areas_indicatorvalue known
    JOIN areas_area area ON area.id = known.area_id
    LEFT JOIN areas_areaedition edition ON edition.id = known.edition_id
    JOIN unnest(%(indicators)s::bigint[], %(periods)s::text[]) AS asked (indicator_id, period)
        ON asked.indicator_id = known.indicator_id AND (asked.period = '' OR asked.period = known.period)
    GROUP BY known.indicator_id, known.period, area.kind_id
)
SELECT ground.indicator_id, ground.period, kind.id, ground.edition_id, sum(known.value), min(known.value),
    count(*), count(known.value), kind.slug, kind.rank, kind.is_partition
FROM boundaries ground
JOIN areas_areakind kind ON kind.id = ground.kind_id
JOIN areas_area area ON area.kind_id = ground.kind_id
LEFT JOIN areas_areashape shape ON shape.area_id = area.id AND shape.edition_id = ground.edition_id
LEFT JOIN areas_indicatorvalue known ON known.area_id = area.id
    AND known.indicator_id = ground.indicator_id AND known.period = ground.period
WHERE shape.id IS NOT NULL
    OR (area.is_residual AND known.id IS NOT NULL)
    OR (ground.edition_id IS NULL AND area.retired_by_id IS NULL AND NOT area.is_residual)
GROUP BY ground.indicator_id, ground.period, kind.id, ground.edition_id
"""


@dataclass(frozen=True)
class Total:
    """What the figures of one kind in one period add up to; `parts` are the areas that count, `known` those with a number."""

    indicator_id: int
    period: str
    kind_id: int
    edition_id: int | None
    value: Decimal | None
    lowest: Decimal | None
    parts: int
    known: int
    kind_slug: str
    kind_rank: int
    of_partition: bool

    @property
    def missing(self) -> int:
        """How many parts have no number."""
        return self.parts - self.known

    @property
    def is_lower_bound(self) -> bool:
        """Whether the real total is at least this: a part is missing, and no part is negative."""
        return self.missing > 0 and self.lowest is not None and self.lowest >= 0

    @property
    def is_partial(self) -> bool:
        """Whether a part is missing of what can be negative: the real total may be more or less."""
        return self.missing > 0 and not self.is_lower_bound


@dataclass(frozen=True)
class Whole:
    """The figure of the municipality: its own (`is_own`), or what its areas add up to.

    Of what can be negative (`is_signed`: a balance, a difference) an area is no share.
    """

    total: Total
    is_own: bool
    is_signed: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number."""
        return self.total.value

    @property
    def is_lower_bound(self) -> bool:
        """Whether to say "at least"."""
        return not self.is_own and self.total.is_lower_bound


ByPeriod = dict[str, Whole]


def newest_periods(indicators: Iterable[Indicator]) -> dict[int, str]:
    """The newest period of each indicator in which a number is known; one query."""
    keys = [indicator.pk for indicator in indicators]
    known = IndicatorValue.objects.filter(indicator__in=keys, value__isnull=False)
    return dict(known.order_by().values_list("indicator").annotate(newest=Max("period")))


def totals_of(indicators: Iterable[Indicator], periods: Mapping[int, str] = ALL) -> list[Total]:
    """What the figures of these indicators add up to, of each kind, in all periods or in one of each indicator; one query."""
    keys = [indicator.pk for indicator in indicators]
    asked = [periods.get(pk, "") for pk in keys]
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"indicators": keys, "periods": asked})
        return [Total(*row) for row in cursor.fetchall()]


def wholes_of(
    indicators: Iterable[Indicator],
    periods: Mapping[int, str] = ALL,
) -> dict[int, ByPeriod]:
    """The figure of the municipality by indicator and period, where there is one; one query for any number of indicators.

    Only what adds up is added up: a percentage has a figure of the municipality when the source gives it.
    """
    by_pk = {indicator.pk: indicator for indicator in indicators}
    totals = totals_of(by_pk.values(), periods)
    signed = {total.indicator_id for total in totals if total.lowest is not None and total.lowest < 0}
    best: dict[tuple[int, str], tuple[tuple[float, ...], Whole]] = {}
    for total in totals:
        if total.value is None:
            continue
        is_own = total.kind_slug == WHOLE and total.parts == 1
        if not is_own and not (by_pk[total.indicator_id].is_additive and total.of_partition):
            continue
        # Its own figure first, then the kind that misses least, then the larger areas.
        rank = (not is_own, total.missing / total.parts, total.kind_rank)
        key = (total.indicator_id, total.period)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, Whole(total, is_own, total.indicator_id in signed))
    found: dict[int, ByPeriod] = {pk: {} for pk in by_pk}
    for (pk, of_period), (_rank, whole) in best.items():
        found[pk][of_period] = whole
    return found
