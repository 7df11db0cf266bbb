"""What a person may be looking for in plans: a plan, an action, something that succeeded."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.layers import choice_of
from core.search import Hit, SearchSource, folded, plain, scored, search_sources, words_of, words_together
from plans.layers import LAYER
from plans.models import Action, Milestone, Plan


def _best(found: QuerySet[Any, Any], text: str, name: str, limit: int) -> list[Any]:
    """The rows that fit best, with `fit` from 0 to 1."""
    likeness = TrigramSimilarity(plain(F(name)), folded(text))
    rows = list(scored(found, text).annotate(likeness=likeness).order_by("-score", "-likeness", name)[:limit])
    for row in rows:
        row.fit = 0.8 * row.score + 0.2 * row.likeness
    return rows


def plans(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Plans by name and what they are for."""
    if not words_of(text):
        return []
    readable = Plan.objects.of(municipality).visible_to(user).filter(leads_to__isnull=True)
    found = Plan.objects.filter(pk__in=readable.values("pk")).annotate(
        haystack=plain(words_together(F("name"), F("summary")))
    )
    return [
        Hit(
            title=plan.name, url=plan.get_absolute_url(), kind=_("Plan"), detail=plan.get_kind_display(), symbol="action",
            score=plan.fit,
        )
        for plan in _best(found, text, "name", limit)
    ]  # fmt: skip


def actions(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Actions by name, place and code."""
    if not words_of(text):
        return []
    found = (
        Action.objects.of(municipality).visible_to(user).present().select_related("plan")
        .annotate(haystack=plain(words_together(F("name"), F("place"), F("code"))))
    )  # fmt: skip
    return [
        Hit(
            title=action.name, url=action.get_absolute_url(), kind=_("Action"), detail=action.plan.name, symbol="action",
            choice=choice_of(LAYER, str(action.uuid)) if action.geometry else "", score=0.95 * action.fit,
        )
        for action in _best(found, text, "name", limit)
    ]  # fmt: skip


def milestones(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """What succeeded, by its sentence."""
    if not words_of(text):
        return []
    found = Milestone.objects.of(municipality).visible_to(user).annotate(haystack=plain(F("title")))
    return [
        Hit(
            title=milestone.title, url=milestone.get_absolute_url(), kind=_("Milestone"), detail=milestone.when.words(),
            score=0.8 * milestone.fit,
        )
        for milestone in _best(found, text, "title", limit)
    ]  # fmt: skip


for name, title, find, order in (
    ("plans", gettext_lazy("Plans"), plans, 50),
    ("actions", gettext_lazy("Actions"), actions, 51),
    ("milestones", gettext_lazy("Milestones"), milestones, 52),
):
    search_sources.register(SearchSource(name=f"plans.{name}", title=title, find=find, order=order))
