"""Councils, seats and members for tests, in as few words as a test needs."""

import datetime as dt
from collections.abc import Mapping
from itertools import count
from typing import Any

from accounts.models import User
from areas.models import Area, Municipality
from councils.models import AgendaItem, Council, Meeting, Membership, Office, Person, Seat, Term
from councils.models.meeting import number_for

FIRST = dt.date(2025, 1, 1)
EVENING = dt.datetime(2026, 11, 19, 19, tzinfo=dt.UTC)
numbers = count(1)


def make_council(municipality: Municipality, *areas: Area, **fields: Any) -> Council:
    """A council of these areas (none: the whole municipality), with a term without end from 2025 on and places for 12 members."""
    number = next(numbers)
    values = {"slug": f"raad-{number}", "name": f"Raad {number}", "kind": "village", "basis": "free"} | fields
    council = Council.objects.create(municipality=municipality, **values)
    council.areas.set(areas)
    Term.objects.create(council=council, first_on=FIRST)
    make_seat(council, least=0, most=12)
    return council


def make_seat(council: Council, mandate: str = "member", **fields: Any) -> Seat:
    """Places of one mandate in a council, from 2025 on."""
    values = {"least": 0, "most": 12, "first_on": FIRST} | fields
    return Seat.objects.create(council=council, mandate=mandate, **values)


def make_person(municipality: Municipality, *, user: User | None = None, **fields: Any) -> Person:
    """Somebody who can sit in councils; the one with this account, who is one person in a municipality."""
    if user is not None and (known := Person.objects.filter(municipality=municipality, user=user).first()):
        return known
    values = {"name": f"Lid {next(numbers)}"} | fields
    return Person.objects.create(municipality=municipality, user=user, **values)


def make_member(
    council: Council,
    *,
    user: User | None = None,
    mandate: str = "member",
    gender: str = "",
    office: str = "",
    person: Person | None = None,
    **fields: Any,
) -> Membership:
    """A member of a council from 2025 on, with an office when one is named; the places are made when there are none."""
    seat = council.seats.filter(mandate=mandate).first() or make_seat(council, mandate)
    person = person or make_person(council.municipality, user=user, gender=gender)
    values = {"first_on": FIRST} | fields
    member = Membership.objects.create(council=council, seat=seat, person=person, **values)
    if office:
        Office.objects.create(council=council, membership=member, kind=office, first_on=member.first_on)
    return member


def make_meeting(council: Council, **fields: Any) -> Meeting:
    """A meeting of a council in an evening of 2026, planned in full."""
    values: dict[str, Any] = {"number": number_for(council), "starts_at": EVENING, "works": "full"} | fields
    if values.get("state") in ("running", "closed"):
        values = {"opened_at": values["starts_at"]} | values
    if values.get("state") == "closed":
        values = {"closed_at": values["starts_at"] + dt.timedelta(hours=2)} | values
    return Meeting.objects.create(council=council, **values)


def make_item(meeting: Meeting, **fields: Any) -> AgendaItem:
    """The next item of a meeting's agenda."""
    order = meeting.items.count() + 1
    return AgendaItem.objects.create(meeting=meeting, **{"order": order, "title": f"Punt {order}"} | fields)


def told_of(minutes: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """Each "vote" or "decision" that minutes tell of."""
    return [line[what] for section in minutes["sections"] for line in section["lines"] if what in line]
