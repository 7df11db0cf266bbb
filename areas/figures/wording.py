"""Figures as people write them: "22,3 %", "3.180 inwoners", and why there is none."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.figures.totals import Whole
from areas.models.figures import Indicator, IndicatorValue
from core.wording import NBSP, number

SIGNS = ("%", "‰", "€", "ha", "km", "km²", "m", "m²", "°C")


def figure_words(indicator: Indicator, value: Decimal, decimals: int | None = None) -> str:
    """A figure with its unit."""
    return _with_unit(number(value, indicator.decimals if decimals is None else decimals), indicator.unit)


def kept_words(indicator: Indicator, value: Decimal) -> str:
    """A figure as it is kept: with all its decimals, also those that pages leave out."""
    exponent = value.normalize().as_tuple().exponent
    return figure_words(indicator, value, max(indicator.decimals, -int(exponent)))


def short_words(indicator: Indicator, value: Decimal, decimals: int | None = None) -> str:
    """A figure where there is little room: with its unit when that is a sign, else the number alone."""
    unit = indicator.unit if indicator.unit in SIGNS else ""
    return _with_unit(number(value, indicator.decimals if decimals is None else decimals), unit)


def step_words(indicator: Indicator, value: Decimal) -> str:
    """How far two figures lie apart: percentages in points, all else in its own unit."""
    if indicator.unit != "%":
        return figure_words(indicator, value)
    points = round(value, indicator.decimals)
    words = {"number": number(points, indicator.decimals)}
    return (
        ngettext("%(number)s percentage point", "%(number)s percentage points", 1 if points == 1 else 2)
        % words
    )


def difference_words(indicator: Indicator, change: Decimal) -> str:
    """How much more or less a figure is than another, with its sign."""
    points = round(change, indicator.decimals)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + step_words(indicator, abs(change))


def whole_words(indicator: Indicator, whole: Whole) -> str:
    """The figure of the municipality, and whether it is one of which a part is missing."""
    if whole.value is None:
        return missing_words("")
    words = figure_words(indicator, whole.value)
    if whole.is_lower_bound:
        return _("at least %(figure)s") % {"figure": words}
    return words if whole.is_own or not whole.total.missing else _("incomplete")


def missing_words(reason: str) -> str:
    """Why there is no figure, as a phrase of its own."""
    if not reason:
        return _("no figure")
    return _("no figure (%(reason)s)") % {"reason": IndicatorValue.Reason(reason).label}


def _with_unit(words: str, unit: str) -> str:
    if not unit:
        return words
    return f"{unit}{NBSP}{words}" if unit == "€" else f"{words}{NBSP}{unit}"
