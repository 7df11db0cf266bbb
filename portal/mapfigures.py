"""The figure that colours the map: what can be chosen, and what the page says about what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from areas.figures.choropleth import Choice, Choropleth, choices_of, choropleth
from areas.figures.totals import WHOLE, wholes_of
from areas.figures.wording import whole_words
from areas.models import Area, AreaKind, Municipality
from portal.mapcompare import compare_url
from portal.mapstate import MapState


@dataclass(frozen=True)
class FigureChoice:
    """The indicators to choose from and the one that was; `overruled` is the kind of areas for which it is not known."""

    choices: Sequence[Choice]
    chosen: Choice | None
    overruled: AreaKind | None = None

    @property
    def themes(self) -> list[tuple[str, list[Choice]]]:
        """The indicators by theme, in their order."""
        themes: dict[str, list[Choice]] = {}
        for choice in self.choices:
            themes.setdefault(choice.indicator.theme, []).append(choice)
        return list(themes.items())

    def kinds(self, kinds: Sequence[AreaKind]) -> list[AreaKind]:
        """The kinds of areas of which the chosen figure is known."""
        return [kind for kind in kinds if self.chosen is None or kind.slug in self.chosen.kinds]


def figure_choice(municipality: Municipality, kinds: Sequence[AreaKind], state: MapState) -> FigureChoice:
    """What can be chosen, and the figure that the address asks for; an unknown one is none."""
    choices = choices_of(municipality, kinds, state.figure)
    chosen = next((one for one in choices if one.indicator.slug == state.figure), None)
    asked = next((kind for kind in kinds if kind.slug == state.kind), None)
    overruled = asked if chosen and asked and asked.slug not in chosen.kinds else None
    return FigureChoice(choices, chosen, overruled)


def shown_figure(choice: FigureChoice, kind: AreaKind, state: MapState) -> Choropleth | None:
    """The chosen figure on the areas of a kind."""
    if choice.chosen is None:
        return None
    periods = choice.chosen.periods.get(kind.slug, ())
    return choropleth(choice.chosen.indicator, kind, state.period, periods)


def figure_context(shown: Choropleth | None, state: MapState, area: Area | None) -> dict[str, Any]:
    """What the page needs beside the drawing: the steps in time, and the figure of the chosen area beside the municipality."""
    if shown is None:
        return {}
    steps = {
        "previous_url": state.but(period=shown.previous).url if shown.previous else "",
        "next_url": state.but(period=shown.next).url if shown.next else "",
        "compare_url": _compare_url(shown),
        "table_query": urlencode({"soort": shown.kind.slug, "periode": shown.period}),
    }
    figure = shown.figures.get(area.slug) if area else None
    if area is None or figure is None:
        return steps
    return {
        **steps,
        "area_figure": figure,
        "area_look": shown.look_of(figure),
        "area_rank": shown.rank_of(area.slug),
        "whole_words": _whole_words(shown),
    }


def _whole_words(shown: Choropleth) -> str:
    """The figure of the municipality; empty when there is none, or when it is what the map shows."""
    if shown.kind.slug == WHOLE:
        return ""
    wholes = wholes_of([shown.indicator], {shown.indicator.pk: shown.period})[shown.indicator.pk]
    return whole_words(shown.indicator, wholes[shown.period]) if shown.period in wholes else ""


def _compare_url(shown: Choropleth) -> str:
    """The shown period beside the first one that is known; the first one beside the newest."""
    first, newest = shown.periods[-1], shown.periods[0]
    left, right = (first, shown.period) if shown.period != first else (first, newest)
    slug = shown.indicator.slug
    return compare_url(f"{slug}@{left}", f"{slug}@{right}", shown.kind.slug)
