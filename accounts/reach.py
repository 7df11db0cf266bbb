"""What the roles of a person reach: read once a request, kept on the person's object.

Only an object that the middleware prepared keeps what was read; anywhere else (sockets, tasks, commands) every question is asked
of the database, so that an ended role ends at once.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from accounts.models import RoleAssignment, User

Person = User | AnonymousUser

# The areas within each given area along main-part links, however deep: Area.objects.within for many at once.
WITHIN = """
WITH RECURSIVE reach (top, area) AS (
    SELECT id, id FROM unnest(%s::bigint[]) AS id
    UNION
    SELECT reach.top, part.child_id FROM reach JOIN areas_areapart part ON part.parent_id = reach.area
    WHERE part.is_main
)
SELECT top, array_agg(area) FROM reach GROUP BY top
"""


@dataclass(frozen=True)
class Held:
    """A role that counts on a day; `areas` are the areas it reaches, None for the whole municipality."""

    role: str
    municipality_id: int
    areas: frozenset[int] | None


def held_by(person: Person, on: dt.date | None = None) -> tuple[Held, ...]:
    """The roles of a person that count on a day (today): none without the second factor, none of an account that is closed."""
    if not isinstance(person, User) or not person.may_hold_roles():
        return ()
    day = on or timezone.localdate()
    kept = person.roles_kept
    if kept is None:
        return _read(person, day)
    if day not in kept:
        kept[day] = _read(person, day)
    held: tuple[Held, ...] = kept[day]
    return held


def _read(person: User, day: dt.date) -> tuple[Held, ...]:
    rows: list[tuple[str, int, int | None]] = list(
        RoleAssignment.objects.of(person)
        .current(day)
        .through(person.came_through)
        .values_list("role", "municipality_id", "area_id")
    )
    within = _within({area for _, _, area in rows if area is not None})
    return tuple(
        Held(role, municipality, None if area is None else within[area]) for role, municipality, area in rows
    )


def _within(tops: set[int]) -> dict[int, frozenset[int]]:
    if not tops:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WITHIN, [sorted(tops)])
        return {top: frozenset(areas) for top, areas in cursor.fetchall()}
