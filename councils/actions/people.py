"""People of councils: how to reach them, what is theirs alone, and their political mandates."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from core.history import because
from core.verbs import Actor, Operator, locked, require, same_version, verb
from councils.actions.shared import cut, kept, refuse_before, write
from councils.models import Council, Person, PublicOffice

SEE, SEE_GENDER = "councils.see_person", "councils.see_person_gender"
REACHED = ("name", "user", "email", "phone", "postal_address")
GENDER = "gender"


@verb
def add_person(*, council: Council, values: Mapping[str, Any], by: Actor) -> Person:
    """Note somebody who comes to sit in a council; gender only by who may know it of its members."""
    council = kept(council, by=by)
    if values.get(GENDER):
        require("councils.see_gender", council, by=by)
    person = write(Person(municipality=council.municipality), values, (*REACHED, GENDER))
    with because("councils.person", by=by):
        person.save()
    return person


@verb
def change_person(
    *, person: Person, values: Mapping[str, Any], by: Actor, version: str | None = None
) -> Person:
    """Change how somebody is reached; gender only by who may know it."""
    person = _seen(person, by=by, version=version)
    if GENDER in values and not _may_know(person, by):
        raise PermissionDenied(SEE_GENDER)
    write(person, values, (*REACHED, GENDER))
    with because("councils.person", by=by):
        person.save()
    return person


@verb
def note_mandate(
    *, person: Person, kind: str, first_on: dt.date, by: Actor, last_on: dt.date | None = None
) -> PublicOffice:
    """Note that somebody holds a political mandate."""
    person = _seen(person, by=by)
    values = {"person": person, "kind": kind, "first_on": first_on, "last_on": last_on}
    mandate = write(PublicOffice(), values, values)
    with because("councils.mandate", by=by):
        mandate.save()
    return mandate


@verb
def end_mandate(*, mandate: PublicOffice, last_on: dt.date, by: Actor) -> PublicOffice:
    """Note when a political mandate ended."""
    _seen(mandate.person, by=by)
    found = locked(mandate)
    refuse_before(found, last_on)
    with because("councils.mandate", by=by):
        cut(found, last_on)
    return found


def _seen(person: Person, *, by: Actor, version: str | None = None) -> Person:
    found = locked(person)
    require(SEE, found, by=by)
    same_version(found, version)
    return found


def _may_know(person: Person, by: Any) -> bool:
    return isinstance(by, Operator) or bool(by.has_perm(SEE_GENDER, person))
