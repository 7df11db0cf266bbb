"""What a person may be looking for in councils: an advice, by what it asks; the words of its answer once that is released."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.search import Hit, SearchSource, plain, scored, search_sources, words_of, words_together
from councils.models import Advice, Answer, AnswerLine, Recommendation


def _joined(found: Any, path: str, field: str) -> Any:
    rows = found.filter(**{path: OuterRef("pk")}).order_by().values(path)
    text = Subquery(rows.annotate(all=StringAgg(field, " "))[:1].values("all"), output_field=TextField())
    return Coalesce(text, Value("", output_field=TextField()))


def advices(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Advices that were given, by title, question, recommendations and the answer that everybody may read."""
    if not words_of(text):
        return []
    said = AnswerLine.objects.filter(answer__in=Answer.objects.counting())
    answer = _joined(said, "answer__advice", "reason")
    found = Advice.objects.of(municipality).adopted().select_related("council").annotate(
        haystack=plain(
            words_together(F("title"), F("question"), F("text"), _joined(Recommendation.objects.all(), "advice", "text"), answer)
        )
    )  # fmt: skip
    return [
        Hit(
            title=one.title, url=one.get_absolute_url(), kind=_("Advice"), detail=f"{one.code}, {one.council.name}",
            symbol="council", score=0.9 * one.score,
        )
        for one in scored(found, text).order_by("-score", "-year", "-number")[:limit]
    ]  # fmt: skip


search_sources.register(
    SearchSource(name="councils.advices", title=gettext_lazy("Advices"), find=advices, order=56)
)
