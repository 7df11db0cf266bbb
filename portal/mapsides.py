"""Which figure stands left and which right: what the address asks for, else what makes a comparison; and saying so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from areas.figures.periods import period_words
from areas.models import Indicator


@dataclass(frozen=True)
class Option:
    """An indicator with the periods to choose from, from new to old."""

    indicator: Indicator
    periods: Sequence[str]

    @property
    def words(self) -> list[tuple[str, str]]:
        """What the address says for each period, and what the page says."""
        return [(f"{self.indicator.slug}@{period}", period_words(period)) for period in self.periods]


Choice = tuple[Option, str]  # an indicator in a period


@dataclass(frozen=True)
class Sides:
    """What stands on both sides, and which wishes could not be met."""

    left: Choice
    right: Choice
    notes: Sequence[str]


def choose_sides(options: Sequence[Option], wanted_left: str, wanted_right: str) -> Sides:
    """Both sides by their words ("inwoners@2024"): what is not asked is the oldest on the left and the newest on the right."""
    left, right = _asked(options, wanted_left, -1), _asked(options, wanted_right, 0)
    told = left or right
    # With two periods there is something to compare.
    first = told[0] if told else next((one for one in options if len(one.periods) > 1), options[0])
    right = right or (first, first.periods[0])
    left = left or (right[0], right[0].periods[-1])
    shown_left, shown_right = _apart(left, right)
    notes = [
        *_unmet(_("Left"), wanted_left, left, shown_left),
        *_unmet(_("Right"), wanted_right, right, shown_right),
    ]
    if shown_left == shown_right:
        notes.append(_("Both sides are the same. Choose another figure or another period on one of them."))
    return Sides(shown_left, shown_right, notes)


def _asked(options: Sequence[Option], word: str, usual: int) -> Choice | None:
    """The indicator and the period of a word: the usual one without a period; the last before one that is not known."""
    slug, _at, period = word.partition("@")
    option = next((one for one in options if one.indicator.slug == slug), None)
    if option is None:
        return None
    if not period:
        return option, option.periods[usual]
    return option, next((one for one in option.periods if one <= period), option.periods[-1])


def _apart(left: Choice, right: Choice) -> tuple[Choice, Choice]:
    """One figure in one period twice says nothing: left becomes the period before, or right the newest."""
    option, period = left
    if left != right or len(option.periods) < 2:
        return left, right
    earlier = [one for one in option.periods if one < period]
    return ((option, earlier[0]), right) if earlier else (left, (option, option.periods[0]))


def _unmet(side: str, wanted: str, found: Choice, shown: Choice) -> list[str]:
    """What to say when a side does not show what was asked for."""
    slug, _at, period = wanted.partition("@")
    if not wanted or (slug, period or found[1]) == (shown[0].indicator.slug, shown[1]):
        return []
    words = {"side": side, "figure": f"{shown[0].indicator.name}, {period_words(shown[1])}"}
    if found != shown:
        return [_("Both sides were the same. %(side)s is now: %(figure)s.") % words]
    if slug != shown[0].indicator.slug:
        return [_("%(side)s: this figure is not known here. You see: %(figure)s.") % words]
    return [_("%(side)s: this period is not known. You see: %(figure)s.") % words]
