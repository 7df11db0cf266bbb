"""Which figures stand on the page of an area: those to which a steward gave a place there, then those that say most."""

from collections.abc import Mapping, Sequence

from areas.models import Indicator, IndicatorValue

FOUR = 4  # figures on the page of an area; all of them have a page of their own

Values = Mapping[Indicator, Mapping[str, IndicatorValue]]


def choose(values: Values, most: int = FOUR) -> list[Indicator]:
    """The indicators to show, at most `most`, out of what is known of one area.

    What has a place comes first, in that order. Where room is left, one of each theme comes before a second of the same: one with a
    line over time, the newest, one that is known of more periods, by name. What has no number at all is not chosen.
    """
    known = [one for one in values if _numbers(values[one])]
    placed = sorted((one for one in known if one.place), key=lambda one: (one.place, one.name))
    others = sorted((one for one in known if not one.place), key=lambda one: _weight(one, values))
    themes = [one.theme for one in placed]
    found = placed[:most]
    while others and len(found) < most:
        fewest = min(themes.count(one.theme) for one in others)
        chosen = next(one for one in others if themes.count(one.theme) == fewest)
        others.remove(chosen)
        themes.append(chosen.theme)
        found.append(chosen)
    return found


def _weight(indicator: Indicator, values: Values) -> tuple[bool, int, int, str]:
    """What comes first is small."""
    periods = _numbers(values[indicator])
    return len(periods) < 2, -int(periods[-1][:4]), -len(periods), indicator.name


def _numbers(by_period: Mapping[str, IndicatorValue]) -> Sequence[str]:
    return sorted(period for period, value in by_period.items() if value.value is not None)
