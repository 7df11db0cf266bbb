"""Bringing in a table of members."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.history import because
from core.intake import agree
from core.tables import Row
from core.verbs import Actor, Operator, Refused, verb
from councils.actions.members import appoint, change_member, end_member, end_office, give_office
from councils.actions.people import add_person, change_person
from councils.actions.shared import kept
from councils.exchange import CONTACT, DETAILS, MembersPlan, PlannedMember, make_plan, tells_gender
from councils.membercolumns import offices_on
from councils.models import Council, Membership, Seat

PERSON = ("gender", "email", "phone", "postal_address")
MEMBER = ("first_on", "last_on", *DETAILS)
DAY = dt.timedelta(days=1)


@verb
def import_members(
    *, council: Council, rows: Sequence[Row], by: Actor, digest: str | None = None, file_name: str = ""
) -> MembersPlan:
    """Appoint, change and let leave who a table says; refused rows are left out, and who is not in the table stays."""
    council = kept(council, by=by)
    sees_gender = may_know(council, by)
    if tells_gender(rows) and not sees_gender:
        raise Refused(
            _("Only the secretary of the council brings in gender. Leave that column out."), "gender"
        )
    plan = make_plan(council, rows, sees_gender=sees_gender)
    agree(plan, digest)
    seats = {seat.pk: seat for seat in council.seats.all()}
    with because("councils.imported", by=by, file=file_name):
        written = [*plan.changed, *plan.ended]
        # Who hands over an office does so before another one takes it.
        for row in written:
            _take_offices(row, by)
        for row in written:
            _change(row, by)
        for row in plan.added:
            _appoint(council, row, seats, by)
    return plan


def may_know(council: Council, by: Any) -> bool:
    """Whether somebody may know of which gender members are."""
    return isinstance(by, Operator) or bool(by.has_perm("councils.see_gender", council))


def _appoint(council: Council, row: PlannedMember, seats: dict[int, Seat], by: Actor) -> None:
    values = row.values
    person = row.person
    if person is None:
        new = {name: values[name] for name in PERSON if name in values}
        person = add_person(council=council, values={"name": row.name, **new}, by=by)
    offices: tuple[str, ...] = values.get("offices", ())
    member = appoint(
        council=council,
        values={
            "person": person, "seat": seats[row.seat],
            **{name: values[name] for name in MEMBER if name in values},
        },
        by=by,
        without_decision=not values.get("decided_on"),
        office=offices[0] if offices else "",
    )  # fmt: skip
    for kind in offices[1:]:
        give_office(member=member, kind=kind, first_on=member.first_on, by=by)


def _take_offices(row: PlannedMember, by: Actor) -> None:
    member, today = _member(row), timezone.localdate()
    gone = set(offices_on(member, today)) - set(row.differs.get("offices", offices_on(member, today)))
    for office in member.offices.filter(kind__in=gone, first_on__lt=today).exclude(last_on__lt=today):
        end_office(office=office, last_on=today - DAY, by=by)


def _change(row: PlannedMember, by: Actor) -> None:
    member, today = _member(row), timezone.localdate()
    of_person = {name: row.differs[name] for name in (*CONTACT, "gender") if name in row.differs}
    if of_person:
        change_person(person=member.person, values=of_person, by=by)
    details = {name: row.differs[name] for name in DETAILS if name in row.differs}
    if details:
        decided_on = details.get("decided_on", member.decided_on)
        every = {name: getattr(member, name) for name in DETAILS} | details
        change_member(member=member, values=every, by=by, without_decision=not decided_on)
    for kind in sorted(set(row.differs.get("offices", ())) - set(offices_on(member, today))):
        give_office(member=member, kind=kind, first_on=max(today, member.first_on), by=by)
    if "last_on" in row.differs:
        end_member(member=member, last_on=row.differs["last_on"], ended=row.differs["ended"], by=by)


def _member(row: PlannedMember) -> Membership:
    """The member whom a row changes."""
    if row.member is None:
        raise ValueError(f"row {row.number} changes nobody")
    return row.member
