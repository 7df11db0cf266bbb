"""What the roles of a person reach: read once a request, kept on the person's object.

Only an object that the middleware prepared keeps what was read; anywhere else (sockets, tasks, commands) every question is asked
of the database, so that an ended role ends at once.

Who stands in for somebody may, on the days of the absence, what the absent person may by a role of their own in that municipality
(docs/decisions/a-deputy-opens-what-the-absent-one-would.md). That is one step, never a chain, and never the role of administrator.
"""

import copy
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Absence, RoleAssignment, User
from accounts.models.absence import AbsenceQuerySet
from accounts.models.roles import RoleAssignmentQuerySet

Person = User | AnonymousUser

# Where a person and a day go in a statement that is written once; no row has such a key or such a day.
ANYBODY, ANY_DAY = -1, dt.date.min

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
    """A role that counts on a day; `areas` are the areas it reaches, None for the whole municipality.

    `instead_of` is the person whose role it is, when the holder only stands in; None for a role of one's own.
    """

    role: str
    municipality_id: int
    areas: frozenset[int] | None
    instead_of: int | None = None


def held_by(person: Person, on: dt.date | None = None) -> tuple[Held, ...]:
    """The roles of a person that count on a day (today), with those of whom they stand in for.

    None without the second factor, none of an account that is closed.
    """
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
    rows = _rows(person, day)
    # Who has no work of their own here any more stands in for nobody.
    at_work = {municipality for _, municipality, _, user in rows if user == person.pk}
    rows = [row for row in rows if row[1] in at_work]
    within = areas_within({area for _, _, area, _ in rows if area is not None})
    return tuple(
        Held(
            role,
            municipality,
            None if area is None else within[area],
            None if user == person.pk else user,
        )
        for role, municipality, area, user in rows
    )


def _rows(person: User, day: dt.date) -> list[tuple[str, int, int | None, int]]:
    """The roles that count for a person on a day: which, in which municipality and area, and whose; one query."""
    sql, values = _statement(person.roles_counted, person.came_through, settings.DEMO)
    asked: dict[Any, Any] = {ANYBODY: person.pk, ANY_DAY: day}
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked.get(value, value) for value in values])
        return list(cursor.fetchall())


@lru_cache(maxsize=64)
def _statement(which: str, providers: frozenset[str] | None, with_demo: bool) -> tuple[str, tuple[Any, ...]]:
    """What `_counted` asks, in SQL with its values, of ANYBODY on ANY_DAY; each request asks, and Django writes it in milliseconds.

    All that it depends on beside these two is in the arguments.
    """
    roles = _counted(which, ANYBODY, ANY_DAY, with_demo).through(providers)
    sql, values = roles.values_list("role", "municipality_id", "area_id", "user_id").query.sql_with_params()
    return sql, tuple(values)


def _counted(which: str, person: int, day: dt.date, with_demo: bool) -> RoleAssignmentQuerySet:
    """The roles that count for a person on a day: as they say (`roles_counted`), all, one's own, or what a deputy gets."""
    roles = RoleAssignment.objects.current(day)
    if which == "own":
        return roles.filter(user=person)
    if which == "passing":
        return roles.filter(passing(), user=person)
    away = _absences(person, day, with_demo).filter(
        user=OuterRef("user"), municipality=OuterRef("municipality")
    )
    return roles.filter(Q(user=person) | Q(Exists(away)) & passing())


def passing() -> Q:
    """Which roles a deputy gets: those that the absent person holds for themself, and never that of an administrator."""
    return Q(replaces__isnull=True) & ~Q(role=RoleAssignment.Role.ADMINISTRATOR)


def _absences(person: int, day: dt.date, with_demo: bool) -> AbsenceQuerySet:
    """The absences of a day in which a person stands in for somebody whose account is open."""
    found = Absence.objects.current(day).filter(deputy=person, user__is_active=True)
    return found if with_demo else found.filter(user__is_demo=False)


def standing_in(person: Person, on: dt.date | None = None) -> tuple[Absence, ...]:
    """The absences of a day (today) in which a person stands in for somebody, with whom; only where they work themselves."""
    if not isinstance(person, User) or person.roles_counted != "all":
        return ()
    day = on or timezone.localdate()
    at_work = {one.municipality_id for one in held_by(person, day)}
    if not at_work:
        return ()
    kept = person.absences_kept
    found: tuple[Absence, ...] | None = None if kept is None else kept.get(day)
    if found is None:
        rows = (
            _absences(person.pk, day, settings.DEMO).filter(municipality__in=at_work).select_related("user")
        )
        found = tuple(rows.order_by("last", "pk"))
        if kept is not None:
            kept[day] = found
    return found


def works_on(
    person: Person, *, user: str = "user", municipality: str = "municipality", on: dt.date | None = None
) -> Q:
    """The rows that are work of a person on a day (today): their own, and those of whom they stand in for.

    For rules about what is of a person rather than of a role, such as a place in a team: `user` and `municipality` are lookups of
    the model. As roles do, it counts where the person holds a role, and with the second factor only.
    """
    if not isinstance(person, User):
        return Q(pk__in=[])
    at_work = {one.municipality_id for one in held_by(person, on)}
    if not at_work:
        return Q(pk__in=[])
    found = Q(**{user: person.pk, f"{municipality}__in": at_work})
    for absence in standing_in(person, on):
        found |= Q(**{user: absence.user_id, municipality: absence.municipality_id})
    return found


def in_own_right(person: User) -> User:
    """The person as if standing in for nobody."""
    return _counting(person, "own", person)


def as_seen_by(deputy: User, absent: User) -> User:
    """The absent person with those roles only that a deputy gets, in the session of the deputy."""
    return _counting(absent, "passing", deputy)


def _counting(person: User, which: str, asker: User) -> User:
    copied = copy.copy(person)
    copied.roles_counted = which
    copied.roles_withheld = asker.roles_withheld
    copied.came_through = asker.came_through
    copied.roles_kept = None if asker.roles_kept is None else {}
    copied.absences_kept = None if asker.absences_kept is None else {}
    return copied


def areas_within(tops: set[int]) -> dict[int, frozenset[int]]:
    """By key the keys of the areas within each area along main-part links, itself among them; one query."""
    if not tops:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WITHIN, [sorted(tops)])
        return {top: frozenset(areas) for top, areas in cursor.fetchall()}
