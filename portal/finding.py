"""Search: the answers of every app in groups, and when one of them is so sure that the page can be skipped."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.search import Hit

SURE = 0.9
APART = 0.25  # how far the second answer has to be behind


@dataclass(frozen=True)
class HitGroup:
    """The answers of one kind, best first."""

    title: str
    hits: tuple[Hit, ...]


def grouped(hits: Sequence[Hit]) -> list[HitGroup]:
    """The answers by kind; the kind with the best answer comes first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(str(hit.kind), []).append(hit)
    return [HitGroup(title, tuple(found)) for title, found in groups.items()]


def sure_hit(hits: Sequence[Hit]) -> Hit | None:
    """The one answer that must be meant: very good, and nothing else comes near it."""
    if not hits or hits[0].score < SURE:
        return None
    if len(hits) > 1 and hits[0].score - hits[1].score < APART:
        return None
    return hits[0]
