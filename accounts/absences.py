"""Who is away and who stands in: what waits for both, whom to call or to mail, and on which days somebody works."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Absence, RoleAssignment, User, WorkingWeek
from accounts.models.absence import MONDAY_TO_FRIDAY
from accounts.reach import as_seen_by, in_own_right, standing_in
from areas.models import Municipality
from core.waiting import Absent, Waiting, waiting_for


def waits_for(user: User, municipality: Municipality, *, today: dt.date) -> Waiting:
    """What waits for a person: their own, and under "for X, who is away until …" that of whom they stand in for."""
    found = [one for one in standing_in(user, today) if one.municipality_id == municipality.pk]
    absent = [Absent(as_seen_by(user, one.user), away_words(one)) for one in found]
    return waiting_for(in_own_right(user) if absent else user, municipality, today=today, absent=absent)


def away_words(absence: Absence) -> str:
    """For whom something waits: "For X, who is away until 3 December"."""
    return _("For %(name)s, who is away until %(day)s") % {
        "name": absence.user,
        "day": date_format(absence.last, "j F"),
    }


@dataclass(frozen=True)
class Reached:
    """Whom to call or to mail about somebody's work: the `person`, or who stands in while `absence` lasts.

    With an absence and the person themself nobody stands in.
    """

    person: User
    absence: Absence | None = None

    @property
    def stands_in(self) -> bool:
        """Whether it is another than the one whose work it is."""
        return self.absence is not None and self.absence.user_id != self.person.pk


def reached(user: User, municipality: Municipality, on: dt.date | None = None) -> Reached:
    """Whom to call or to mail on a day (today) about the work of a person; one query."""
    return reached_all([user], municipality, on)[user.pk]


def reached_all(
    users: Iterable[User], municipality: Municipality, on: dt.date | None = None
) -> dict[int, Reached]:
    """The same for many people, by their key; one query."""
    people = {user.pk: user for user in users}
    roles = RoleAssignment.objects.current(on).filter(municipality=municipality, user=OuterRef("deputy"))
    away = Absence.objects.current(on).filter(municipality=municipality, user__in=people)
    rows = away.annotate(works=Exists(roles)).select_related("user", "deputy")
    by_user = {one.user_id: one for one in rows}
    return {key: _reached(user, by_user.get(key)) for key, user in people.items()}


def _reached(user: User, absence: Any) -> Reached:
    deputy: User | None = absence.deputy if absence else None
    # A deputy whose account was closed meanwhile, or who has left, does not answer.
    if deputy is None or not deputy.is_active or not absence.works:
        return Reached(user, absence)
    return Reached(deputy, absence)


def working(users: Iterable[User], on: dt.date | None = None) -> set[int]:
    """The keys of those who work on that day of the week (today) by what they said; days off are not looked at. One query."""
    day = (on or timezone.localdate()).isoweekday()
    keys = {user.pk for user in users}
    weeks = dict(WorkingWeek.objects.filter(user__in=keys).values_list("user", "weekdays"))
    return {key for key in keys if day in weeks.get(key, MONDAY_TO_FRIDAY)}
