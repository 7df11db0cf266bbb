"""Benches as answers to what a person types."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy

from benches.models import Bench
from core.layers import choice_of
from core.search import Hit, SearchSource, plain, scored, search_sources


def benches(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Benches by name; one query."""
    found = Bench.objects.of(municipality).visible_to(user).annotate(haystack=plain(F("name")))
    return [
        Hit(
            title=bench.name, url=bench.get_absolute_url(), kind=gettext_lazy("Bench"), score=bench.score,
            choice=choice_of("banken", bench.slug),
        )
        for bench in scored(found, text).order_by("-score", "name")[:limit]
    ]  # fmt: skip


search_sources.register(SearchSource(name="benches.benches", title=gettext_lazy("Benches"), find=benches))
