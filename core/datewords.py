"""A date as people write it, in Dutch or English, read as EDTF text: "voorjaar 2027", "14/3/2027", "from March to June 2027".

What is said twice is said once ("elk jaar vanaf 2026, zonder einde"); what is vague stays refused ("eind 2027"), as nobody guesses.
"""

import datetime as dt
import re
from collections.abc import Iterator

from core.forms import day_in, month_numbers

YEAR = r"(?:1[89]|2[01])\d\d"
SEASONS = {
    **dict.fromkeys(("voorjaar", "lente", "spring"), 21),
    **dict.fromkeys(("zomer", "summer"), 22),
    **dict.fromkeys(("najaar", "herfst", "autumn", "fall"), 23),
    "winter": 24,
}
LONGEST = 120  # characters; nobody writes more than that of a date

_ENDLESS = re.compile(
    r"\b(?:zonder eind(?:e|datum)|geen eind(?:e|datum)|doorlopend|blijvend|without (?:an )?end|no end(?: date)?|ongoing)\b"
)
_YEARLY = re.compile(r"^(?:elk|ieder|every|each) (?:jaar|year)\b|^(?:jaarlijks|yearly|annually)\b")
_FROM = re.compile(r"^(?:vanaf|sinds|van|from|since|starting(?: in)?|as of)\s+")
_BETWEEN = re.compile(r"^(?:tussen|between)\s+")
_TO = re.compile(
    r"\s+(?:tot en met|t/m|t\.?e\.?m\.?|tot|en|up to and including|until|till|through|to|and)\s+|\s*[-–—]\s*"
)
_END_OF = re.compile(r"^(?:het )?einde? (?:van )?(?=\d{4}$)|^(?:the )?end of (?=\d{4}$)")
_BEFORE_POINT = re.compile(r"^(?:(?:in|op|on|tijdens|during|de|het|the)\s+)*(?:(?:jaar|year)\s+)?(?=.)")
_SEASON = re.compile(rf"([^\W\d_]+)(?: van| of)? ({YEAR})(?:\s*[-/–]\s*(\d{{4}}|\d\d))?")
_MONTH = re.compile(rf"([^\W\d_]{{3,}})\.?(?: van| of)? ({YEAR})")
_MONTH_NUMBER = re.compile(rf"(\d{{1,2}})\s*[-/.]\s*({YEAR})")
_QUARTER = re.compile(
    rf"(?:[qk]([1-4])|([1-4])(?:e|ste|de|st|nd|rd|th) (?:kwartaal|quarter)|(\w+) (?:kwartaal|quarter))(?: van| of)? ({YEAR})"
)
_HALF = re.compile(rf"(?:([12])(?:e|ste|de|st|nd)|(\w+)) (?:half(?:jaar)?|helft)(?: van| of)? ({YEAR})")
_ORDINALS = {
    **dict.fromkeys(("eerste", "first"), 1),
    **dict.fromkeys(("tweede", "second"), 2),
    **dict.fromkeys(("derde", "third"), 3),
    **dict.fromkeys(("vierde", "fourth"), 4),
}


def edtf_in(text: str) -> str | None:
    """The EDTF text of what a person wrote, still to be judged by the calendar; None when it says no date."""
    words = " ".join(text.casefold().split())
    if not words or len(words) > LONGEST:
        return None
    endless = bool(_ENDLESS.search(words))
    words = _YEARLY.sub("", _ENDLESS.sub("", words)).strip(" ,;")
    rest = _FROM.sub("", words)
    if point := _point(rest):
        if endless:
            return f"{point}/.."
        open_end = rest != words and not words.startswith("van ")
        return f"{point}/" if open_end and "/" not in point else point
    if endless:
        return None
    return next(_intervals(_BETWEEN.sub("", rest)), None)


def _intervals(words: str) -> Iterator[str]:
    """Each way to read a text as from one date to another; what the first leaves out, it has from the second."""
    for between in _TO.finditer(words):
        left, right = words[: between.start()], _END_OF.sub("", words[between.end() :])
        end = _point(right)
        if not end or "/" in end:
            continue
        start = _point(left) or _point(f"{left} {end[:4]}") or _point(f"{left} {right.partition(' ')[2]}")
        if start and "/" not in start:
            yield start if start == end else f"{start}/{end}"


def _point(words: str) -> str | None:
    """A day, a month, a season, a year; a quarter or half a year as from month to month."""
    words = _BEFORE_POINT.sub("", words)
    if re.fullmatch(YEAR, words):
        return words
    return _season(words) or _month(words) or _part(words) or _day(words)


def _season(words: str) -> str | None:
    found = _SEASON.fullmatch(words)
    if not found or found[1] not in SEASONS:
        return None
    season, year = SEASONS[found[1]], int(found[2])
    # A winter lies in two years and is named after the first.
    if found[3] and (season != 24 or int(found[3]) not in (year + 1, (year + 1) % 100)):
        return None
    return f"{year}-{season}"


def _month(words: str) -> str | None:
    if found := _MONTH.fullmatch(words):
        number = month_numbers().get(found[1])
    elif found := _MONTH_NUMBER.fullmatch(words):
        number = int(found[1])
    else:
        return None
    return f"{found[2]}-{number:02}" if number and number <= 12 else None


def _part(words: str) -> str | None:
    if found := _QUARTER.fullmatch(words):
        number, months = _which(found[1] or found[2] or found[3]), 3
    elif found := _HALF.fullmatch(words):
        number, months = _which(found[1] or found[2]), 6
    else:
        return None
    if not number or number * months > 12:
        return None
    year, last = found[found.re.groups], number * months
    return f"{year}-{last - months + 1:02}/{year}-{last:02}"


def _which(word: str) -> int:
    return int(word) if word.isdecimal() else _ORDINALS.get(word, 0)


def _day(words: str) -> str | None:
    try:
        day: dt.date | None = day_in(words)
    except ValueError:
        return None
    return day.isoformat() if day else None
