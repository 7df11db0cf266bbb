"""What a person may be looking for in councils: a council. Its members are found on its page and by no search."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.layers import choice_of
from core.search import Hit, SearchSource, folded, plain, scored, search_sources, words_of, words_together
from councils.layers import LAYER
from councils.models import Council


def councils(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Councils by name and by what they are for."""
    if not words_of(text):
        return []
    seen = Council.objects.of(municipality).visible_to(user)
    found = scored(seen.annotate(haystack=plain(words_together(F("name"), F("purpose")))), text)
    rows = found.annotate(likeness=TrigramSimilarity(plain(F("name")), folded(text)))
    return [
        Hit(
            title=council.name,
            url=council.get_absolute_url(),
            kind=_("Council"),
            detail=str(council.get_kind_display()),
            symbol="council",
            choice=choice_of(LAYER, council.slug) if council.works_on() else "",
            score=0.8 * council.score + 0.2 * council.likeness,
        )
        for council in rows.order_by("-score", "-likeness", "name")[:limit]
    ]


search_sources.register(
    SearchSource(name="councils.councils", title=gettext_lazy("Councils"), find=councils, order=45)
)
