"""Dates of the demo that count from the day on which it is made."""

import datetime as dt
import re

from django.utils import timezone

from core.dates import When

POINT = re.compile(r"([dmsy])([+-]\d+)?")
MONTHS = 12


def day(text: str) -> dt.date:
    """A day such as "d-20"."""
    return timezone.localdate() + dt.timedelta(days=_number(text))


def moment(text: str) -> When:
    """What counts from today: "m-1/s+5", "y+2/", "y/.."."""
    return When("/".join(_point(part) if POINT.fullmatch(part) else part for part in text.split("/")))


def first_of_month(ahead: int) -> dt.date:
    """The first day of the month so many months ahead."""
    year, month = _month(ahead)
    return dt.date(year, month, 1)


def half_year(number: int) -> tuple[dt.date, dt.date]:
    """The first and last day of a half-year: 0 is the one of today, -1 the one before."""
    today = timezone.localdate()
    halves = today.year * 2 + (today.month > 6) + number
    year, second = divmod(halves, 2)
    return (
        (dt.date(year, 7, 1), dt.date(year, 12, 31))
        if second
        else (dt.date(year, 1, 1), dt.date(year, 6, 30))
    )


def years_of_office() -> tuple[int, int]:
    """The first and last year of the Flemish multi-year plan of today: 2026 to 2031, and every six years after."""
    first = 2026 + (timezone.localdate().year - 2026) // 6 * 6
    return first, first + 5


def _point(text: str) -> str:
    unit = text[0]
    if unit == "d":
        return day(text).isoformat()
    if unit == "y":
        return str(timezone.localdate().year + _number(text))
    year, month = _month(_number(text))
    if unit == "m":
        return f"{year}-{month:02}"
    # December belongs to the winter that it begins, and so do the two months after it.
    return f"{year - (month < 3)}-{24 if month in (12, 1, 2) else 20 + month // 3}"


def _number(text: str) -> int:
    return int(text[1:] or 0)


def _month(ahead: int) -> tuple[int, int]:
    today = timezone.localdate()
    year, month = divmod(today.year * MONTHS + today.month - 1 + ahead, MONTHS)
    return year, month + 1
