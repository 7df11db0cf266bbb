"""The minutes that write themselves: presences, votes, decisions and pauses as sentences, with the typed lines between them.

`minutes_of` gives them as data, the same whether they are shown as a draft, frozen, printed or harvested; always in the language of
the municipality. What is behind closed doors is in it, and left out by `public_part`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.frozen import FORMAT, place_of
from councils.models import (
    AgendaItem,
    Agreement,
    Decision,
    Meeting,
    Presence,
    Vote,
)
from councils.reading.ballots import vote_told
from councils.reading.roll import Attendee, Roll, roll_of
from councils.reading.seated import names_of

LATE = dt.timedelta(minutes=5)
Line = dict[str, Any]
Section = dict[str, Any]


def minutes_of(meeting: Meeting, roll: Roll | None = None) -> dict[str, Any]:
    """The minutes of a meeting as data, in a fixed number of queries."""
    with translation.override(settings.LANGUAGE_CODE):
        roll = roll or roll_of(meeting)
        items = list(meeting.items.all())
        lines = [
            *_room(roll),
            *_typed(meeting),
            *_votes(meeting),
            *_decisions(meeting),
            *_agreements(meeting),
        ]
        return {
            "format": FORMAT,
            "uuid": str(meeting.uuid),
            "council": {"uuid": str(meeting.council.uuid), "name": meeting.council.name},
            "works": meeting.works,
            "starts_at": meeting.starts_at.isoformat(),
            "opened_at": _iso(meeting.opened_at),
            "closed_at": _iso(meeting.closed_at),
            "place": place_of(meeting),
            "entitled": meeting.entitled,
            "quorum": meeting.quorum,
            "attendance": [_attendance(roll, one) for one in roll.everybody],
            "sections": _sections(items, lines),
        }


def public_part(minutes: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody reads: of an item behind closed doors, that there was one."""
    return {**minutes, "sections": [_public(one) for one in minutes["sections"]]}


def _public(section: Section) -> Section:
    return {**section, "title": "", "lines": []} if section["is_closed"] else section


def _iso(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def hour(at: dt.datetime) -> str:
    """An hour on the clock of the municipality, as minutes write it."""
    return f"{timezone.localtime(at):%H.%M}"


def _line(at: dt.datetime, source: str, text: str, item: int | None = None, **more: Any) -> Line:
    return {"at": at.isoformat(), "hour": hour(at), "from": source, "text": text, "item": item, **more}


def _sections(items: Iterable[AgendaItem], lines: list[Line]) -> list[Section]:
    """The lines under their items: by the item that they name, else by the one that went on."""
    items = list(items)
    began = sorted((one for one in items if one.started_at), key=lambda one: (one.started_at, one.order))
    by_item: dict[int | None, list[Line]] = {one.pk: [] for one in items}
    by_item[None] = []
    for line in sorted(lines, key=lambda one: (one["at"], ORDER[one["from"]])):
        at, key = dt.datetime.fromisoformat(line["at"]), line.pop("item")
        if key is None:
            key = next((one.pk for one in reversed(began) if one.started_at and one.started_at <= at), None)
        by_item.setdefault(key, []).append(line)
    treated = [one for one in items if one.state != AgendaItem.State.WAITING or by_item[one.pk]]
    shown = [_section(one, by_item[one.pk]) for one in treated]
    if by_item[None]:
        shown.insert(
            0,
            {
                "order": 0,
                "uuid": "",
                "title": "",
                "kind": "",
                "is_closed": False,
                "state": "",
                "lines": by_item[None],
            },
        )
    return shown


# At the same moment: who is there before what is decided.
ORDER = {"state": 0, "presence": 1, "text": 2, "vote": 3, "decision": 4, "agreement": 5}


def _section(item: AgendaItem, lines: list[Line]) -> Section:
    if item.state == AgendaItem.State.DROPPED:
        lines = [{"at": "", "hour": "", "from": "state", "text": _("This item is dropped.")}, *lines]
    return {
        "order": item.order, "uuid": str(item.uuid), "title": item.title, "kind": item.kind,
        "is_closed": item.is_closed, "state": item.state, "lines": lines,
    }  # fmt: skip


# ---- who is there


def _attendance(roll: Roll, one: Attendee) -> dict[str, Any]:
    opened = roll.meeting.opened_at
    return {
        "member": one.member.uuid,
        "name": one.member.name,
        "offices": list(one.offices),
        "mandate": one.mandate,
        "has_vote": one.has_vote,
        "instead_of": one.instead_of.name if one.instead_of else "",
        "is_excused": one.excuse is not None,
        "at_start": bool(opened and one.spans and one.spans[0].from_at <= _start_of(opened)),
        "spans": [
            {
                "from": hour(span.from_at),
                "until": hour(span.until_at) if span.until_at else "",
                "left": span.left,
            }
            for span in one.spans
        ],
    }


def _room(roll: Roll) -> list[Line]:
    """Opening, who comes and goes, proxies, pauses, the end."""
    meeting = roll.meeting
    if meeting.opened_at is None:
        return []
    if meeting.is_light:
        return _light(roll)
    first = _start_of(meeting.opened_at)
    lines = [_line(meeting.opened_at, "state", _opening(roll, first))]
    for one in roll.everybody:
        if one.excuse is not None:
            lines.append(
                _line(
                    meeting.opened_at,
                    "presence",
                    _("%(name)s sent word not to come.") % {"name": one.member.name},
                )
            )
        lines += _comings(roll, one, first)
    for proxy in meeting.proxies.order_by("given_at"):
        lines += _proxy(roll, proxy)
    for pause in meeting.pauses.all():
        lines.append(_line(pause.from_at, "state", _("The meeting is adjourned.")))
        if pause.until_at:
            lines.append(_line(pause.until_at, "state", _("The meeting goes on.")))
    if meeting.closed_at:
        lines.append(_line(meeting.closed_at, "state", _("The chair closes the meeting.")))
    return lines


def _light(roll: Roll) -> list[Line]:
    there = [one.member.name for one in roll.everybody if one.spans]
    words = (
        _("Present: %(names)s. Presence by item was not kept.")
        if there
        else _("Who was there was not noted.")
    )
    return (
        [_line(roll.meeting.opened_at, "presence", words % {"names": names_of(there)})]
        if roll.meeting.opened_at
        else []
    )


def _start_of(opened: dt.datetime) -> dt.datetime:
    """Up to when who comes in was there from the start."""
    return opened + LATE


def _opening(roll: Roll, first: dt.datetime) -> str:
    meeting = roll.meeting
    there = [one for one in roll.entitled if one.spans and one.spans[0].from_at <= first]
    said = {"there": len(there), "all": meeting.entitled or 0, "quorum": meeting.quorum or 0}
    words = _("The chair opens the meeting. %(there)d of the %(all)d members with a vote are there.") % said
    if meeting.quorum is None:
        return words
    enough = len(there) >= meeting.quorum
    more = (
        _("The quorum of %(quorum)d is reached.") if enough else _("The quorum of %(quorum)d is not reached.")
    )
    return f"{words} {more % said}"


def _comings(roll: Roll, one: Attendee, first: dt.datetime) -> Iterable[Line]:
    name = one.member.name
    for number, span in enumerate(one.spans):
        if number or span.from_at > first:
            words = _("%(name)s comes back.") if number else _("%(name)s comes in.")
            yield _line(span.from_at, "presence", _now(roll, one, words % {"name": name}, span.from_at))
        if span.until_at is None or span.left == Presence.Left.END:
            continue
        conflict = span.left == Presence.Left.CONFLICT
        words = (
            _("%(name)s notes a conflict of interest and leaves the room.")
            if conflict
            else _("%(name)s leaves.")
        )
        yield _line(
            span.until_at, "presence", _now(roll, one, words % {"name": name}, span.until_at), span.item_id
        )


def _now(roll: Roll, one: Attendee, words: str, at: dt.datetime) -> str:
    if not one.has_vote:
        return words
    number = len(roll.voting_at(at))
    more = ngettext(
        "%(number)d member with a vote is there now.", "%(number)d members with a vote are there now.", number
    )
    return f"{words} {more % {'number': number}}"


def _proxy(roll: Roll, proxy: Any) -> Iterable[Line]:
    opened: dt.datetime = roll.meeting.opened_at  # type: ignore[assignment]
    names = {
        "giver": roll.makeup.member[proxy.giver_id].name,
        "holder": roll.makeup.member[proxy.holder_id].name,
    }
    if proxy.withdrawn_at is None or proxy.withdrawn_at > opened:
        words = _("%(giver)s gave a proxy to %(holder)s.")
        yield _line(max(proxy.given_at, opened), "presence", words % names)
    if proxy.withdrawn_at and proxy.withdrawn_at > opened:
        words = _("%(giver)s takes the proxy of %(holder)s back.")
        yield _line(proxy.withdrawn_at, "presence", words % names)


# ---- what is said and decided


def _typed(meeting: Meeting) -> list[Line]:
    return [
        _line(one.at, "text", one.text, one.item_id, uuid=str(one.uuid), kind=one.kind)
        for one in meeting.lines.all()
    ]


def _votes(meeting: Meeting) -> list[Line]:
    votes = Vote.objects.filter(item__meeting=meeting, state=Vote.State.CLOSED).select_related("item")
    rows = votes.prefetch_related(
        "voters__membership__person", "voters__proxy__holder__person", "secret_counts"
    )
    return [_vote(one) for one in rows.order_by("closed_at", "pk")]


def _vote(vote: Vote) -> Line:
    told = vote_told(vote)
    at: dt.datetime = vote.closed_at  # type: ignore[assignment]
    return _line(at, "vote", told["words"], vote.item_id, vote=told)


def _decisions(meeting: Meeting) -> list[Line]:
    return [_decision(one) for one in meeting.decisions.select_related("vote")]


def _decision(one: Decision) -> Line:
    told = {
        "uuid": str(one.uuid), "number": one.full_number, "year": one.year, "serial": one.number, "title": one.title,
        "text": one.text, "kind": one.kind, "kind_words": str(one.get_kind_display()),
        "vote": str(one.vote.uuid) if one.vote else "", "how": counts_words(one),
    }  # fmt: skip
    words = (
        _("Decision %(number)s: %(text)s")
        if one.kind == Decision.Kind.DECISION
        else _("Advice %(number)s: %(text)s")
    )
    return _line(one.at, "decision", words % told, one.item_id, decision=told)


def counts_words(one: Decision) -> str:
    """How a decision without a vote of its own was made, as far as it is known."""
    if one.vote_id is not None:
        return ""
    known = (one.in_favour, one.against, one.abstained)
    if one.how == Decision.How.VOTE and any(number is not None for number in known):
        words = _("%(for)d for, %(against)d against, %(abstained)d abstained")
        return words % {
            "for": one.in_favour or 0,
            "against": one.against or 0,
            "abstained": one.abstained or 0,
        }
    return str(one.get_how_display())


def _agreements(meeting: Meeting) -> list[Line]:
    rows = meeting.agreements.select_related("who__person")
    return [_line(one.at, "agreement", agreement_words(one), one.item_id, uuid=str(one.uuid)) for one in rows]


def agreement_words(one: Agreement) -> str:
    """Who does what, by when."""
    told = {"who": one.owner, "what": one.what}
    if one.due_on is None:
        return _("Agreed: %(who)s: %(what)s") % told
    return _("Agreed: %(who)s, by %(day)s: %(what)s") % {**told, "day": date_format(one.due_on, "j F Y")}
