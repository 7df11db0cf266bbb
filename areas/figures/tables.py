"""Tables of figures: the rows of a file, which column holds what, and the cells that hold figures.

A table is long (a row for each area and period), wide by period (a column for each) or wide by indicator (a column for each,
named after it). JSON is read when it is a list of flat objects, or an object of names and numbers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from areas.figures.periods import is_period
from areas.figures.vocabulary import vocabulary
from areas.models import AreaKind, Indicator
from core.tables import MAX_BYTES, MAX_CELL, MAX_COLUMNS, NumberText, Row, TableError, as_text, read_table

MOST_ROWS = 30_000
NO_COLUMN = "-"  # said by hand: there is no such column
ROLES = ("code", "name", "period", "value")
# How the columns of a JSON object of names and numbers are called.
NAME, VALUE = "naam", "waarde"


@dataclass(frozen=True)
class ValueColumn:
    """A column with figures: of which indicator, and of which period when its heading says so."""

    column: str
    indicator: Indicator
    period: str = ""


@dataclass(frozen=True)
class Layout:
    """Which column holds what; `problems` are what keeps the table from being read, in words for people."""

    code: str
    name: str
    period: str
    values: tuple[ValueColumn, ...]
    ignored: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One figure as it stands in the table, with the words for its area and its period."""

    row: int
    code: str
    name: str
    indicator: Indicator
    period: str
    text: str


def read_rows(data: bytes) -> list[Row]:
    """The rows of a CSV, XLSX or JSON file; raises TableError."""
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    rows = _read_json(data) if is_json else read_table(data, most_rows=MOST_ROWS)
    if not rows:
        raise TableError(_("The table has no rows."))
    return rows


def rows_in(content: IO[bytes]) -> list[Row]:
    """The rows of a file that came in; raises TableError when it is no table."""
    return read_rows(content.read(MAX_BYTES + 1))


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The names of the columns, in their order."""
    return list(dict.fromkeys(name for row in rows[:1_000] for name in row.cells))


def layout_of(
    columns: Sequence[str],
    kind: AreaKind,
    indicator: Indicator | None,
    indicators: Iterable[Indicator],
    asked: Mapping[str, str],
) -> Layout:
    """Which column holds what: as was said by hand (`asked`, by role), else by what publishers call them."""
    code, name, period = (
        _column(columns, asked.get(role, ""), _known(role, kind)) for role in ("code", "name", "period")
    )
    rest = [column for column in columns if column not in (code, name, period)]
    if indicator is None:
        values = _by_indicator(rest, indicators)
    else:
        values = _of_one(rest, indicator, asked.get("value", ""), by_period=not period)
    used = {value.column for value in values}
    ignored = tuple(column for column in rest if column not in used)
    return Layout(code, name, period, values, ignored, tuple(_problems(code, name, values, indicator)))


def cells_of(rows: Iterable[Row], layout: Layout, fixed_period: str) -> Iterator[Cell]:
    """The figures of a table; a row that names no area and holds nothing is passed over."""
    for row in rows:
        code, name = row.cells.get(layout.code, ""), row.cells.get(layout.name, "")
        if not code and not name and not any(row.cells.get(value.column, "") for value in layout.values):
            continue
        period = row.cells.get(layout.period, "") if layout.period else fixed_period
        for value in layout.values:
            text = row.cells.get(value.column, "")
            yield Cell(row.number, code, name, value.indicator, value.period or period, text)


def needs_period(layout: Layout) -> bool:
    """Whether neither a column nor the headings tell the period."""
    return not layout.period and any(not value.period for value in layout.values)


def folded_heading(text: str) -> str:
    """A name as a heading may write it: small letters, blanks for dashes and underscores."""
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def _known(role: str, kind: AreaKind) -> tuple[str, ...]:
    """What a column is called, with what it is called for this kind of area first."""
    own = {
        "code": (f"{kind.slug}code", f"{kind.slug}_code", f"code {kind.slug}"),
        "name": (f"{kind.slug}naam", f"{kind.slug}_naam", f"naam {kind.slug}", kind.slug, kind.name.lower()),
    }
    return (*own.get(role, ()), *vocabulary().columns[role])


def _column(columns: Sequence[str], asked: str, known: Sequence[str]) -> str:
    if asked == NO_COLUMN:
        return ""
    if asked in columns:
        return asked
    return next((word for word in known if word in columns), "")


def _by_indicator(columns: Sequence[str], indicators: Iterable[Indicator]) -> tuple[ValueColumn, ...]:
    named = {folded_heading(word): one for one in indicators for word in (one.name, one.slug)}
    return tuple(
        ValueColumn(column, named[folded_heading(column)])
        for column in columns
        if folded_heading(column) in named
    )


def _of_one(
    columns: Sequence[str], indicator: Indicator, asked: str, *, by_period: bool
) -> tuple[ValueColumn, ...]:
    if asked in columns:
        return (ValueColumn(asked, indicator),)
    if by_period and (found := [column for column in columns if is_period(column)]):
        return tuple(ValueColumn(column, indicator, column) for column in found)
    own = _by_indicator(columns, [indicator])
    if own:
        return own[:1]
    known = next((word for word in vocabulary().columns["value"] if word in columns), "")
    known = known or (columns[0] if len(columns) == 1 else "")
    return (ValueColumn(known, indicator),) if known else ()


def _problems(
    code: str, name: str, values: Sequence[ValueColumn], indicator: Indicator | None
) -> Iterator[str]:
    if not code and not name:
        yield _("No column holds the code or the name of the area. Say which one does.")
    if not values and indicator is None:
        yield _("No column is named after an indicator. Describe the indicator first, or choose one.")
    elif not values:
        yield _("No column holds the figures. Say which one does.")
    seen = [value.indicator.pk for value in values if not value.period]
    if len(set(seen)) < len(seen):
        yield _("Two columns are named after the same indicator.")


def _read_json(data: bytes) -> list[Row]:
    unreadable = TableError(
        _("This JSON is no table: it must be a list of objects, or an object of names and numbers.")
    )
    if len(data) > MAX_BYTES:
        raise TableError(_("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1_000_000})
    try:
        found = json.loads(
            data.decode("utf-8-sig"), parse_int=NumberText, parse_float=_json_number, parse_constant=str
        )
    except (ValueError, RecursionError) as error:
        raise unreadable from error
    if isinstance(found, dict):
        found = [{NAME: name, VALUE: value} for name, value in found.items()]
    if len(found) > MOST_ROWS:
        raise TableError(_("The table has more than %(most)d rows.") % {"most": MOST_ROWS})
    if not all(isinstance(entry, dict) and _is_flat(entry) for entry in found):
        raise unreadable
    return [
        Row(number, {_writable(key).strip().lower(): _json_cell(value) for key, value in entry.items()})
        for number, entry in enumerate(found, start=1)
    ]


def _is_flat(entry: dict[str, Any]) -> bool:
    return len(entry) <= MAX_COLUMNS and not any(
        isinstance(value, dict | list) or (isinstance(value, str) and len(value) > MAX_CELL)
        for value in entry.values()
    )


def _json_number(text: str) -> NumberText:
    return NumberText(text.replace(".", ","))


def _json_cell(value: object) -> str:
    return value if isinstance(value, NumberText) else _writable(as_text(value)).strip()


def _writable(text: str) -> str:
    """Without what the database cannot keep: JSON can write NUL and half a character."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
