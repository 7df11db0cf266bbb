"""Numbers, surfaces, distances and moments as people write them, in the language of the page; for code and for templates.

Where there is no value there are no words.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

NBSP = "\u00a0"
HECTARE = 10_000  # m²

Number = float | Decimal


def number(value: Number | None, decimals: int = 0) -> str:
    """A number ("2.330")."""
    # Django cuts digits off; people round.
    if value is None:
        return ""
    return number_format(cast(Number, round(value, decimals)), decimals, force_grouping=True)


def percent(value: Number | None, decimals: int = 0) -> str:
    """A share out of a hundred ("22,3 %")."""
    return "" if value is None else f"{number(value, decimals)}{NBSP}%"


def share(value: float) -> str:
    """A part out of a hundred as people say it ("62 %", "under 1 %"); never all or nothing when it is not."""
    if 0 < value < 1:
        return _("under %(share)s") % {"share": percent(1)}
    return percent(99 if 99 < value < 99.9 else value)


def hectares(square_metres: float | None) -> str:
    """A surface in square metres as hectares ("2.330 ha", under ten with one decimal)."""
    if square_metres is None:
        return ""
    value = float(square_metres) / HECTARE
    return f"{number(value, 0 if value >= 10 else 1)}{NBSP}ha"


def surface(square_metres: float | None) -> str:
    """A surface in square metres, small or large ("85 m²", "12 ha")."""
    if square_metres is None:
        return ""
    return hectares(square_metres) if square_metres >= HECTARE else f"{number(square_metres)}{NBSP}m²"


def distance(metres: float | None) -> str:
    """A distance in metres ("350 m", "1,2 km")."""
    if metres is None:
        return ""
    rounded = round(float(metres) / 10) * 10
    return f"{number(rounded)}{NBSP}m" if rounded < 1_000 else f"{number(rounded / 1_000, 1)}{NBSP}km"


def moment(value: dt.datetime | None, day: str = "j F Y") -> str:
    """A day and the time on the clock (21 november 2026, 20.14 uur)."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = _("%(hour)d:%(minute)02d") % {"hour": local.hour, "minute": local.minute}
    return f"{date_format(local, day)}, {clock}"


def phone_url(value: str) -> str:
    """The tel: address of a phone number."""
    return "tel:" + re.sub(r"[^+\d]", "", value)
