"""Closing the account of a colleague after the work is handed over, and blocking one at once.

What passes on does so inside `close_account`, which holds the lock on the municipality.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.absences import refuse_deputy
from accounts.actions.competence import end_of
from accounts.actions.roles import cut, holder, lock, refuse_last_administrator, refuse_oneself, yesterday
from accounts.models import Absence, AccessLog, Competence, MandateHolder, PeriodKeeper, RoleAssignment, User
from areas.models import Municipality
from core.handover import open_work
from core.history import because
from core.verbs import Actor, Refused, locked, require, verb


@verb
def close_account(
    *,
    by: Actor,
    person: User,
    municipality: Municipality,
    to: Mapping[str, User | None],
    why: str,
) -> None:
    """Close the account of a colleague, when everything they hold passes on or ends: `to` says for each source to whom.

    What cannot be handed over keeps the account as it was, and nothing has moved.
    """
    require("accounts.manage_roles", municipality, by=by)
    lock(municipality)
    _refuse_own(by, person, municipality)
    faults: dict[str, str] = {}
    with because("accounts.handed_over", by=by, note=why):
        for work in open_work(person):
            name = work.source.name
            if any(one.municipality != municipality.pk for one in work.held):
                raise Refused(
                    _("This colleague works in another municipality too. End the roles here instead."),
                    "elsewhere",
                )
            successor = to.get(name)
            if successor is None and (name not in to or not work.source.may_end):
                faults[name] = _("Say who goes on with this.")
                continue
            try:
                if successor is not None:
                    _refuse_successor(successor, person, municipality)
                work.source.pass_on(user=person, municipality=municipality, to=successor, by=by)
            except ValidationError as error:
                faults[name] = " ".join(error.messages)
    if faults:
        raise Refused(faults, "open_work")
    if left := open_work(person):
        raise Refused(
            _("There is open work left: %(titles)s.")
            % {"titles": ", ".join(str(work.source.title) for work in left)},
            "open_work",
        )
    _shut(person, by, AccessLog.Act.CLOSE)


@verb
def block_account(*, by: Actor, person: User, municipality: Municipality) -> None:
    """Let nobody enter an account from this moment; the work stays where it is until it is handed over."""
    require("accounts.manage_roles", municipality, by=by)
    _refuse_own(by, person, municipality)
    _shut(person, by, AccessLog.Act.BLOCK)


@verb
def unblock_account(*, by: Actor, person: User, municipality: Municipality) -> None:
    """Open a blocked account again."""
    require("accounts.manage_roles", municipality, by=by)
    _refuse_own(by, person, municipality)
    current = locked(person)
    if current.is_active:
        raise Refused(_("This account is open."), "open")
    current.is_active = True
    current.save(update_fields=["is_active"])
    _log(current, by, AccessLog.Act.UNBLOCK)


@verb
def pass_on_roles(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """End the roles that a person holds or will hold; another one holds them from today, as long as they would have lasted."""
    require("accounts.manage_roles", municipality, by=by)
    today = timezone.localdate()
    if to is not None:
        refuse_oneself(by, to)
        to = holder(to)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    rows = RoleAssignment.objects.of(user).filter(lasting, municipality=municipality)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    with because("accounts.handed_over", by=by):
        for role in found:
            begins, ends = max(role.valid_from, today), role.valid_until
            if to is not None and not _holds(to, role):
                RoleAssignment.objects.create(
                    user=to, role=role.role, municipality=municipality, area=role.area,
                    valid_from=begins, valid_until=ends,
                )  # fmt: skip
            refuse_last_administrator(role, yesterday())
            for each in (*role.replacements.select_for_update(), role):
                cut(each, yesterday())
    return len(found)


@verb
def pass_on_mandates(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """End the competences of a person; another one, as mandate holder, is competent from today."""
    require("accounts.manage_competences", municipality, by=by)
    with because("accounts.handed_over", by=by):
        successor = None if to is None else _mandate_of(to, municipality)
        rows = Competence.objects.lasting().filter(holder__user=user, municipality=municipality)
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in found:
            end_of(row, yesterday(), successor)
    return len(found)


@verb
def pass_on_standing_in(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """Let another one stand in for those for whom a person does or will, or nobody."""
    require("accounts.manage_roles", municipality, by=by)
    rows = Absence.objects.lasting().filter(deputy=user, municipality=municipality)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    with because("accounts.handed_over", by=by):
        for absence in found:
            absence.deputy = to
            refuse_deputy(absence, by)
            absence.full_clean()
            absence.save()
    return len(found)


@verb
def pass_on_keepers(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """Let another one be asked first in the periods in which a person is, or nobody: then the administrators are."""
    require("accounts.manage_roles", municipality, by=by)
    rows = PeriodKeeper.objects.filter(user=user, municipality=municipality)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    with because("accounts.handed_over", by=by):
        for keeper in found:
            if to is None:
                keeper.delete()
            else:
                keeper.user = to
                keeper.save(update_fields=["user"])
    return len(found)


def _mandate_of(user: User, municipality: Municipality) -> MandateHolder:
    found = MandateHolder.objects.of(municipality).filter(user=user).first()
    if found is None:
        found = MandateHolder(municipality=municipality, user=user, name=str(user))
        found.full_clean()
        found.save()
    return found


def _holds(user: User, role: RoleAssignment) -> bool:
    """Whether a person holds the same role on some of the days that remain of it."""
    same = RoleAssignment.objects.of(user).filter(
        role=role.role, municipality=role.municipality_id, area=role.area_id
    )
    begins = max(role.valid_from, timezone.localdate())
    there = same.exclude(valid_until__lt=begins)
    return (there if role.valid_until is None else there.filter(valid_from__lte=role.valid_until)).exists()


def _refuse_own(by: Actor, person: User, municipality: Municipality) -> None:
    """Nobody does this to themself, nor to somebody who never worked here."""
    if isinstance(by, User) and by.pk == person.pk:
        raise Refused(_("Ask another administrator to do this to your account."), "oneself")
    if not RoleAssignment.objects.of(person).filter(municipality=municipality).exists():
        raise Refused(_("This person has no role here."), "no_role")


def _refuse_successor(successor: User, person: User, municipality: Municipality) -> None:
    if successor.pk == person.pk:
        raise Refused(_("Nobody succeeds themself."), "same_person")
    roles = RoleAssignment.objects.of(successor).current().filter(municipality=municipality)
    if not (successor.is_active and roles.exists()):
        raise Refused(_("%(name)s has no role here now.") % {"name": successor}, "no_role")


def _shut(person: User, by: Actor, act: str) -> None:
    current = locked(person)
    if not current.is_active:
        raise Refused(_("This account is closed."), "closed")
    current.is_active = False
    current.save(update_fields=["is_active"])
    _log(current, by, act)


def _log(person: User, by: Actor, act: str) -> None:
    AccessLog.objects.create(actor=by if isinstance(by, User) else None, subject_uuid=person.uuid, act=act)
