"""Saying when somebody is away and who stands in, changing that, and being back."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.roles import holder, lock, yesterday
from accounts.models import Absence, RoleAssignment, User, WorkingWeek
from areas.models import Municipality
from core.history import because
from core.verbs import Actor, Refused, locked, require, verb


@verb
def note_absence(
    *,
    by: Actor,
    user: User,
    municipality: Municipality,
    first: dt.date,
    last: dt.date,
    deputy: User | None = None,
) -> Absence:
    """Say that somebody is away from a day until a day, and who stands in: said by themself, or by an administrator."""
    absence = Absence(user=user, municipality=municipality, first=first, last=last, deputy=deputy)
    require("accounts.note_absence", absence, by=by)
    lock(municipality)
    absence.user = holder(user)
    _refuse_before_it_starts(first, last)
    if not _works(user, municipality, first, last):
        raise Refused(_("%(name)s has no role here in that period.") % {"name": user}, "no_role")
    if last < timezone.localdate():
        raise Refused({"last": _("This period is over already.")}, "over")
    refuse_deputy(absence, by)
    absence.full_clean()
    with because("accounts.absence_noted", by=by):
        absence.save()
    return absence


@verb
def change_absence(
    *, by: Actor, absence: Absence, last: dt.date, deputy: User | None = None, first: dt.date | None = None
) -> Absence:
    """Let an absence last longer or shorter, or let somebody else stand in; what is over stays as it was."""
    require("accounts.note_absence", absence, by=by)
    lock(absence.municipality)
    current = locked(absence)
    today = timezone.localdate()
    if current.last < today:
        raise Refused(_("This absence is over already."), "over")
    begun = current.first <= today
    if begun and first not in (None, current.first):
        raise Refused({"first": _("The absence has begun: only its last day can change.")}, "begun")
    if last < today:
        raise Refused({"last": _("The last day cannot lie in the past: who is back says so.")}, "over")
    _refuse_before_it_starts(first or current.first, last)
    current.first, current.last, current.deputy = first or current.first, last, deputy
    refuse_deputy(current, by)
    current.full_clean()
    with because("accounts.absence_changed", by=by):
        current.save()
    return current


@verb
def end_absence(*, by: Actor, absence: Absence) -> None:
    """Be back from today; an absence that has not begun yet never was. Nobody stands in any more from this moment."""
    require("accounts.note_absence", absence, by=by)
    lock(absence.municipality)
    current = locked(absence)
    today = timezone.localdate()
    if current.last < today:
        raise Refused(_("This absence is over already."), "over")
    with because("accounts.absence_ended", by=by):
        if current.first >= today:
            current.delete()
        else:
            current.last = yesterday()
            current.save(update_fields=["last"])


@verb
def set_working_week(*, by: Actor, user: User, weekdays: Collection[int]) -> WorkingWeek:
    """Say on which days of the week one works, from 1 (Monday) to 7."""
    require("accounts.set_working_week", WorkingWeek(user=user), by=by)
    locked(user)
    week = WorkingWeek.objects.filter(user=user).first() or WorkingWeek(user=user)
    week.weekdays = sorted(set(weekdays))
    week.full_clean()
    week.save()
    return week


def _works(user: User, municipality: Municipality, first: dt.date, last: dt.date) -> bool:
    """Whether a person holds a role in a municipality on any day of a period."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    roles = RoleAssignment.objects.of(user).filter(lasting, municipality=municipality, valid_from__lte=last)
    return roles.exists()


def refuse_deputy(absence: Absence, by: Actor) -> None:
    """Who stands in works here then, is not away themself, and did not name themself for somebody else."""
    deputy = absence.deputy
    if deputy is None:
        return
    if deputy.pk == absence.user_id:
        raise Refused({"deputy": _("Nobody stands in for themself.")}, "same_person")
    if isinstance(by, User) and by.pk == deputy.pk:
        raise Refused(
            {"deputy": _("You cannot name yourself: let your colleague or another administrator do that.")},
            "oneself",
        )
    try:
        absence.deputy = holder(deputy)
    except Refused as refused:
        raise Refused({"deputy": refused.messages}, str(refused.code)) from refused
    today = max(absence.first, timezone.localdate())
    if not _works(deputy, absence.municipality, today, absence.last):
        raise Refused(
            {"deputy": _("%(name)s has no role here in that period.") % {"name": deputy}}, "no_role"
        )
    away = Absence.objects.of(deputy).filter(municipality=absence.municipality)
    if other := away.during(today, absence.last).first():
        words = {
            "name": deputy,
            "first": date_format(other.first, "j F"),
            "last": date_format(other.last, "j F"),
        }
        raise Refused(
            {
                "deputy": _("%(name)s is away too, from %(first)s until %(last)s. Choose somebody else.")
                % words
            },
            "away",
        )


def _refuse_before_it_starts(first: dt.date, last: dt.date) -> None:
    if last < first:
        raise Refused({"last": _("The last day comes after the first one.")}, "order")
