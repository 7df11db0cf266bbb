"""The figures of one area over time, beside the municipality: the sentence first, then the line, then the table.

What adds up is drawn as an index, since a village lies far below its municipality: the first period that both know is 100. A sum of
which a part is missing is at least so much: it stands in the table and not in the line. A share or a rate is drawn as it is.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from areas.figures.chosen import choose
from areas.figures.periods import period_words
from areas.figures.totals import WHOLE, Whole, wholes_of
from areas.figures.wording import figure_words, missing_words, short_words, step_words, whole_words
from areas.models import Area
from areas.models.figures import Indicator, IndicatorValue
from core.charts import LineChart, Series, line_chart
from core.wording import NBSP, number

SMALLEST_BASE = 100  # an index of fewer says more about chance than about the area


@dataclass(frozen=True)
class Moment:
    """A period: the number of the area and of the municipality, and how a table says them."""

    period: str
    when: str
    own: Decimal | None
    whole: Decimal | None
    own_words: str
    whole_words: str


@dataclass(frozen=True)
class Story:
    """What is told of an indicator: the newest figure, how it compares, and its line over time when there is one."""

    indicator: Indicator
    when: str
    figure: str
    beside: str
    title: str = ""
    note: str = ""
    chart: LineChart | None = None
    moments: Sequence[Moment] = ()

    @property
    def compares(self) -> bool:
        """Whether anything is known of the municipality."""
        return any(moment.whole_words != missing_words("") for moment in self.moments)


def stories_of(area: Area, *, most: int | None = None) -> list[Story]:
    """What there is to tell of an area, by theme, or the `most` that matter first; two queries for any number of indicators."""
    values: dict[Indicator, dict[str, IndicatorValue]] = {}
    known = IndicatorValue.objects.filter(area=area).select_related("indicator")
    for value in known.order_by("indicator__theme", "indicator__name", "period"):
        values.setdefault(value.indicator, {})[value.period] = value
    if not values:
        return []
    shown = list(values) if most is None else choose(values, most)
    wholes = {} if area.kind.slug == WHOLE else wholes_of(shown)
    return [_story(area, one, values[one], wholes.get(one.pk, {})) for one in shown]


def two_of(stories: Sequence[Story]) -> list[Story]:
    """The two stories to draw: the first with a line, and one of another sort (a share beside a count) where there is one."""
    drawn = [story for story in stories if story.chart]
    if len(drawn) < 3:
        return drawn
    first = drawn[0]
    others = [story for story in drawn[1:] if story.indicator.is_additive != first.indicator.is_additive]
    return [first, (others or drawn[1:])[0]]


def _story(
    area: Area, indicator: Indicator, values: Mapping[str, IndicatorValue], wholes: Mapping[str, Whole]
) -> Story:
    moments = [_moment(indicator, period, value, wholes.get(period)) for period, value in values.items()]
    newest = next((moment for moment in reversed(moments) if moment.own is not None), moments[-1])
    beside = _compared(area, indicator, newest, wholes.get(newest.period))
    if newest.own is None:
        return Story(indicator, newest.when, "", newest.own_words)
    figure = short_words(indicator, newest.own)
    numbered = [moment for moment in moments if moment.own is not None]
    if len(numbered) < 2:
        return Story(indicator, newest.when, figure, beside, moments=moments)
    return _drawn(area, Story(indicator, newest.when, figure, beside, moments=moments))


def _moment(indicator: Indicator, period: str, value: IndicatorValue, whole: Whole | None) -> Moment:
    words = period_words(period)
    own = figure_words(indicator, value.value) if value.value is not None else missing_words(value.reason)
    if whole is None or whole.value is None:
        return Moment(period, words, value.value, None, own, missing_words(""))
    is_sure = whole.is_own or not whole.total.missing
    return Moment(
        period, words, value.value, whole.value if is_sure else None, own, whole_words(indicator, whole)
    )


def _compared(area: Area, indicator: Indicator, newest: Moment, whole: Whole | None) -> str:
    """How the newest figure compares with the municipality; empty when that says nothing."""
    if newest.own is None or newest.whole is None or whole is None:
        return ""
    name = area.municipality.name
    if indicator.is_additive:
        if whole.is_signed or newest.whole <= 0 or newest.own > newest.whole:
            return _("%(name)s: %(figure)s") % {"name": name, "figure": newest.whole_words}
        share = number(float(100 * newest.own / newest.whole), 0) + f"{NBSP}%"
        return _("%(share)s of %(name)s") % {"share": share, "name": name}
    difference = newest.own - newest.whole
    words = {
        "name": name,
        "figure": newest.whole_words,
        "difference": step_words(indicator, abs(difference)),
    }
    if round(difference, indicator.decimals) == 0:
        return _("the same as %(name)s") % words
    sentence = (
        _("%(difference)s higher than %(name)s (%(figure)s)")
        if difference > 0
        else _("%(difference)s lower than %(name)s (%(figure)s)")
    )
    return sentence % words


def _drawn(area: Area, story: Story) -> Story:
    """The story with its line, and the sentence that says what it shows."""
    base = _base(story)
    if story.indicator.is_additive and base is not None:
        return _as_index(area, story, base)
    return _as_it_is(area, story)


def _base(story: Story) -> Moment | None:
    """The first moment that the area and the municipality both know, when it can be 100; what can be negative has no index."""
    numbers = [one for moment in story.moments for one in (moment.own, moment.whole) if one is not None]
    if min(numbers) < 0:
        return None
    common = (moment for moment in story.moments if moment.own is not None and moment.whole is not None)
    first = next(common, None)
    if first is None or first.own is None or first.whole is None:
        return None
    is_enough = first.own >= SMALLEST_BASE and first.whole >= SMALLEST_BASE
    return first if is_enough and next(common, None) else None


def _as_index(area: Area, story: Story, base: Moment) -> Story:
    assert base.own is not None and base.whole is not None  # noqa: S101, PT018  (_base looked)
    moments = [moment for moment in story.moments if moment.period >= base.period]
    own = [_share(moment.own, base.own) for moment in moments]
    whole = [_share(moment.whole, base.whole) for moment in moments]
    last = [
        (one, other) for one, other in zip(own, whole, strict=True) if one is not None and other is not None
    ][-1]
    title = _("%(name)s: since %(period)s %(own)s, in %(whole)s %(other)s") % {
        "name": story.indicator.name,
        "period": base.when,
        "own": _change(last[0]),
        "whole": area.municipality.name,
        "other": _change(last[1]),
    }
    note = _("%(name)s, %(period)s is 100.") % {"name": story.indicator.name, "period": base.when}
    chart = _chart(area, moments, own, whole, title, lambda level: number(level, 0), 0)
    return _with(story, title, note, chart)


def _as_it_is(area: Area, story: Story) -> Story:
    indicator = story.indicator
    own = [_float(moment.own) for moment in story.moments]
    is_comparable = not indicator.is_additive
    whole = [_float(moment.whole) if is_comparable else None for moment in story.moments]
    title = _title(area, story, compares=is_comparable)
    note = (
        _("%(name)s, in %(unit)s.") % {"name": indicator.name, "unit": indicator.unit}
        if indicator.unit
        else ""
    )
    chart = _chart(
        area,
        story.moments,
        own,
        whole,
        title,
        lambda level: number(level, indicator.decimals),
        indicator.decimals,
    )
    return _with(story, title, note, chart)


def _title(area: Area, story: Story, *, compares: bool) -> str:
    numbered = [moment for moment in story.moments if moment.own is not None]
    first, last = numbered[0], numbered[-1]
    assert first.own is not None and last.own is not None  # noqa: S101, PT018  (numbered has only numbers)
    decimals = story.indicator.decimals
    change = round(last.own, decimals) - round(first.own, decimals)
    since = {"name": story.indicator.name, "period": first.when, "whole": area.municipality.name}
    if change > 0:
        trend = _("%(name)s: risen since %(period)s") % since
    elif change < 0:
        trend = _("%(name)s: fallen since %(period)s") % since
    else:
        trend = _("%(name)s: the same as in %(period)s") % since
    if not compares or last.whole is None:
        return trend
    difference = round(last.own, decimals) - round(last.whole, decimals)
    if difference > 0:
        return trend + _(", higher than in %(whole)s") % since
    if difference < 0:
        return trend + _(", lower than in %(whole)s") % since
    return trend + _(", the same as in %(whole)s") % since


def _chart(
    area: Area,
    moments: Sequence[Moment],
    own: Sequence[float | None],
    whole: Sequence[float | None],
    words: str,
    written: Callable[[float], str],
    decimals: int,
) -> LineChart:
    series = [Series(area.name, own, is_main=True)]
    if any(one is not None for one in whole):
        series.append(Series(area.municipality.name, whole))
    times = [(place_in_time(moment.period), moment.when) for moment in moments]
    return line_chart(times, series, words=words, written=written, decimals=decimals)


def _with(story: Story, title: str, note: str, chart: LineChart) -> Story:
    return Story(story.indicator, story.when, story.figure, story.beside, title, note, chart, story.moments)


def _share(value: Decimal | None, base: Decimal) -> float | None:
    return None if value is None else float(100 * value / base)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _change(index: float) -> str:
    """How much more or less than a hundred: "7 % more"."""
    percent = f"{number(abs(index - 100), 0)}{NBSP}%"
    if round(index) == 100:
        return _("as many")
    return (_("%(percent)s more") if index > 100 else _("%(percent)s fewer")) % {"percent": percent}


def place_in_time(period: str) -> float:
    """Where in time a period lies, in years: 2024 at its beginning, 2024-Q3 halfway; a school year at its first year."""
    year = int(period[:4])
    rest = period[5:]
    if rest.startswith("Q"):
        return year + (int(rest[1]) - 1) / 4
    if period[4:5] == "-":
        month, _dash, day = rest.partition("-")
        return year + (dt.date(year, int(month), int(day or 1)).timetuple().tm_yday - 1) / 366
    return float(year)
