"""Search sources: who can answer what a person types; and finding words in the texts of a row, for those who register one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Lower
from django.utils.functional import Promise

from core.registry import Registry

WORDS = 6
ENOUGH = 0.45


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One answer: what it is, where it leads, and how well it fits (0 to 1); `choice` is what the map calls it ("wijk:meer")."""

    title: str
    url: str
    kind: str | Promise
    detail: str = ""
    symbol: str = ""
    choice: str = ""
    score: float = 0.0


class FindHits(Protocol):
    """The answers that fit what was typed best, at most `limit`; one query."""

    def __call__(self, *, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]: ...


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """One kind of answers."""

    name: str
    title: str | Promise
    find: FindHits
    order: int = 100


search_sources: Registry[SearchSource] = Registry(SearchSource, "search")


def search_all(text: str, municipality: Any, user: Any, *, limit: int = 10) -> list[Hit]:
    """The best answers of all sources, best first; nothing for a blank text."""
    text = " ".join(text.split())[:200]
    if not text:
        return []
    asked = {"text": text, "municipality": municipality, "user": user, "limit": limit}
    hits = [hit for source in search_sources for hit in source.find(**asked)]
    return sorted(hits, key=lambda hit: (-hit.score, str(hit.title)))[:limit]


def folded(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a question, at most six."""
    return re.findall(r"[\w'.-]+", folded(text))[:WORDS]


def plain(expression: Any) -> Func:
    """A text without accents, in small letters."""
    return Func(Lower(expression), function="UNACCENT", output_field=TextField())


def words_together(*parts: Any) -> Func:
    """Texts one after the other; what is not there is skipped."""
    return Func(Value(" "), *parts, function="CONCAT_WS", output_field=TextField())


def scored(found: QuerySet[Any, Any], text: str) -> QuerySet[Any, Any]:
    """Rows with a `haystack` in which each word of the text occurs, starts a word, or is misspelled; with a `score`."""
    words = words_of(text)
    total: Any = Value(0.0, output_field=FloatField())
    for number, word in enumerate(words):
        name = f"word{number}"
        # \m and \M are the borders of a word in PostgreSQL.
        escaped = re.escape(word)
        score = Case(
            When(haystack__regex=rf"\m{escaped}\M", then=Value(1.0)),
            When(haystack__regex=rf"\m{escaped}", then=Value(0.9)),
            default=TrigramWordSimilarity(word, "haystack"),
            output_field=FloatField(),
        )
        found = found.annotate(**{name: score}).filter(**{f"{name}__gte": ENOUGH})
        total = total + F(name)
    ranked: QuerySet[Any, Any] = found.annotate(score=total / max(1, len(words)))
    return ranked
