"""Bringing in a table of members."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.history import because
from core.intake import agree
from core.tables import Row
from core.verbs import Actor, Operator, Refused, verb
from councils.actions.members import appoint
from councils.actions.people import add_person
from councils.actions.shared import kept
from councils.exchange import MembersPlan, PlannedMember, make_plan
from councils.models import Council, Seat

PERSON = ("gender", "email", "phone", "postal_address")
MEMBER = ("first_on", "last_on", "delegation", "rank", "decided_on", "decision_number", "decision_uri")


@verb
def import_members(
    *, council: Council, rows: Sequence[Row], by: Actor, digest: str | None = None, file_name: str = ""
) -> MembersPlan:
    """Appoint the members of a table; refused rows are left out, and who was known keeps how they are reached."""
    council = kept(council, by=by)
    plan = make_plan(council, rows)
    agree(plan, digest)
    if plan.tells_gender and not isinstance(by, Operator) and not by.has_perm("councils.see_gender", council):  # type: ignore[union-attr]
        raise Refused(
            _("Only the secretary of the council brings in gender. Leave that column out."), "gender"
        )
    seats = {seat.pk: seat for seat in council.seats.all()}
    with because("councils.imported", by=by, file=file_name):
        for row in plan.added:
            _appoint(council, row, seats, by)
    return plan


def _appoint(council: Council, row: PlannedMember, seats: dict[int, Seat], by: Actor) -> None:
    values = row.values
    person = row.person
    if person is None:
        new = {name: values[name] for name in PERSON if name in values}
        person = add_person(council=council, values={"name": row.name, **new}, by=by)
    appoint(
        council=council,
        values={
            "person": person, "seat": seats[row.seat],
            **{name: values[name] for name in MEMBER if name in values},
        },
        by=by,
        without_decision=not values.get("decided_on"),
        office=values.get("office", ""),
    )  # fmt: skip
