"""Periods: read from what publishers write, kept as text that sorts, shown as people say them.

Kept are a year (2024), a quarter (2024-Q3), a month (2024-03), a day (2024-03-31) and a school year (2023/2024). What can be
read in two ways is refused, not guessed.
"""

import datetime as dt
import re
from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST, LATEST = 1800, 2199
MONTHS = (
    ("januari", "jan", "january"), ("februari", "feb", "february"), ("maart", "mrt", "maa", "march", "mar"),
    ("april", "apr"), ("mei", "may"), ("juni", "jun", "june"), ("juli", "jul", "july"), ("augustus", "aug", "august"),
    ("september", "sep", "sept"), ("oktober", "okt", "october", "oct"), ("november", "nov"),
    ("december", "dec"),
)  # fmt: skip
MONTH_NUMBER = {word: number for number, known in enumerate(MONTHS, start=1) for word in known}


class NoPeriod(ValueError):
    """A text that is no period, or could be two; the message is for people."""


def read_period(text: str) -> str:
    """A period as it is kept; raises NoPeriod."""
    asked = " ".join(text.lower().replace("–", "-").split())
    for pattern, read in READERS:
        if match := pattern.fullmatch(asked):
            return read(*match.groups())
    raise NoPeriod(_no_period(text))


def is_period(text: str) -> bool:
    """Whether a text is a period."""
    try:
        read_period(text)
    except NoPeriod:
        return False
    return True


def period_words(period: str) -> str:
    """A kept period as people say it: 2024, third quarter of 2024, maart 2024, 31 maart 2024, 2023-2024."""
    if "/" in period:
        return period.replace("/", "-")
    if "-Q" in period:
        year, quarter = period.split("-Q")
        return _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter}
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 2:
        return date_format(dt.date(parts[0], parts[1], 1), "F Y")
    if len(parts) == 3:
        return date_format(dt.date(*parts), "j F Y")
    return period


def _no_period(text: str) -> str:
    return _("“%(text)s” is not a period. Write it as 2024, 2024-Q3, 2024-03, 2024-03-31 or 2023-2024.") % {
        "text": text[:40]
    }


def _year(year: str) -> str:
    if not EARLIEST <= int(year) <= LATEST:
        raise NoPeriod(_no_period(year))
    return year


def _quarter(year: str, quarter: str) -> str:
    return f"{_year(year)}-Q{int(quarter)}"


def _month(year: str, month: str) -> str:
    number = MONTH_NUMBER.get(month) or (int(month) if month.isdigit() else 0)
    if not 1 <= number <= 12:
        raise NoPeriod(_no_period(f"{year}-{month}"))
    return f"{_year(year)}-{number:02}"


def _day(year: str, month: str, day: str) -> str:
    whole = _month(year, month)
    try:
        return dt.date.fromisoformat(f"{whole}-{int(day):02}").isoformat()
    except ValueError:
        raise NoPeriod(_no_period(f"{whole}-{day}")) from None


def _two_years(first: str, second: str) -> str:
    """2023-2024 and 2023/24: years that follow one another, as schools count them."""
    if int(second) % 100 != (int(first) + 1) % 100 or (len(second) == 4 and int(second) != int(first) + 1):
        raise NoPeriod(_no_period(f"{first}-{second}"))
    return f"{_year(first)}/{int(first) + 1}"


def _month_or_years(first: str, second: str) -> str:
    """2011/12 is a month to some and a school year to others."""
    if 1 <= int(second) <= 12:
        raise NoPeriod(
            _("“%(text)s” can be a month or a school year. Write %(month)s or %(years)s.")
            % {
                "text": f"{first}/{second}",
                "month": f"{first}-{second}",
                "years": f"{first}-{int(first) + 1}",
            }
        )
    return _two_years(first, second)


Reader = Callable[..., str]
Y, Q, M, D = r"(\d{4})", r"([1-4])", r"(\d{1,2})", r"(\d{1,2})"
QUARTER = "(?:q|k|kw|kwartaal)"
NAME = f"({'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})\\.?"
MIDNIGHT = r"(?:[t ]00:00(?::00(?:\.0+)?)?(?:z|[+-]00:?00)?)?"

# What is written, and what it is. The order tells: a more particular form stands before a wider one.
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (rf"{Y}(?:[.,]0+)?", _year),
        (rf"{Y}jj00", _year),
        (rf"{Y}[ -]?{QUARTER} ?0?{Q}", _quarter),
        (rf"{QUARTER} ?{Q}[ /-]?{Y}", lambda quarter, year: _quarter(year, quarter)),
        (rf"{Q}(?:e|ste|de) kwartaal(?: van)? {Y}", lambda quarter, year: _quarter(year, quarter)),
        (rf"{Y}[ ,]+{Q}(?:e|ste|de) kwartaal", _quarter),
        (rf"{Y}mm(\d\d)", _month),
        (rf"{Y}-(\d\d)", _month),
        (rf"(\d{{1,2}})[-/]{Y}", lambda month, year: _month(year, month)),
        (rf"{NAME} {Y}", lambda month, year: _month(year, month)),
        (rf"{Y} {NAME}", _month),
        (rf"{Y}[-/](\d\d)[-/](\d\d){MIDNIGHT}", _day),
        (rf"{D}[-/.]{M}[-/.]{Y}{MIDNIGHT}", lambda day, month, year: _day(year, month, day)),
        (rf"{D} {NAME} {Y}", lambda day, month, year: _day(year, month, day)),
        (rf"{Y}/(\d\d)", _month_or_years),
        (rf"{Y} ?[-/] ?{Y}", _two_years),
    )
)
