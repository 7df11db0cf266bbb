"""Giving, ending and replacing roles."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import RoleAssignment, User
from areas.models import Area, Municipality
from core.history import because
from core.verbs import Actor, Refused, locked, require, verb

Role = RoleAssignment.Role


@verb
def give_role(
    *,
    by: Actor,
    user: User,
    role: str,
    municipality: Municipality,
    area: Area | None = None,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    why: str,
) -> RoleAssignment:
    """Give somebody else a role, in an area or in the whole municipality."""
    require("accounts.manage_roles", municipality, by=by)
    lock(municipality)
    refuse_oneself(by, user)
    assignment = checked(
        RoleAssignment(
            user=user, role=role, municipality=municipality, area=area,
            valid_from=valid_from, valid_until=valid_until,
        )
    )  # fmt: skip
    with because("accounts.role_given", by=by, note=why):
        assignment.save()
    return assignment


@verb
def end_role(*, by: Actor, assignment: RoleAssignment, last_day: dt.date, why: str) -> None:
    """End a role after a day; one that has not started by then never was. Its replacements end with it."""
    require("accounts.manage_roles", assignment, by=by)
    lock(assignment.municipality)
    current = locked(assignment)
    if current.state == "ended":
        raise Refused(gettext_lazy("This role has ended already."), "ended")
    if current.valid_until and last_day > current.valid_until:
        raise Refused(gettext_lazy("This role ends earlier already."), "later")
    refuse_last_administrator(current, last_day)
    with because("accounts.role_ended", by=by, note=why):
        for each in (*current.replacements.select_for_update(), current):
            cut(each, last_day)


@verb
def replace_role(
    *,
    by: Actor,
    assignment: RoleAssignment,
    user: User,
    valid_from: dt.date,
    valid_until: dt.date,
    why: str,
) -> RoleAssignment:
    """Let somebody stand in for the holder of a role in a period; the holder keeps the role."""
    require("accounts.manage_roles", assignment, by=by)
    lock(assignment.municipality)
    refuse_oneself(by, user)
    replaced = locked(assignment)
    if user.pk == replaced.user_id:
        raise Refused(gettext_lazy("Nobody replaces themself."), "same_person")
    if valid_from < replaced.valid_from or (replaced.valid_until and valid_until > replaced.valid_until):
        raise Refused(gettext_lazy("The replacement lasts no longer than the role."), "outside_period")
    assignment = checked(
        RoleAssignment(
            user=user, role=replaced.role, municipality=replaced.municipality, area=replaced.area,
            valid_from=valid_from, valid_until=valid_until, replaces=replaced,
        )
    )  # fmt: skip
    with because("accounts.replacement_named", by=by, note=why):
        assignment.save()
    return assignment


def checked(assignment: RoleAssignment) -> RoleAssignment:
    """A role that may be written; inside a transaction that holds the lock."""
    assignment.user = holder(assignment.user)
    assignment.full_clean()
    return assignment


def holder(user: User) -> User:
    """The person as they are now, and stay until the end of the transaction: they may be asking to be forgotten at this moment."""
    current = locked(user)
    if not current.is_active:
        raise Refused(gettext_lazy("This account is closed."), "closed")
    if current.is_demo and not settings.DEMO:
        raise Refused(gettext_lazy("Demo accounts exist in the demo only."), "demo")
    return current


def lock(municipality: Municipality) -> None:
    """Changes to the roles of a municipality happen one after another; rows may still point to it meanwhile."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def refuse_oneself(by: Actor, user: User) -> None:
    """Nobody gives themself a role."""
    if isinstance(by, User) and by.pk == user.pk:
        raise Refused(gettext_lazy("Nobody gives themself a role: ask another administrator."), "oneself")


def refuse_last_administrator(assignment: RoleAssignment, last_day: dt.date) -> None:
    """A municipality keeps an administrator whose role has no end."""
    if assignment.role != Role.ADMINISTRATOR:
        return
    others = RoleAssignment.objects.lasting_administrators(
        assignment.municipality, last_day + dt.timedelta(days=1)
    ).exclude(user=assignment.user_id)
    if not others.exists():
        raise Refused(
            gettext_lazy(
                "This is the last administrator: first give this role to somebody else, without an end."
            ),
            "last_administrator",
        )


def cut(assignment: RoleAssignment, last_day: dt.date) -> None:
    """End a role after a day; one that has not started by then never was."""
    if assignment.valid_from > last_day:
        assignment.delete()
    elif assignment.valid_until is None or assignment.valid_until > last_day:
        assignment.valid_until = last_day
        assignment.full_clean()
        assignment.save(update_fields=["valid_until"])


def yesterday() -> dt.date:
    """The last day of what ends now."""
    return timezone.localdate() - dt.timedelta(days=1)
