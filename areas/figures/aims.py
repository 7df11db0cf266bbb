"""A figure on its way to an aim: what it was over time in one area, with a line from where it began to where it should be."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from areas.figures.periods import period_words
from areas.figures.series import place_in_time
from areas.figures.wording import figure_words
from areas.models import Area
from areas.models.figures import Indicator, IndicatorValue
from core.charts import LineChart, Series, line_chart
from core.wording import number

Pair = tuple[int, int]  # the keys of an indicator and of an area


@dataclass(frozen=True)
class Known:
    """A figure as it is known: the number of a period, in words too."""

    period: str
    value: Decimal
    when: str
    words: str


def known_of(pairs: Iterable[tuple[Indicator, Area]]) -> dict[Pair, list[Known]]:
    """What is known of indicators, each in an area, oldest first; one query for all, none for none."""
    indicators = {(indicator.pk, area.pk): indicator for indicator, area in pairs}
    if not indicators:
        return {}
    asked = Q()
    for indicator, area in indicators:
        asked |= Q(indicator=indicator, area=area)
    found: dict[Pair, list[Known]] = {}
    for value in IndicatorValue.objects.filter(asked, value__isnull=False).order_by("period"):
        pair = (value.indicator_id, value.area_id)
        assert value.value is not None  # noqa: S101  (asked for)
        words = figure_words(indicators[pair], value.value)
        found.setdefault(pair, []).append(Known(value.period, value.value, period_words(value.period), words))
    return found


def aim_chart(
    indicator: Indicator,
    name: str,
    known: Sequence[Known],
    *,
    start: tuple[dt.date, Decimal] | None,
    aim: tuple[dt.date, Decimal] | None,
) -> LineChart | None:
    """The line of a figure in an area, and the way from its start to its aim; None while there is nothing to draw a line of."""
    own = {place_in_time(one.period): (float(one.value), one.when) for one in known}
    way = {_year(day): (float(value), str(day.year)) for day, value in filter(None, (start, aim))}
    moments: Mapping[float, str] = {
        at: words for at, (_value, words) in sorted({**way, **own}.items(), key=lambda item: item[0])
    }
    if len(moments) < 2 or not own:
        return None
    series = [Series(name, [own[at][0] if at in own else None for at in moments], is_main=True)]
    if aim:
        first = min(way) if len(way) > 1 else min(own)
        ends = {**own, **way}
        way_of = _between(list(moments), (first, ends[first][0]), (max(way), way[max(way)][0]))
        series.append(Series(_("aim"), way_of))
    return line_chart(
        list(moments.items()),
        series,
        words=_("%(name)s in %(area)s, and the way to the aim") % {"name": indicator.name, "area": name},
        written=lambda level: number(level, indicator.decimals),
        decimals=indicator.decimals,
    )


def _between(
    moments: Sequence[float], first: tuple[float, float], last: tuple[float, float]
) -> list[float | None]:
    """A straight line between two points, at the moments that lie on it."""
    (start, low), (end, high) = first, last
    rise = (high - low) / (end - start) if end > start else 0.0
    return [low + rise * (at - start) if start <= at <= end else None for at in moments]


def _year(day: dt.date) -> float:
    return day.year + (day.month - 1) / 12
