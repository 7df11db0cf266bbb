"""Numbers as publishers write them: 1.234,5 and 1,234.5 and 1 234, with % or €, with codes for what is missing.

Whether a comma or a point is the decimal sign is decided for all cells together, and asked when they do not tell: 1.234 alone
is twelve hundred thirty-four to some and a bit more than one to others.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import Enum

from django.utils.translation import gettext as _

from areas.figures.vocabulary import vocabulary
from core.tables import NumberText

PLACES = Decimal("0.000001")  # what a figure keeps
LARGEST = Decimal(10) ** 14
DECORATION = re.compile(r"^(?:€|eur|\$)|(?:%|‰|€|eur)$")
FEWER = re.compile(r"<\s*\d+", re.ASCII)
BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f "), " ")


class NoNumber(ValueError):
    """A text that is no number and stands for none; the message is for people."""


class Sign(Enum):
    """The decimal sign: what stands before the tenths."""

    COMMA = ","
    POINT = "."

    @property
    def other(self) -> str:
        """What groups thousands, then."""
        return "." if self is Sign.COMMA else ","


class Told(Enum):
    """What cells together tell of their decimal sign."""

    NOTHING = "nothing"  # no cell has one: any will do
    UNCLEAR = "unclear"  # 1.234 and nothing that explains it
    BOTH = "both"  # 1,5 and 1.5


def missing_reason(text: str) -> str:
    """The reason that a publisher's word or code gives for a missing number; empty when it is none."""
    word = _folded(text)
    if word in vocabulary().missing:
        return vocabulary().missing[word]
    return "suppressed" if FEWER.fullmatch(word) else ""


def decimal_sign(texts: Iterable[str]) -> Sign | Told:
    """The decimal sign of all these cells together."""
    found: set[Sign | Told] = set()
    for text in texts:
        if not isinstance(text, NumberText) and not missing_reason(text):
            found |= _evidence(_bare(text)[0])
    if {Sign.COMMA, Sign.POINT} <= found:
        return Told.BOTH
    for sign in Sign:
        if sign in found:
            return sign
    return Told.UNCLEAR if found else Told.NOTHING


def read_number(text: str, sign: Sign) -> tuple[Decimal | None, str]:
    """The number, or None and the reason why there is none; raises NoNumber."""
    if reason := missing_reason(text):
        return None, reason
    if isinstance(text, NumberText):
        number = _typed(text)
    else:
        bare, is_negative = _bare(text)
        if not _grouping(sign).fullmatch(bare):
            raise NoNumber(_no_number(text))
        number = Decimal(bare.replace(" ", "").replace(sign.other, "").replace(sign.value, "."))
        number = -number if is_negative else number
    if not number.is_finite() or abs(number) >= LARGEST:
        raise NoNumber(_("“%(text)s” is too large a number.") % {"text": text[:40]})
    if number in vocabulary().missing_numbers:
        return None, vocabulary().missing_numbers[number]
    if number <= vocabulary().below:
        return None, vocabulary().below_reason
    return number.quantize(PLACES), ""


def _typed(text: NumberText) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise NoNumber(_no_number(text)) from None


def _folded(text: str) -> str:
    return " ".join(text.translate(BLANKS).lower().split())


def _bare(text: str) -> tuple[str, bool]:
    """The digits and their signs, and whether the number is negative: -5, −5 or (5)."""
    bare = _folded(text).replace("\u2212", "-").replace("'", " ").replace("’", " ")
    is_negative = False
    for _round in range(3):
        bare = DECORATION.sub("", bare).strip()
        if bare.startswith("(") and bare.endswith(")"):
            bare, is_negative = bare[1:-1].strip(), True
        elif bare.startswith("-"):
            bare, is_negative = bare[1:].strip(), True
    return bare.removeprefix("+"), is_negative


def _grouping(sign: Sign) -> re.Pattern[str]:
    """Digits without groups, or in groups of three by one sign throughout."""
    group, decimal = re.escape(sign.other), re.escape(sign.value)
    return re.compile(
        rf"(?:\d+|[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d{{0,2}}(?: \d{{3}})+)(?:{decimal}\d+)?", re.ASCII
    )


def _evidence(bare: str) -> set[Sign | Told]:
    """What one cell tells: nothing when it has no sign, or when it is no number."""
    possible = {sign for sign in Sign if _grouping(sign).fullmatch(bare)}
    if not possible or not {",", "."} & set(bare):
        return set()
    return set(possible) if len(possible) == 1 else {Told.UNCLEAR}


def _no_number(text: str) -> str:
    return _("“%(text)s” is not a number, and no known word for a missing one.") % {"text": text[:40]}
