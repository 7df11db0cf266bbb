"""How a council was made up at any time, read in one query for one council or for many: what composition is judged by.

Plain facts with days, so that a judgement asks the database nothing and the same facts always give the same answer.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from councils.models import (
    Council,
    Hindrance,
    Membership,
    Office,
    PublicOffice,
    RuleChoice,
    Seat,
    Term,
)

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """Something with a first and a last day, both of which count; without a last one it goes on."""

    first_on: dt.date
    last_on: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        """Whether it counts on a day."""
        return self.first_on <= on and (self.last_on is None or on <= self.last_on)


@dataclass(frozen=True, kw_only=True)
class TermFact(Lasting):
    """A period for which the council is composed."""


@dataclass(frozen=True, kw_only=True)
class SeatFact(Lasting):
    """How many hold a mandate."""

    key: int
    mandate: str
    name: str = ""
    least: int = 0
    most: int = 200

    @property
    def place(self) -> tuple[str, str]:
        """Which places they are; another number of the same places is another fact."""
        return self.mandate, self.name


@dataclass(frozen=True, kw_only=True)
class MemberFact(Lasting):
    """Somebody in a seat; `gender` is for the judgement and for the secretary alone, and left out of how this is written."""

    key: int
    seat: int
    person: int
    name: str = ""
    gender: str = field(default="", repr=False)
    rank: int = 0
    delegation: str = ""
    decided_on: dt.date | None = None
    decision: str = ""
    decision_uri: str = ""
    uuid: str = ""
    person_uuid: str = ""

    def is_decided(self, on: dt.date) -> bool:
        """Whether a decision appointed them by a day."""
        return (
            self.decided_on is not None and self.decided_on <= on and bool(self.decision or self.decision_uri)
        )


@dataclass(frozen=True, kw_only=True)
class OfficeFact(Lasting):
    """What a member is beside a member."""

    member: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class HindranceFact(Lasting):
    """When a member cannot sit, and who sits instead."""

    member: int
    replacement: int | None = None
    replaced_from: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MandateFact(Lasting):
    """A political mandate of a person."""

    person: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ChoiceFact(Lasting):
    """What the council decided otherwise than its set of rules."""

    rule: str
    value: Any
    source: str = ""


L = TypeVar("L", bound=Lasting)


@dataclass(frozen=True)
class Makeup:
    """A council as it was made up at any time."""

    basis: str = "founded"
    founded_on: dt.date | None = None
    rules: str = "be"
    terms: tuple[TermFact, ...] = ()
    seats: tuple[SeatFact, ...] = ()
    members: tuple[MemberFact, ...] = ()
    offices: tuple[OfficeFact, ...] = ()
    hindrances: tuple[HindranceFact, ...] = ()
    mandates: tuple[MandateFact, ...] = ()
    choices: tuple[ChoiceFact, ...] = ()

    def is_founded(self, on: dt.date) -> bool:
        """Whether the municipal council had founded it by a day; before that it was free."""
        return self.basis == Council.Basis.FOUNDED and (self.founded_on is None or self.founded_on <= on)

    @cached_property
    def seat(self) -> dict[int, SeatFact]:
        """The seats by key."""
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def member(self) -> dict[int, MemberFact]:
        """The members of all time by key."""
        return {member.key: member for member in self.members}

    def mandate_of(self, member: MemberFact) -> str:
        """Member, substitute, observer…"""
        return self.seat[member.seat].mandate

    def place_of(self, member: MemberFact) -> tuple[str, str]:
        """In which places a member sits, whatever their number is by now."""
        return self.seat[member.seat].place

    def seated(self, on: dt.date, *mandates: str) -> list[MemberFact]:
        """Who has a seat of one of these mandates on a day, by rank and name."""
        found = [one for one in holding(self.members, on) if not mandates or self.mandate_of(one) in mandates]
        return sorted(found, key=lambda one: (one.rank or 9_999, by_name(one.name), one.key))

    def hindrance_of(self, member: MemberFact, on: dt.date) -> HindranceFact | None:
        """Why a member does not sit on a day."""
        return next((one for one in holding(self.hindrances, on) if one.member == member.key), None)

    def replacement_of(self, member: MemberFact, on: dt.date) -> MemberFact | None:
        """Who takes the place of a member on a day: the last one of the chain, when that one is hindered too."""
        taken, current = {member.key}, member
        while (hindrance := self.hindrance_of(current, on)) is not None:
            key, since = hindrance.replacement, hindrance.replaced_from
            other = self.member.get(key) if key is not None else None
            if other is None or since is None or since > on or not other.holds(on) or other.key in taken:
                break
            taken.add(other.key)
            current = other
        return current if current is not member else None

    def voters(self, on: dt.date) -> list[MemberFact]:
        """Who has a vote on a day: the members, and in the place of who is hindered the one who replaces them.

        A member who is hindered and not replaced keeps the place. Nobody has two votes.
        """
        found = [self.replacement_of(one, on) or one for one in self.seated(on, Seat.Mandate.MEMBER)]
        return list({one.key: one for one in found}.values())

    def offices_of(self, member: MemberFact, on: dt.date) -> list[str]:
        """What a member is beside a member on a day."""
        return [one.kind for one in holding(self.offices, on) if one.member == member.key]

    def edges(self) -> set[dt.date]:
        """The days on which something begins, or is over."""
        found: set[dt.date] = set()
        rows: Iterator[Lasting] = (
            row
            for group in (self.terms, self.seats, self.members, self.offices, self.hindrances, self.mandates, self.choices)
            for row in group
        )  # fmt: skip
        for row in rows:
            found.add(row.first_on)
            if row.last_on is not None and row.last_on < dt.date.max:
                found.add(row.last_on + DAY)
        found |= {one.replaced_from for one in self.hindrances if one.replaced_from}
        found |= {one.decided_on for one in self.members if one.decided_on}
        return found | ({self.founded_on} if self.founded_on else set())


def by_name(name: str) -> list[tuple[int, int, str]]:
    """How names are sorted: “Lid 2” before “Lid 10”."""
    parts = re.split(r"(\d{1,9})", name.casefold())
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts]


def holding(rows: Iterable[L], on: dt.date) -> list[L]:
    """Those that count on a day."""
    return [row for row in rows if row.holds(on)]


def _of(rows: "QuerySet[Any, Any]", link: str, **fields: Any) -> ArraySubquery:
    fields |= {"first_on": "first_on", "last_on": "last_on"}
    found = rows.filter(**{link: OuterRef("pk")}).order_by("first_on", "pk")
    return ArraySubquery(found.values(row=JSONObject(**fields)).values("row"))


def with_makeup(councils: "QuerySet[Council, Council]") -> "QuerySet[Council, Council]":
    """Councils with what `makeup_of` needs, still in one query."""
    people = Membership.objects.filter(council=OuterRef(OuterRef("pk")))
    offices = PublicOffice.objects.filter(person__in=people.values("person"))
    fields = {"person": "person_id", "kind": "kind", "first_on": "first_on", "last_on": "last_on"}
    rows: QuerySet[Any, Any] = offices.order_by("pk").values(row=JSONObject(**fields))
    found = ArraySubquery(rows.values("row"))
    return councils.annotate(
        facts_terms=_of(Term.objects.all(), "council"),
        facts_seats=_of(Seat.objects.all(), "council", key="pk", mandate="mandate", name="name", least="least", most="most"),
        facts_members=_of(
            Membership.objects.all(), "council", key="pk", seat="seat_id", person="person_id", name="person__name",
            gender="person__gender", rank="rank", delegation="delegation", decided_on="decided_on",
            decision="decision_number", decision_uri="decision_uri", uuid="uuid", person_uuid="person__uuid",
        ),
        facts_offices=_of(Office.objects.all(), "council", member="membership_id", kind="kind"),
        facts_hindrances=_of(
            Hindrance.objects.all(), "membership__council", member="membership_id", replacement="replacement_id",
            replaced_from="replaced_from",
        ),
        facts_choices=_of(RuleChoice.objects.all(), "council", rule="rule", value=F("value"), source="source"),
        facts_mandates=found,
    )  # fmt: skip


def makeup_of(council: Any) -> Makeup:
    """How a council was made up; one query, or none for one that came by `with_makeup`."""
    if not hasattr(council, "facts_members"):
        council = with_makeup(Council.objects.filter(pk=council.pk)).get()
    return Makeup(
        council.basis,
        council.founded_on,
        council.rules,
        _read(TermFact, council.facts_terms),
        _read(SeatFact, council.facts_seats),
        _read(MemberFact, council.facts_members),
        _read(OfficeFact, council.facts_offices),
        _read(HindranceFact, council.facts_hindrances),
        _read(MandateFact, council.facts_mandates),
        _read(ChoiceFact, council.facts_choices),
    )


def makeup_once(council: Any) -> Makeup:
    """How a council was made up, read once for all sections of its page."""
    if not hasattr(council, "_makeup"):
        council._makeup = makeup_of(council)
    made: Makeup = council._makeup
    return made


def _read(kind: type[L], rows: Iterable[dict[str, Any]]) -> tuple[L, ...]:
    """Rows of the database as facts: days come as text."""
    return tuple(
        kind(
            **{
                name: dt.date.fromisoformat(value) if value and name in DAYS else value
                for name, value in row.items()
            }
        )
        for row in rows
    )


DAYS = frozenset({"first_on", "last_on", "decided_on", "replaced_from"})
