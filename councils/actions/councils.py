"""Founding a council, what it is, its terms, places and own rules."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from areas.models import Area, Municipality
from core.history import because
from core.slugs import free_slug
from core.verbs import Actor, Refused, require, verb
from councils.actions.shared import cut, kept, kept_row, refuse_before, write
from councils.models import Council, RuleChoice, Seat, Term
from councils.models.council import RESERVED_SLUGS
from councils.rulesets import KINDS
from councils.slugs import word_for

MANAGE = "councils.manage_council"
DETAILS = ("name", "purpose", "works", "email", "phone", "contact", "vacancy", "remind_days")
BASIS = ("kind", "basis", "founded_on", "founding_number", "founding_uri", "rules", "external_uri")
DAY = dt.timedelta(days=1)


@verb
def found_council(
    *, municipality: Municipality, values: Mapping[str, Any], areas: Iterable[Area], by: Actor
) -> Council:
    """Add a council: founded by a decision of the municipal council, or free."""
    require(MANAGE, municipality, by=by)
    council = Council(municipality=municipality)
    taken = {*RESERVED_SLUGS, *Council.objects.of(municipality).values_list("slug", flat=True)}
    council.slug = free_slug(word_for(values.get("name", "")), taken)
    write(council, values, (*DETAILS, *BASIS))
    with because("councils.founded", by=by):
        council.save()
        council.areas.set(areas)
    return council


@verb
def change_council(
    *, council: Council, values: Mapping[str, Any], by: Actor, version: str | None = None
) -> Council:
    """Change what a council is called, how to reach it, and how it writes down its meetings."""
    council = write(kept(council, by=by, version=version), values, DETAILS)
    with because("councils.details", by=by):
        council.save()
    return council


@verb
def change_basis(
    *,
    council: Council,
    values: Mapping[str, Any],
    areas: Iterable[Area],
    by: Actor,
    version: str | None = None,
) -> Council:
    """Change on what a council rests and which areas it is about; that is for the office."""
    council = write(kept(council, by=by, permission=MANAGE, version=version), values, BASIS)
    with because("councils.details", by=by):
        council.save()
        council.areas.set(areas)
    return council


@verb
def end_council(
    *, council: Council, ended_on: dt.date | None, by: Actor, version: str | None = None
) -> Council:
    """Let a council meet no more from a day on; without a day it goes on."""
    council = write(
        kept(council, by=by, permission=MANAGE, version=version), {"ended_on": ended_on}, ("ended_on",)
    )
    with because("councils.ended", by=by):
        council.save()
    return council


@verb
def add_term(*, council: Council, first_on: dt.date, last_on: dt.date | None, by: Actor) -> Term:
    """A period for which the council is composed; one before it that has no end ends the day before."""
    council = kept(council, by=by)
    with because("councils.term", by=by):
        for open_one in council.terms.filter(last_on__isnull=True, first_on__lt=first_on):
            cut(open_one, first_on - DAY)
        term = write(
            Term(council=council), {"first_on": first_on, "last_on": last_on}, ("first_on", "last_on")
        )
        term.save()
    return term


@verb
def change_term(
    *, term: Term, first_on: dt.date, last_on: dt.date | None, by: Actor, version: str | None = None
) -> Term:
    """Move the ends of a term; nobody who sits in it may fall out of it."""
    term = kept_row(term, by=by, version=version)
    before = term.first_on, term.last_on
    write(term, {"first_on": first_on, "last_on": last_on}, ("first_on", "last_on"))
    outside = term.council.memberships.filter(first_on__gte=before[0], first_on__lt=first_on)
    if last_on is not None:
        within = term.council.memberships.filter(
            first_on__gte=first_on, first_on__lte=before[1] or dt.date.max
        )
        outside = outside | within.exclude(last_on__lte=last_on)
    if outside.exists():
        raise Refused(
            {"last_on": _("Members would sit outside the term. End their memberships first.")}, "members"
        )
    with because("councils.term", by=by):
        term.save()
    return term


@verb
def set_places(
    *, council: Council, mandate: str, name: str, least: int, most: int, first_on: dt.date, by: Actor
) -> Seat:
    """Say from a day on how many hold a mandate; what was said before holds until the day before. Members stay."""
    council = kept(council, by=by)
    values = {"mandate": mandate, "name": name, "least": least, "most": most, "first_on": first_on}
    there = council.seats.filter(mandate=mandate, name=name.strip())
    now = there.filter(first_on__lte=first_on).exclude(last_on__lt=first_on).first()
    if there.filter(first_on__gt=first_on).exists():
        raise Refused({"first_on": _("Another number is noted for after this day already.")}, "later")
    with because("councils.places", by=by):
        if now is not None and now.first_on == first_on:
            seat = write(now, values, values)
            seat.save()
            return seat
        if now is not None:
            cut(now, first_on - DAY)
        seat = write(Seat(council=council), values, values)
        seat.save()
    return seat


@verb
def end_places(*, seat: Seat, last_on: dt.date, by: Actor, version: str | None = None) -> Seat:
    """Let places be no more after a day, once nobody sits in them."""
    seat = kept_row(seat, by=by, version=version)
    refuse_before(seat, last_on)
    sit = seat.council.memberships.filter(seat__mandate=seat.mandate, seat__name=seat.name)
    if sit.exclude(last_on__lte=last_on).exists():
        raise Refused({"last_on": _("Somebody sits in these places after this day.")}, "members")
    with because("councils.places", by=by):
        cut(seat, last_on)
    return seat


@verb
def choose_rule(
    *,
    council: Council,
    rule: str,
    value: Any,
    first_on: dt.date,
    source: str,
    by: Actor,
    last_on: dt.date | None = None,
) -> RuleChoice:
    """Go by another rule than the set from a day on; an own rule that holds then ends the day before."""
    council = kept(council, by=by)
    if rule not in KINDS:
        raise Refused({"rule": _("There is no such rule.")}, "rule")
    KINDS[rule].check(value)
    values = {"rule": rule, "value": value, "first_on": first_on, "last_on": last_on, "source": source}
    with because("councils.rule", by=by):
        for one in council.rule_choices.filter(rule=rule, first_on__lt=first_on).exclude(
            last_on__lt=first_on
        ):
            cut(one, first_on - DAY)
        choice = write(RuleChoice(council=council), values, values)
        choice.save()
    return choice


@verb
def end_rule(*, choice: RuleChoice, last_on: dt.date, by: Actor) -> RuleChoice:
    """Go by the set again after a day."""
    choice = kept_row(choice, by=by)
    refuse_before(choice, last_on)
    with because("councils.rule", by=by):
        cut(choice, last_on)
    return choice
