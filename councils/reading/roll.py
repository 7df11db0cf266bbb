"""The roll of a meeting: every member with what is known of their presence, and who may vote at this moment."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from councils.makeup import Makeup, MemberFact, makeup_once
from councils.models import Excuse, Meeting, Presence, Proxy, Seat, Vote, Voter
from councils.rulesets import ruled

Mandate = Seat.Mandate


@dataclass(frozen=True)
class Attendee:
    """A member at a meeting: `now` is the presence that goes on, `spans` all of them, the first one first."""

    member: MemberFact
    mandate: str
    offices: tuple[str, ...]
    has_vote: bool
    instead_of: MemberFact | None
    spans: tuple[Presence, ...]
    excuse: Excuse | None
    given: Proxy | None

    @property
    def key(self) -> int:
        """The membership."""
        return self.member.key

    @property
    def now(self) -> Presence | None:
        """The presence that goes on."""
        return self.spans[-1] if self.spans and self.spans[-1].until_at is None else None

    @property
    def is_there(self) -> bool:
        """Whether they are in the room, at this moment of a meeting that goes on."""
        return self.now is not None

    @property
    def has_conflict(self) -> bool:
        """Whether they left for a conflict of interest and did not come back."""
        return bool(self.spans) and self.spans[-1].left == Presence.Left.CONFLICT

    def was_there(self, at: dt.datetime) -> bool:
        """Whether they were in the room at a moment."""
        return any(one.from_at <= at and (one.until_at is None or at < one.until_at) for one in self.spans)


@dataclass(frozen=True)
class Roll:
    """Everybody who belongs to the council on the day of the meeting, in the order in which they are named."""

    meeting: Meeting
    makeup: Makeup
    everybody: tuple[Attendee, ...]

    @cached_property
    def by_key(self) -> dict[int, Attendee]:
        """By membership."""
        return {one.key: one for one in self.everybody}

    @property
    def entitled(self) -> list[Attendee]:
        """Who has a vote, there or not."""
        return [one for one in self.everybody if one.has_vote]

    @property
    def there(self) -> list[Attendee]:
        """Who has a vote and is there now."""
        return [one for one in self.entitled if one.is_there]

    def voting_at(self, at: dt.datetime) -> list[Attendee]:
        """Who had a vote and was there at a moment."""
        return [one for one in self.entitled if one.was_there(at)]

    def proxies(self) -> list[Proxy]:
        """Those that count now: the holder is there and has a vote, the giver has one and is not there."""
        rows = (one.given for one in self.entitled if one.given is not None and not one.is_there)
        return [one for one in rows if self._votes_now(one.holder_id)]

    def _votes_now(self, key: int) -> bool:
        holder = self.by_key.get(key)
        return holder is not None and holder.has_vote and holder.is_there

    def is_quorate(self) -> bool | None:
        """Whether enough members with a vote are in the room (proxies are no presence); None when no quorum is asked."""
        quorum = self.quorum
        return None if quorum is None else len(self.there) >= quorum

    @property
    def quorum(self) -> int | None:
        """How many must be there: frozen when the meeting opened, before that by the rule of the day."""
        if self.meeting.opened_at is not None:
            return self.meeting.quorum
        return needed_for_quorum(self.rule("quorum"), len(self.entitled))

    def rule(self, key: str) -> object:
        """A rule of the council on the day of the meeting."""
        return ruled(self.makeup.rules, self.makeup.choices, key, self.meeting.day).value

    @property
    def proxies_most(self) -> int:
        """How many proxies one member may hold."""
        return int(str(self.rule("proxies_most")))

    def voters(self, vote: Vote) -> list[Voter]:
        """Who votes if a vote opens now, those by proxy after those who are there, not written yet."""
        own = [
            Voter(vote=vote, membership_id=one.key, is_chair="chair" in one.offices,
                  instead_of_id=one.instead_of.key if one.instead_of else None)
            for one in self.there
        ]  # fmt: skip
        return own + [Voter(vote=vote, membership_id=one.giver_id, proxy=one) for one in self.proxies()]


def needed_for_quorum(rule: object, entitled: int) -> int | None:
    """How many of so many must be there; None when the rules ask none."""
    return {
        "more_than_half": entitled // 2 + 1,
        "half": -(-entitled // 2),
        "third": -(-entitled // 3),
    }.get(str(rule))


def roll_of(meeting: Meeting) -> Roll:
    """The roll of a meeting, in four queries."""
    makeup = makeup_once(meeting.council)
    day = meeting.day
    spans: dict[int, list[Presence]] = {}
    for one in meeting.presences.order_by("from_at", "pk"):
        spans.setdefault(one.membership_id, []).append(one)
    excuses = {one.membership_id: one for one in meeting.excuses.all()}
    given = {one.giver_id: one for one in meeting.proxies.filter(withdrawn_at=None)}
    voters = {one.key for one in makeup.voters(day)}
    instead = {
        other.key: one
        for one in makeup.seated(day, Mandate.MEMBER)
        if (other := makeup.replacement_of(one, day)) is not None
    }
    people = _in_order(makeup, makeup.seated(day), day, voters)
    known = {one.key for one in people}
    # Whoever was there stays on the roll, also when a mistake of dates is put right later.
    people += [makeup.member[key] for key in spans if key not in known and key in makeup.member]
    return Roll(
        meeting,
        makeup,
        tuple(
            Attendee(
                one, makeup.mandate_of(one), tuple(makeup.offices_of(one, day)), one.key in voters, instead.get(one.key),
                tuple(spans.get(one.key, ())), excuses.get(one.key), given.get(one.key),
            )
            for one in people
        ),
    )  # fmt: skip


OFFICES = ("chair", "vice_chair", "secretary")


def _in_order(
    makeup: Makeup, people: Iterable[MemberFact], day: dt.date, voters: set[int]
) -> list[MemberFact]:
    """The chair first, then the others with an office, then who has a vote, then the others, each by rank and name."""

    def place(one: MemberFact) -> tuple[int, int]:
        offices = makeup.offices_of(one, day)
        first = next((number for number, kind in enumerate(OFFICES) if kind in offices), len(OFFICES))
        return (0 if one.key in voters else 1, first)

    return sorted(people, key=place)
