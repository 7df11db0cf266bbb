"""Who sits in a council on a day, as its page says it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from councils.makeup import Makeup, MemberFact, holding
from councils.models import Office, Seat

Mandate = Seat.Mandate
OFFICES = (Office.Kind.CHAIR, Office.Kind.VICE_CHAIR, Office.Kind.SECRETARY)


@dataclass(frozen=True)
class Seated:
    """Somebody in the council: what they are there, and what else there is to say."""

    key: int
    uuid: str
    name: str
    office: str
    words: str
    delegation: str = ""


@dataclass(frozen=True)
class Chair:
    """A place at the drawn table."""

    x: int
    y: int
    is_free: bool

    @property
    def plus(self) -> str:
        """The sign in a free one."""
        return f"M{self.x - 5} {self.y}h10M{self.x} {self.y - 5}v10"


TABLE = (
    *((x, 26) for x in (58, 89, 120, 151, 182)),
    (218, 66),
    *((x, 106) for x in (182, 151, 120, 89, 58)),
    (22, 66),
)


@dataclass(frozen=True)
class Table:
    """How many places with a vote there are and how many are taken."""

    places: int
    taken: int
    least: int

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(self.places - self.taken, 0)

    @property
    def chairs(self) -> list[Chair]:
        """The drawing; none when there are more than it has room for."""
        if self.places > len(TABLE):
            return []
        return [Chair(x, y, number >= self.taken) for number, (x, y) in enumerate(TABLE[: self.places])]


@dataclass(frozen=True)
class Bench:
    """Everybody in a council on a day, in groups."""

    makeup: Makeup
    on: dt.date

    @cached_property
    def table(self) -> Table:
        """The places with a vote."""
        seats = [one for one in holding(self.makeup.seats, self.on) if one.mandate == Mandate.MEMBER]
        taken = len(self.makeup.seated(self.on, Mandate.MEMBER))
        return Table(sum(one.most for one in seats), taken, sum(one.least for one in seats))

    @cached_property
    def voting(self) -> list[Seated]:
        """Who has a vote, officers first."""
        place_of = {
            other.key: one
            for one in self.makeup.seated(self.on, Mandate.MEMBER)
            if (other := self.makeup.replacement_of(one, self.on)) is not None
        }
        found = [self._said(one, place_of.get(one.key)) for one in self.makeup.voters(self.on)]
        return sorted(found, key=lambda one: not one.office)

    @property
    def officers(self) -> list[Seated]:
        """Chair, vice-chair and secretary."""
        return [one for one in self.voting if one.office]

    @property
    def members(self) -> list[Seated]:
        """The others with a vote."""
        return [one for one in self.voting if not one.office]

    @cached_property
    def others(self) -> list[Seated]:
        """Who sits there without a vote: observers, experts, substitutes, and who is hindered."""
        voters = {one.key for one in self.makeup.voters(self.on)}
        return [self._said(one) for one in self.makeup.seated(self.on) if one.key not in voters]

    @cached_property
    def secretary(self) -> Seated | None:
        """Who writes."""
        return next(
            (
                self._said(one)
                for one in self.makeup.seated(self.on)
                if Office.Kind.SECRETARY in self.makeup.offices_of(one, self.on)
            ),
            None,
        )

    @property
    def until(self) -> dt.date | None:
        """The last day of the term."""
        return next((one.last_on for one in holding(self.makeup.terms, self.on)), None)

    def _said(self, one: MemberFact, instead_of: MemberFact | None = None) -> Seated:
        offices = self.makeup.offices_of(one, self.on)
        office = ", ".join(str(kind.label) for kind in OFFICES if kind in offices)
        return Seated(one.key, one.uuid, one.name, office, self._words(one, instead_of), one.delegation)

    def _words(self, one: MemberFact, instead_of: MemberFact | None) -> str:
        words = self._since(one, instead_of)
        voted = self.makeup.mandate_of(one) in (Mandate.MEMBER, Mandate.SUBSTITUTE)
        if voted and self.makeup.is_founded(self.on) and not one.is_decided(self.on):
            words = _("%(words)s, appointed without a decision") % {"words": words}
        return words

    def _since(self, one: MemberFact, instead_of: MemberFact | None) -> str:
        hindrance = self.makeup.hindrance_of(one, self.on)
        if instead_of is not None:
            since = self.makeup.hindrance_of(instead_of, self.on)
            first = (since.replaced_from if since else None) or one.first_on
            return _("since %(day)s, for %(name)s") % {"day": day_words(first), "name": instead_of.name}
        if hindrance is not None:
            return _("hindered since %(day)s") % {"day": day_words(hindrance.first_on)}
        mandate = self.makeup.mandate_of(one)
        since_words = _("since %(day)s") % {"day": day_words(one.first_on)}
        if mandate == Mandate.MEMBER:
            return since_words
        name = self.makeup.seat[one.seat].name or str(Mandate(mandate).label)
        return f"{name}, {since_words}"


def day_words(day: dt.date) -> str:
    """A day in words; the first of January is a year."""
    return str(day.year) if (day.month, day.day) == (1, 1) else date_format(day, "j F Y")


def names_of(people: Sequence[str]) -> str:
    """Some names in a sentence."""
    if len(people) < 2:
        return "".join(people)
    return _("%(names)s and %(last)s") % {"names": ", ".join(people[:-1]), "last": people[-1]}
