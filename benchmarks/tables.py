"""Figures as Markdown."""

from collections.abc import Iterable

from benchmarks.cases import Row

HEAD = """\
| what | Python | PostgreSQL | together | × less | target | queries | bytes |
|---|--:|--:|--:|--:|--:|--:|--:|"""


def as_table(rows: Iterable[Row]) -> str:
    """The figures of one set of areas; a target that is missed stands out."""
    return "\n".join([HEAD, *map(_line, rows)])


def _line(row: Row) -> str:
    cost = row.cost
    less = f"{row.usual.total / cost.total:,.1f}" if row.usual else ""
    cells = [
        row.what,
        _ms(cost.python),
        _ms(cost.database),
        _ms(cost.total),
        less,
        _target(row),
        str(cost.queries),
    ]
    return "| " + " | ".join([*cells, f"{row.size:,}" if row.size else ""]) + " |"


def _target(row: Row) -> str:
    if row.target is None:
        return ""
    text = f"≤ {row.target:g}"
    return text if row.cost.total <= row.target else f"**{text}: missed**"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 100 else f"{milliseconds:,.0f}"
