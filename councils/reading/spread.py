"""How the members of councils are spread in a year: over the areas that their councils are about, and over organisations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from councils.models import CouncilArea
from councils.reading.yearly import YearOf, most_first

MOST = 12  # organisations that are named


@dataclass(frozen=True)
class Spread:
    """Members with a vote at the end of a year; who sits in two councils counts in both.

    `areas` by the areas of their councils, `wide` in councils about the whole municipality; `more` for organisations that are not
    named, `alone` for none.
    """

    members: int
    areas: tuple[tuple[str, int], ...]
    wide: int
    organisations: tuple[tuple[str, int], ...]
    more: int
    alone: int


def spread_of(years: Iterable[YearOf]) -> Spread:
    """The councils of one year together; one query."""
    rows = list(years)
    places: dict[int, list[str]] = {}
    links = CouncilArea.objects.filter(council__in=[one.council.pk for one in rows])
    for council, name in links.values_list("council", "area__name"):
        places.setdefault(council, []).append(name)
    areas: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for one in rows:
        for name in places.get(one.council.pk, ()):
            areas[name] += one.members
        for name, times in one.spoken:
            organisations[name] += times
    members = sum(one.members for one in rows)
    shown = most_first(organisations)
    return Spread(
        members=members,
        areas=tuple(sorted(areas.items())),
        wide=sum(one.members for one in rows if one.council.pk not in places),
        organisations=shown[:MOST],
        more=sum(number for _name, number in shown[MOST:]),
        alone=members - sum(organisations.values()),
    )
