"""Search sources: who can answer what a person types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.registry import Registry


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
