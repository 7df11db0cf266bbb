"""What happens when, as rows along an axis: the width of a block is the precision of its date, never a false first of January.

This module reckons where everything stands, in percents of the width, so that nothing is stretched on a narrow screen;
`partials/timeline.html` writes it as a table whose cells say the same in words. Full is over, open is to come, dots have no end.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

MOST_NAMED = 6  # marks of the axis with a name below them, so that these do not touch on a phone
FEW_YEARS = 2  # up to here the axis is marked every quarter
NARROWEST = 0.8  # percent: a day of a plan of six years can be seen
TICK = 5  # pixels: the width of a day that is still to come


@dataclass(frozen=True)
class Dated:
    """What happens, from `first` until and including `last` (None: without an end, or not known), and the date in words.

    `is_span`: from a day until another, and not just "in 2027"; only of a span it is drawn how far it is.
    """

    title: str
    first: dt.date
    last: dt.date | None
    words: str | Promise
    url: str = ""
    note: str = ""
    is_span: bool = False
    is_running: bool = False
    is_over: bool = False
    is_asleep: bool = False


@dataclass(frozen=True)
class Piece:
    """Something drawn in a row: a `block`, a `line`, `dots` or a `tick`, from `at` over `width`; `look` says how it stands."""

    kind: str
    at: str
    width: str = ""
    look: str = ""

    @property
    def until(self) -> str:
        """Where it ends, for lines."""
        return _percent(float(self.at.rstrip("%")) + float(self.width.rstrip("%") or 0))


@dataclass(frozen=True)
class Row:
    """A row of the table: its date and how it stands in words, and the same drawn."""

    title: str
    url: str
    words: str | Promise
    note: str
    state: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Mark:
    """The start of a year or a quarter on the axis; without words when there is no room for them."""

    at: str
    words: str


@dataclass(frozen=True)
class Timeline:
    """Rows along an axis, ready for `partials/timeline.html`; `now` is where today stands, empty when that is not on the axis."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    now: str
    today: dt.date


def timeline(
    rows: Sequence[Dated], *, today: dt.date, first: dt.date | None = None, last: dt.date | None = None
) -> Timeline | None:
    """Rows from the earliest to the latest, along whole years that hold them all and `first` to `last`; None without rows."""
    if not rows:
        return None
    starts = [row.first for row in rows] + ([first] if first else [])
    ends = [row.last or row.first for row in rows] + ([last] if last else [])
    scale = Scale(min(starts).year, max(*starts, *ends).year)
    ordered = sorted(rows, key=lambda row: (row.first, row.last or dt.date.max, row.title))
    return Timeline(
        rows=tuple(_row(row, scale, today) for row in ordered),
        marks=tuple(scale.marks()),
        now=_percent(scale.at(today)) if scale.holds(today) else "",
        today=today,
    )


@dataclass(frozen=True)
class Scale:
    """Whole years, the first and the last included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days there are on it."""
        return (dt.date(self.last + 1, 1, 1) - dt.date(self.first, 1, 1)).days

    def at(self, day: dt.date, *, end: bool = False) -> float:
        """Where a day begins (or ends), in percents of the width."""
        passed = (day - dt.date(self.first, 1, 1)).days + end
        return min(max(100 * passed / self.days, 0.0), 100.0)

    def holds(self, day: dt.date) -> bool:
        """Whether a day is on it."""
        return self.first <= day.year <= self.last

    def marks(self) -> Iterator[Mark]:
        """Every year, or every quarter when there are few."""
        years = range(self.first, self.last + 1)
        if len(years) <= FEW_YEARS:
            starts = [dt.date(year, month, 1) for year in years for month in (1, 4, 7, 10)]
        else:
            starts = [dt.date(year, 1, 1) for year in years]
        step = -(-len(starts) // MOST_NAMED)
        for number, start in enumerate(starts):
            words = str(start.year) if start.month == 1 else date_format(start, "b")
            yield Mark(_percent(self.at(start)), words if number % step == 0 else "")


def _row(row: Dated, scale: Scale, today: dt.date) -> Row:
    return Row(row.title, row.url, row.words, row.note, _state(row, today), tuple(_pieces(row, scale, today)))


def _state(row: Dated, today: dt.date) -> str:
    if row.is_over:
        return _("over")
    if row.is_asleep:
        return _("asleep")
    if row.last and row.last < today:
        return _("later than planned")
    return _("going on") if row.is_running else _("still to come")


def _pieces(row: Dated, scale: Scale, today: dt.date) -> Iterator[Piece]:
    look = "over" if row.is_over else "asleep" if row.is_asleep else "coming"
    start = scale.at(row.first)
    if row.last == row.first:
        yield Piece("tick", _percent(start), look=look)
        return
    began = row.is_span and row.is_running and row.first <= today
    now = scale.at(today)
    if row.last is None:
        if row.is_over or began:
            yield _piece("line", start, now)
        else:
            yield Piece("tick", _percent(start), look=look)
        if not row.is_over:
            yield _piece("dots", now if began else start, 100.0)
        return
    end = scale.at(row.last, end=True)
    if began and not row.is_over and now < end:
        yield _piece("line", start, now)
        start = now
    yield _piece("block", start, end, look)


def _piece(kind: str, start: float, end: float, look: str = "") -> Piece:
    width = max(end - start, NARROWEST)
    return Piece(kind, _percent(min(start, 100.0 - width)), _percent(width), look)


def _percent(number: float) -> str:
    """A share as SVG writes it, whatever the language of the page."""
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"
