"""Who sits in a council: appointed, in an office, hindered and replaced, and until when."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.history import because
from core.verbs import Actor, Refused, verb
from councils.actions.shared import cut, kept, kept_row, refuse_before, write
from councils.models import Council, Hindrance, Membership, Office, Person, Seat

DECISION = ("decided_on", "decision_number", "decision_uri")
MEMBER = ("seat", "person", "first_on", "last_on", "rank", "delegation", *DECISION)
CHANGED = ("rank", "delegation", *DECISION)
DAY = dt.timedelta(days=1)


@verb
def appoint(
    *,
    council: Council,
    values: Mapping[str, Any],
    by: Actor,
    without_decision: bool = False,
    office: str = "",
) -> Membership:
    """Let somebody sit in a council, by a decision or said to be without one; within a term, until its end unless earlier."""
    council = kept(council, by=by)
    person: Person = values["person"]
    if person.municipality_id != council.municipality_id:
        raise Refused({"person": _("This person belongs to another municipality.")}, "stranger")
    _refuse_half_a_decision(values, without_decision=without_decision)
    ends = _within_a_term(council, values["first_on"], values.get("last_on"))
    _refuse_without_places(council, values["seat"], values["first_on"])
    member = write(Membership(council=council), {**values, "last_on": ends}, MEMBER)
    with because("councils.appointed", by=by):
        member.save()
        if office:
            _hold(member, office, member.first_on, member.last_on)
    return member


@verb
def change_member(
    *,
    member: Membership,
    values: Mapping[str, Any],
    by: Actor,
    version: str | None = None,
    without_decision: bool = False,
) -> Membership:
    """Change for whom a member speaks, the rank, and the decision; who sits where from when is said by ending and appointing."""
    member = kept_row(member, by=by, version=version)
    _refuse_half_a_decision(values, without_decision=without_decision)
    write(member, values, CHANGED)
    with because("councils.member", by=by):
        member.save()
    return member


@verb
def end_member(
    *, member: Membership, last_on: dt.date, ended: str, by: Actor, version: str | None = None
) -> Membership:
    """Let somebody leave a council after a day, with every office, hindrance and place that they took of another."""
    member = kept_row(member, by=by, version=version)
    refuse_before(member, last_on)
    if member.last_on is not None and last_on > member.last_on:
        _within_a_term(member.council, member.first_on, last_on)
    with because("councils.member_left", by=by):
        for office in member.offices.all():
            cut(office, last_on)
        for hindrance in member.hindrances.all():
            _shorten(hindrance, last_on)
        for hindrance in Hindrance.objects.filter(replacement=member).exclude(last_on__lte=last_on):
            _give_back(hindrance, last_on)
        write(member, {"last_on": last_on, "ended": ended}, ("last_on", "ended"))
        member.save()
    return member


@verb
def give_office(
    *, member: Membership, kind: str, first_on: dt.date, by: Actor, last_on: dt.date | None = None
) -> Office:
    """Let a member be chair, vice-chair or secretary from a day on; who was so until then ends the day before."""
    member = kept_row(member, by=by)
    with because("councils.office", by=by):
        return _hold(member, kind, first_on, last_on if last_on is not None else member.last_on)


@verb
def end_office(*, office: Office, last_on: dt.date, by: Actor) -> Office:
    """Let somebody hold an office no more after a day."""
    office = kept_row(office, by=by)
    refuse_before(office, last_on)
    with because("councils.office", by=by):
        cut(office, last_on)
    return office


@verb
def hinder(
    *, member: Membership, first_on: dt.date, by: Actor, last_on: dt.date | None = None,
    replacement: Membership | None = None, replaced_from: dt.date | None = None,
) -> Hindrance:  # fmt: skip
    """Note that a member cannot sit for a time, and who takes the place from which day on."""
    member = kept_row(member, by=by)
    hindrance = Hindrance(
        membership=member, first_on=first_on, last_on=last_on if last_on is not None else member.last_on
    )
    _refuse_outside(member, hindrance)
    with because("councils.hindered", by=by):
        _replace(hindrance, replacement, replaced_from)
    return hindrance


@verb
def change_hindrance(
    *, hindrance: Hindrance, by: Actor, last_on: dt.date | None = None,
    replacement: Membership | None = None, replaced_from: dt.date | None = None,
) -> Hindrance:  # fmt: skip
    """Say when a hindrance is over, or who takes the place from which day on."""
    member = kept_row(hindrance.membership, by=by)
    found = Hindrance.objects.select_for_update().get(pk=hindrance.pk)
    found.last_on = last_on if last_on is not None else member.last_on
    _refuse_outside(member, found)
    with because("councils.hindered", by=by):
        _replace(found, replacement, replaced_from)
    return found


def _refuse_half_a_decision(values: Mapping[str, Any], *, without_decision: bool) -> None:
    day, names = values.get("decided_on"), values.get("decision_number") or values.get("decision_uri")
    if without_decision:
        if day or names:
            raise Refused(
                {"without_decision": _("A decision is named as well: choose one of both.")}, "decision"
            )
    elif not day:
        raise Refused(
            {"decided_on": _("Give the day of the decision, or say that there is none.")}, "decision"
        )
    elif not names:
        raise Refused({"decision_number": _("Give the number or the address of the decision.")}, "decision")


def _within_a_term(council: Council, first_on: dt.date, last_on: dt.date | None) -> dt.date | None:
    """The last day of somebody who sits from a day on: that which was asked, or that of the term."""
    term = council.terms.filter(first_on__lte=first_on).exclude(last_on__lt=first_on).first()
    if term is None:
        raise Refused({"first_on": _("The council has no term on this day. Add the term first.")}, "term")
    if last_on is None:
        return term.last_on
    if term.last_on is not None and last_on > term.last_on:
        raise Refused({"last_on": _("The term ends before this day.")}, "term")
    return last_on


def _refuse_without_places(council: Council, seat: Seat, first_on: dt.date) -> None:
    there = council.seats.filter(mandate=seat.mandate, name=seat.name, first_on__lte=first_on)
    if not there.exclude(last_on__lt=first_on).exists():
        raise Refused({"seat": _("These places are not there on the first day.")}, "places")


def _hold(member: Membership, kind: str, first_on: dt.date, last_on: dt.date | None) -> Office:
    if first_on < member.first_on or (
        member.last_on is not None and (last_on is None or last_on > member.last_on)
    ):
        raise Refused({"first_on": _("Somebody holds an office while they sit in the council.")}, "outside")
    if kind != Office.Kind.VICE_CHAIR:
        before = Office.objects.filter(council=member.council, kind=kind, first_on__lt=first_on)
        for one in before.filter(Q(last_on__isnull=True) | Q(last_on__gte=first_on)):
            cut(one, first_on - DAY)
    values = {"membership": member, "kind": kind, "first_on": first_on, "last_on": last_on}
    office = write(Office(council=member.council), values, values)
    office.save()
    return office


def _refuse_outside(member: Membership, hindrance: Hindrance) -> None:
    if hindrance.first_on < member.first_on or (
        member.last_on is not None and (hindrance.last_on is None or hindrance.last_on > member.last_on)
    ):
        raise Refused({"first_on": _("Somebody is hindered while they sit in the council.")}, "outside")


def _replace(hindrance: Hindrance, replacement: Membership | None, since: dt.date | None) -> None:
    if replacement is not None:
        since = since or max(hindrance.first_on, replacement.first_on)
        ends = hindrance.last_on
        if since < replacement.first_on or (
            replacement.last_on is not None
            and (since > replacement.last_on or ends is None or ends > replacement.last_on)
        ):
            raise Refused(
                {"replacement": _("Who takes the place does not sit in the council all these days.")},
                "outside",
            )
        if replacement.seat.mandate == Seat.Mandate.MEMBER:
            raise Refused({"replacement": _("This member has a vote already.")}, "votes")
    hindrance.replacement, hindrance.replaced_from = replacement, since if replacement else None
    hindrance.full_clean()
    hindrance.save()


def _shorten(hindrance: Hindrance, last_on: dt.date) -> None:
    if hindrance.replaced_from is not None and hindrance.replaced_from > last_on:
        hindrance.replacement, hindrance.replaced_from = None, None
    cut(hindrance, last_on)


def _give_back(hindrance: Hindrance, last_on: dt.date) -> None:
    """Who took the place leaves: until then it stays said, from then on nobody takes it."""
    if hindrance.replaced_from is not None and hindrance.replaced_from > last_on:
        hindrance.replacement, hindrance.replaced_from = None, None
        hindrance.save()
        return
    goes_on = Hindrance(membership=hindrance.membership, first_on=last_on + DAY, last_on=hindrance.last_on)
    cut(hindrance, last_on)
    goes_on.full_clean()
    goes_on.save()
