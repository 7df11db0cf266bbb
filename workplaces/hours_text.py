"""Hours as people type them: "9.00-12.00, 13.30-16.00" or "9-12 en 13u30-16u"."""

import datetime as dt
import re
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from workplaces.opening import Stretch

CLOCK = r"(\d{1,2})(?:\s*[.:uUhH]\s*(\d{2})?)?(?:\s*uur)?"
STRETCH = re.compile(rf"(?:van\s+)?{CLOCK}\s*(?:-|–|—|tot)\s*{CLOCK}", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[,;/&]|\ben\b|\band\b)\s*", re.IGNORECASE)
CLOSED = {"", "-", "–", "gesloten", "closed", "dicht"}
MOST = 6


def stretches_in(text: str) -> tuple[Stretch, ...]:
    """The stretches that a text names, in order; none for an empty text or "gesloten"; ValidationError says what is wrong."""
    text = " ".join(text.split())  # a long row of blanks would keep the patterns busy
    if text.lower() in CLOSED:
        return ()
    found = sorted(_stretch(part) for part in BETWEEN.split(text) if part)
    if len(found) > MOST:
        raise ValidationError(_("At most %(most)d stretches a day.") % {"most": MOST}, code="many")
    for before, after in pairwise(found):
        if after.opens < before.closes:
            raise ValidationError(_("Two stretches overlap: “%(text)s”.") % {"text": text}, code="overlap")
    return tuple(found)


def _stretch(part: str) -> Stretch:
    match = STRETCH.fullmatch(part.strip())
    if match is None:
        raise ValidationError(
            _("“%(text)s” is not a time. Write it like 9.00-12.00.") % {"text": part}, code="form"
        )
    first_hour, first_minute, last_hour, last_minute = match.groups()
    opens, closes = _clock(first_hour, first_minute, part), _clock(last_hour, last_minute, part)
    if closes <= opens:
        raise ValidationError(_("“%(text)s” ends before it begins.") % {"text": part.strip()}, code="order")
    return Stretch(opens, closes)


def _clock(hour: str, minute: str | None, part: str) -> dt.time:
    if (int(hour), int(minute or 0)) == (24, 0):
        return dt.time(23, 59)
    try:
        return dt.time(int(hour), int(minute or 0))
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a time of the clock.") % {"text": part.strip()}, code="clock"
        ) from None
