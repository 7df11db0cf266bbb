"""What the style page shows of plans: goals, actions, news, time, money and the board; made up, never saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from core.specimens import Specimen, specimens
from plans.specimens import board, goals, news, years


def stages_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """How far, and is it all right."""
    return {"counts": goals.counts()}


def goals_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """Goals with their actions."""
    return {"plan_goals": goals.goals()}


def news_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """The place of the news, and what succeeded."""
    return {"news_places": news.news_places(), "milestones": news.milestones()}


def time_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """What when, and what happened."""
    return {"timeline": years.planned(), "story": years.story()}


def money_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """What is planned and spent per year."""
    return {"money": years.money()}


def board_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """Who agreed, the board and the work per month."""
    return {"agreement": board.agreement(), "columns": board.columns(villages), "load": board.load()}


SHOWN = (
    ("stages", gettext_lazy("How far, and is it all right"), stages_shown),
    ("goals", gettext_lazy("Goals and actions"), goals_shown),
    ("news", gettext_lazy("News, and no news"), news_shown),
    ("time", gettext_lazy("What when"), time_shown),
    ("money", gettext_lazy("Money per year"), money_shown),
    ("board", gettext_lazy("Who asks, who does, and the board"), board_shown),
)
for place, (word, title, content) in enumerate(SHOWN):
    specimens.register(
        Specimen(
            name=f"plans.{word}",
            title=title,
            template=f"plans/style/{word}.html",
            content=content,
            order=500 + place,
        )
    )
