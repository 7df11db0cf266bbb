"""Lines over time as SVG made on the server: the same picture on the page, on paper and in a PDF, without style or script.

This module reckons where everything stands; `partials/line_chart.html` writes it, so that every text is escaped as on a page.
Colours and letters are those of the style sheet (`.chart`).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 560, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 384, 16, 216
MOST_STEPS = 4  # between two lines of the scale
MOST_MOMENTS = 4  # that are named below
LINE = 22  # how far two names stand apart
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Series:
    """A line: its name and a number at each moment, None where there is a gap; the main one is drawn full and in the accent."""

    name: str
    numbers: Sequence[float | None]
    is_main: bool = False


@dataclass(frozen=True)
class Tick:
    """A line of the scale (`at` is its height) or a moment (`at` is how far to the right), with its words.

    The ground is zero, or the lowest line of a scale without zero.
    """

    at: str
    words: str
    words_at: str = ""
    is_ground: bool = False


@dataclass(frozen=True)
class Line:
    """A drawn series: stretches without a gap, single points, and its name beside the last number."""

    name: str
    is_main: bool
    stretches: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    last: str
    last_at: str


@dataclass(frozen=True)
class LineChart:
    """A chart, ready for `partials/line_chart.html`; `words` say what it shows to who does not see it."""

    words: str
    levels: tuple[Tick, ...]
    moments: tuple[Tick, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    names_at: int = RIGHT + 12


def line_chart(
    moments: Sequence[tuple[float, str]],
    series: Sequence[Series],
    *,
    words: str,
    written: Callable[[float], str],
    decimals: int = 0,
) -> LineChart:
    """The lines of series over moments (when, and how that is written); `written` writes a number of the scale and of the end."""
    known = [number for line in series for number in line.numbers if number is not None]
    levels = list(nice_levels(min(known), max(known), decimals))
    across = _scaled(moments[0][0], moments[-1][0], LEFT, RIGHT)
    upward = _scaled(levels[0], levels[-1], BOTTOM, TOP)
    places = [across(when) for when, _name in moments]
    ground = 0 if 0 in levels else levels[0]
    ends = _apart([upward(_last(line)) for line in series])
    return LineChart(
        words,
        tuple(
            Tick(_unit(upward(level)), written(level), _unit(upward(level) + 5), level == ground)
            for level in levels
        ),
        tuple(Tick(_unit(places[index]), moments[index][1]) for index in _named(len(moments))),
        tuple(
            _line(line, places, upward, written(_last(line)), end)
            for line, end in zip(series, ends, strict=True)
        ),
    )


def nice_levels(lowest: float, highest: float, decimals: int = 0) -> Iterator[float]:
    """Round numbers at equal steps around what is between two numbers; never finer than can be written."""
    finest = 10.0**-decimals
    span = max(highest - lowest, finest)
    power = 10.0 ** math.floor(math.log10(span / MOST_STEPS))
    step = max(next(lead * power for lead in STEPS if lead * power * MOST_STEPS >= span * 0.999), finest)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    if first == last:
        first, last = first - 1, last + 1
    for number in range(first, last + 1):
        yield round(number * step, decimals + 6)


def _scaled(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = high - low
    return lambda number: start + (end - start) * ((number - low) / span if span else 1.0)


def _last(line: Series) -> float:
    return next(number for number in reversed(line.numbers) if number is not None)


def _named(count: int) -> list[int]:
    """Which of so many moments are named: the first, the last, and some at equal steps between."""
    if count <= MOST_MOMENTS:
        return list(range(count))
    step = next(
        (step for step in range(2, count) if (count - 1) % step == 0 and (count - 1) // step < MOST_MOMENTS),
        0,
    )
    return list(range(0, count, step)) if step else [0, count - 1]


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights of names, moved so that none lies over another and all stay on the drawing."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    moved = list(heights)
    for above, below in pairwise(order):
        lack = LINE - (moved[below] - moved[above])
        if lack > 0:
            moved[above] -= lack / 2
            moved[below] += lack / 2
    return moved


def _line(
    line: Series, places: Sequence[float], upward: Callable[[float], float], last: str, end: float
) -> Line:
    stretches: list[list[tuple[float, float]]] = [[]]
    for place, number in zip(places, line.numbers, strict=True):
        if number is None:
            stretches.append([])
        else:
            stretches[-1].append((place, upward(number)))
    filled = [stretch for stretch in stretches if stretch]
    alone = {stretch[0] for stretch in filled if len(stretch) == 1}
    points = sorted(alone | ({filled[-1][-1]} if line.is_main else set()))
    return Line(
        line.name,
        line.is_main,
        tuple(
            " ".join(f"{_unit(x)},{_unit(y)}" for x, y in stretch) for stretch in filled if len(stretch) > 1
        ),
        tuple((_unit(x), _unit(y)) for x, y in points),
        last,
        _unit(end + 5),
    )


def _unit(number: float) -> str:
    """A coordinate as SVG writes it, whatever the language of the page."""
    return f"{number:.1f}".removesuffix(".0")
