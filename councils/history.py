"""How the history of a council is told; of a person nothing but the name."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.changes import Beside, Telling, tellings
from councils.models import Membership, Office, Person, PublicOffice, Seat
from councils.rulesets import KINDS


def _days(event: Any) -> str:
    last = date_format(event.last_on, "SHORT_DATE_FORMAT") if event.last_on else ""
    return f"{date_format(event.first_on, 'SHORT_DATE_FORMAT')} – {last}".strip()


def _terms(events: Sequence[Any]) -> Iterator[str]:
    return (_days(event) for event in events)


def _seats(events: Sequence[Any]) -> Iterator[str]:
    for event in events:
        name = event.name or str(Seat.Mandate(event.mandate).label)
        yield f"{name}: {event.least}–{event.most}, {_days(event)}"


def _members(events: Sequence[Any]) -> Iterator[str]:
    names = dict(Person.objects.filter(pk__in={e.person_id for e in events}).values_list("pk", "name"))
    return (f"{names.get(event.person_id, '')}, {_days(event)}" for event in events)


def _offices(events: Sequence[Any]) -> Iterator[str]:
    keys = {e.membership_id for e in events}
    names = dict(Membership.objects.filter(pk__in=keys).values_list("pk", "person__name"))
    for event in events:
        yield f"{Office.Kind(event.kind).label}: {names.get(event.membership_id, '')}, {_days(event)}"


def _hindrances(events: Sequence[Any]) -> Iterator[str]:
    """Who could not sit, and who sat instead; why is not kept."""
    keys = {key for e in events for key in (e.membership_id, e.replacement_id)}
    names = dict(Membership.objects.filter(pk__in=keys).values_list("pk", "person__name"))
    for event in events:
        said = _("hindered: %(name)s") % {"name": names.get(event.membership_id, "")}
        if event.replacement_id:
            since = date_format(event.replaced_from, "SHORT_DATE_FORMAT")
            other = {"name": names.get(event.replacement_id, ""), "day": since}
            said = f"{said}, {_('replaced by %(name)s from %(day)s') % other}"
        yield f"{said}, {_days(event)}"


def _mandates(events: Sequence[Any]) -> Iterator[str]:
    """Which political mandate somebody held, and when."""
    names = dict(Person.objects.filter(pk__in={e.person_id for e in events}).values_list("pk", "name"))
    for event in events:
        kind = PublicOffice.Kind(event.kind).label
        yield f"{kind}: {names.get(event.person_id, '')}, {_days(event)}"


def _rules(events: Sequence[Any]) -> Iterator[str]:
    for event in events:
        kind = KINDS.get(event.rule)
        yield f"{kind.title}: {kind.words(event.value)}, {_days(event)}" if kind else event.rule


tellings.register(
    Telling(
        name="councils.councils",
        target="councils.council",
        beside=(
            Beside(model="councils.Term", link="council", words=_terms, alone=True),
            Beside(model="councils.Seat", link="council", words=_seats, alone=True),
            Beside(model="councils.Membership", link="council", words=_members, alone=True),
            Beside(model="councils.Office", link="council", words=_offices, alone=True),
            Beside(model="councils.Hindrance", link="membership__council", words=_hindrances, alone=True),
            Beside(
                model="councils.PublicOffice",
                link="person__memberships__council",
                words=_mandates,
                alone=True,
            ),
            Beside(model="councils.RuleChoice", link="council", words=_rules, alone=True),
        ),
    )
)
tellings.register(
    Telling(
        name="councils.people",
        target="councils.person",
        untold=frozenset({"gender", "email", "phone", "postal_address", "user"}),
    )
)
