"""What became of an area in later editions, and from what it came: for its page, the API and search."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaEdition, AreaSuccession

Relation = AreaSuccession.Relation

WHY: dict[str, str | Promise] = {
    Relation.SPLIT: gettext_lazy("Its surface was split:"),
    Relation.MERGED: gettext_lazy("It was merged into another area:"),
    Relation.REPLACED: gettext_lazy("Another area came in its place:"),
    Relation.REGROUPED: gettext_lazy("It was regrouped with other areas. Its surface went to:"),
}


@dataclass(frozen=True)
class Heirs:
    """Why an area is no longer there, and to what its surface went, the largest part first; `rest` (0 to 100) went to none."""

    why: str | Promise
    rows: list[AreaSuccession]

    @property
    def rest(self) -> float:
        """The part of its surface, out of a hundred, where no area lies now."""
        return max(0.0, 100 - sum(row.percentage for row in self.rows))


@dataclass(frozen=True)
class Event:
    """What an edition did to the surface of an area: what it got from others and what it gave."""

    edition: AreaEdition
    got: list[AreaSuccession]
    gave: list[AreaSuccession]


def heirs_of(area: Area) -> Heirs:
    """What came in the place of a retired area; one query."""
    rows = list(
        AreaSuccession.objects.filter(predecessor=area, edition=area.retired_by_id, successor__isnull=False)
        .select_related("successor")
        .order_by("-weight", "successor__name")
    )
    return Heirs(WHY.get(rows[0].relation, "") if rows else "", rows)


def past_of(area: Area) -> list[Event]:
    """What every edition in force or since did to an area that is still there, the newest first; one query."""
    rows = (
        AreaSuccession.objects.filter(Q(successor=area) | Q(predecessor=area, successor__isnull=False))
        .select_related("predecessor", "successor", "edition")
        .defer("edition__outline_path", "edition__graticule")
        .order_by("-edition__activated_at", "-origin_weight", "-weight")
    )
    events: dict[int, Event] = {}
    for row in rows:
        event = events.setdefault(row.edition_id, Event(row.edition, [], []))
        (event.got if row.successor_id == area.pk else event.gave).append(row)
    return list(events.values())


def with_successors(areas: QuerySet[Area]) -> QuerySet[Area]:
    """Areas with `shown_successors`: what came in their place where they retired."""
    rows = AreaSuccession.objects.filter(successor__isnull=False).select_related("successor")
    return areas.select_related("retired_by").prefetch_related(
        Prefetch("successions", rows.order_by("-weight"), to_attr="shown_successors")
    )
