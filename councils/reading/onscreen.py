"""What the screen of an evening shows: the strip of items, the open vote, who is there, the minutes until now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from councils.counting import least, said
from councils.models import AgendaItem, Meeting, Pause, Proxy, Vote, Voter
from councils.reading.ballots import option_words
from councils.reading.record import hour, minutes_of
from councils.reading.roll import Attendee, Roll

Item = AgendaItem.State


@dataclass(frozen=True)
class Row:
    """A member in the list; `voters` are the votes that they write in the open vote: their own, and those of who gave a proxy."""

    one: Attendee
    words: str
    form: str
    voters: tuple[Voter, ...]
    is_open: bool

    @property
    def is_there(self) -> bool:
        """Whether they are in the room."""
        return self.one.is_there


@dataclass(frozen=True)
class Screen:
    """The evening as it is now."""

    items: list[AgendaItem]
    current: AgendaItem | None
    following: AgendaItem | None
    vote: Vote | None
    prepared: list[Vote]
    rows: list[Row]
    roll: Roll
    pause: Pause | None
    proxies: list[Proxy]
    record: dict[str, Any]
    counts: dict[str, int]
    papers: list[tuple[int, str]]

    @property
    def needed(self) -> int | None:
        """How many votes are needed of what was chosen until now."""
        return least(self.counts["whole"], self.vote.majority) if self.vote else None

    @property
    def open_names(self) -> list[str]:
        """For whom nothing is written yet."""
        return [voter.membership.person.name for row in self.rows for voter in row.voters if not voter.choice]


def screen_of(meeting: Meeting, roll: Roll) -> Screen:
    """The screen of a meeting, in a fixed number of queries."""
    items = list(meeting.items.all())
    current = next((one for one in items if one.state == Item.RUNNING), None)
    votes = list(
        Vote.objects.filter(item__meeting=meeting)
        .exclude(state=Vote.State.CLOSED)
        .select_related("item")
        .order_by("pk")
    )
    vote = next((one for one in votes if one.is_open), None)
    voters = list(vote.voters.select_related("membership__person", "proxy")) if vote else []
    return Screen(
        items=items,
        current=current,
        following=_following(items, current),
        vote=vote,
        prepared=[
            one for one in votes if not one.is_open and current is not None and one.item_id == current.pk
        ],
        rows=[_row(one, voters, vote) for one in roll.everybody],
        roll=roll,
        pause=meeting.pauses.filter(until_at=None).first(),
        proxies=list(
            meeting.proxies.filter(withdrawn_at=None).select_related("giver__person", "holder__person")
        ),
        record=_record(meeting, roll),
        counts=_counts(vote, voters),
        papers=_papers(vote),
    )


def _record(meeting: Meeting, roll: Roll) -> dict[str, Any]:
    """The minutes, with what it takes to change a typed line."""
    record = minutes_of(meeting, roll)
    rows = {str(one.uuid): one for one in meeting.lines.all()}
    for section in record["sections"]:
        for line in section["lines"]:
            if line["from"] == "text" and line.get("uuid") in rows:
                row = rows[line["uuid"]]
                line |= {"key": row.pk, "version": row.version}
    return record


def _following(items: list[AgendaItem], current: AgendaItem | None) -> AgendaItem | None:
    after = current.order if current else 0
    return next((one for one in items if one.order > after and one.state == Item.WAITING), None)


def _row(one: Attendee, voters: list[Voter], vote: Vote | None) -> Row:
    own = tuple(
        voter
        for voter in voters
        if (voter.proxy.holder_id if voter.proxy else voter.membership_id) == one.key
    )
    is_named = vote is not None and vote.how == Vote.How.NAMES
    return Row(
        one,
        _words(one),
        _form(one),
        own if is_named else (),
        any(not voter.choice for voter in own) and is_named,
    )


def _form(one: Attendee) -> str:
    if one.is_there:
        return "full"
    return "half" if one.spans else "struck"


def _words(one: Attendee) -> str:
    if one.now is not None:
        return _("since %(hour)s") % {"hour": hour(one.now.from_at)}
    if one.has_conflict and one.spans[-1].until_at:
        return _("conflict of interest at %(hour)s") % {"hour": hour(one.spans[-1].until_at)}
    if one.spans and one.spans[-1].until_at:
        return _("left at %(hour)s") % {"hour": hour(one.spans[-1].until_at)}
    return _("sent word not to come") if one.excuse else _("is not there")


def _counts(vote: Vote | None, voters: list[Voter]) -> dict[str, int]:
    told = [one.choice for one in voters]
    found = {choice: told.count(choice) for choice in ("for", "against", "abstains", "apart")}
    found |= {"open": told.count(""), "all": len(told), "whole": 0}
    if vote is not None:
        valid = found["for"] + found["against"]
        entitled = vote.entitled or 0
        found["whole"] = {"valid": valid, "present": valid + found["abstains"], "entitled": entitled}[
            said(vote).base
        ]
    return found


def _papers(vote: Vote | None) -> list[tuple[int, str]]:
    if vote is None or not vote.is_secret:
        return []
    named = [(place, option_words(option).capitalize()) for place, option in enumerate(vote.options, 1)]
    return [*named, (0, _("blank").capitalize()), (-1, _("not valid").capitalize())]
