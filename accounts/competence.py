"""Who of the executive is competent: things name a policy field and areas, the mandate holder follows from the date.

Nothing is kept on the thing, so that what is open passes to a successor by itself. Of several who are competent for a place, who
holds the field by name goes before who holds every field; then the nearest area goes before a wider one, and any before everywhere.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Competence, PolicyField
from areas.models import Area, Municipality
from areas.periods import holds_back_mandates

AHEAD = dt.timedelta(days=365)  # how far gaps are looked for


@dataclass(frozen=True)
class Mandates:
    """The competences of a municipality in a period, read once: for a list of things."""

    rows: tuple[Competence, ...]
    within: dict[int, frozenset[int]]

    def on(self, day: dt.date) -> "Mandates":
        """Those of one day."""
        rows = tuple(
            one
            for one in self.rows
            if one.valid_from <= day and (one.valid_until is None or day <= one.valid_until)
        )
        return Mandates(rows, self.within)

    def competent_for(self, field: int | None, areas: Collection[int] = ()) -> tuple[Competence, ...]:
        """Who is competent for a field (None: a thing that names none) in some areas (none: the whole municipality), by key.

        One for each area, each once; an area for which nobody is competent has none.
        """
        found = (self._nearest(field, area) for area in (areas or (None,)))
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _nearest(self, field: int | None, area: int | None) -> Competence | None:
        fitting = (one for one in self.rows if one.field_id in (None, field) and self._covers(one, area))
        return min(fitting, key=self._rank, default=None)

    def _covers(self, one: Competence, area: int | None) -> bool:
        return one.area_id is None or area in self.within[one.area_id]

    def _rank(self, one: Competence) -> tuple[bool, bool, int, int]:
        """The lowest counts: by name of the field, then the fewest areas within."""
        size = len(self.within[one.area_id]) if one.area_id else 0
        return (one.field_id is None, one.area_id is None, size, one.pk)


def mandates(municipality: Municipality, first: dt.date, last: dt.date | None = None) -> Mandates:
    """The competences that count on a day, or on any day until another one; one query.

    Each says whether its name is left out on the first day (`is_held_back`).
    """
    rows = Competence.objects.of(municipality).lasting(first).filter(valid_from__lte=last or first)
    rows = rows.with_reach().with_held_back(first).select_related("holder__user", "field", "area")
    found: tuple[Any, ...] = tuple(rows.order_by("pk"))
    return Mandates(found, {one.area_id: frozenset(one.reach) for one in found if one.area_id})


def competent_for(
    municipality: Municipality,
    field: PolicyField | None,
    areas: Iterable[Area] = (),
    on: dt.date | None = None,
) -> tuple[Competence, ...]:
    """Who is competent for a field in some areas (none: the whole municipality) on a day (today); one query.

    Each names its holder: a mandate holder with or without an account, or the whole college.
    """
    found = mandates(municipality, on or timezone.localdate())
    return found.competent_for(field.pk if field else None, [area.pk for area in areas])


@dataclass(frozen=True)
class Named:
    """A competence as everybody may read it: who, and for which area when it is not everywhere."""

    words: str
    area: str


def named(
    competences: Iterable[Competence], municipality: Municipality, on: dt.date | None = None
) -> list[Named]:
    """Competences in words; before elections, when the municipality holds names back, the function alone. One query."""
    found = list(competences)
    held_back = bool(found) and holds_back_mandates(municipality, on or timezone.localdate()) is not None
    return [Named(_words(one, held_back), one.area.name if one.area else "") for one in found]


def named_for(municipality: Municipality, field: int | None, areas: Collection[int]) -> list[Named]:
    """Who is competent today for a field in some areas (none: the whole municipality), by key, in words; one query.

    Nobody for a thing that names no field.
    """
    if field is None:
        return []
    found: tuple[Any, ...] = mandates(municipality, timezone.localdate()).competent_for(field, areas)
    return [Named(_words(one, one.is_held_back), one.area.name if one.area else "") for one in found]


def holder_words(competence: Any) -> str:
    """Who holds a competence that came `with_held_back`, as everybody may read it."""
    return _words(competence, competence.is_held_back)


def _words(competence: Competence, held_back: bool) -> str:
    holder = competence.holder
    if held_back and not holder.is_college:
        return holder.title or _("the competent mandate holder")
    return str(holder)


@dataclass(frozen=True)
class Gap:
    """A period in which nobody is competent for a field: in these areas, or anywhere when none is named."""

    field: PolicyField
    areas: tuple[Area, ...]
    first: dt.date
    last: dt.date | None


def gaps(municipality: Municipality, today: dt.date) -> list[Gap]:
    """Where nobody is competent for a field, today or within a year; three queries."""
    fields = list(PolicyField.objects.of(municipality))
    places = list(Area.objects.of(municipality).active().working_level().filter(is_residual=False).in_order())
    known, horizon = mandates(municipality, today, today + AHEAD), today + AHEAD
    edges = sorted(set(_edges(known.rows, today, horizon)))
    found: list[Gap] = []
    for field in fields:
        open_gap: Gap | None = None
        for edge in edges:
            missing = _missing(known.on(edge), field, places)
            if open_gap is not None and missing != open_gap.areas:
                found.append(Gap(field, open_gap.areas, open_gap.first, edge - dt.timedelta(days=1)))
                open_gap = None
            if missing is not None and open_gap is None:
                open_gap = Gap(field, missing, edge, None)
        if open_gap is not None:
            found.append(open_gap)
    return sorted(found, key=lambda gap: (gap.first, gap.field.name))


def _edges(rows: Iterable[Competence], today: dt.date, horizon: dt.date) -> Iterator[dt.date]:
    """The days on which anything changes."""
    yield today
    for one in rows:
        after = one.valid_until + dt.timedelta(days=1) if one.valid_until else None
        for day in (one.valid_from, after):
            if day is not None and today < day <= horizon:
                yield day


def _missing(known: Mandates, field: PolicyField, places: list[Area]) -> tuple[Area, ...] | None:
    """The areas without anybody; () when there is nobody anywhere, None when nobody is missing."""
    if known.competent_for(field.pk):
        return None
    missing = tuple(area for area in places if not known.competent_for(field.pk, [area.pk]))
    if len(missing) == len(places):
        return ()
    return missing or None
