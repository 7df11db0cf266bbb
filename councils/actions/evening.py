"""The verbs of the evening: open, go to an item, who comes and goes, proxies, pauses, close. Each is an event with its hour."""

import datetime as dt

from django.utils.translation import gettext as _

from core.history import because
from core.states import move
from core.verbs import Actor, Refused, locked, verb
from councils.actions.meeting_shared import (
    checked,
    current_item,
    item_of,
    kept_meeting,
    moment,
    open_minutes,
    running_meeting,
)
from councils.models import (
    AgendaItem,
    Excuse,
    Meeting,
    Membership,
    Pause,
    Presence,
    Proxy,
    Vote,
)
from councils.reading.roll import needed_for_quorum, roll_of

State, Item = Meeting.State, AgendaItem.State


@verb
def open_meeting(
    *, meeting: Meeting, by: Actor, at: dt.datetime | None = None, version: str | None = None
) -> Meeting:
    """Open a meeting and go to its first item; quorum and number of members with a vote are frozen by the rules of the day."""
    meeting = kept_meeting(meeting, by=by, version=version)
    move(meeting, "state", State.RUNNING, refusal=_("This meeting was opened already, or is called off."))
    roll = roll_of(meeting)
    meeting.entitled = len(roll.entitled)
    meeting.quorum = needed_for_quorum(roll.rule("quorum"), meeting.entitled)
    meeting.opened_at = moment(at)
    checked(meeting)
    with because("councils.meeting_opened", by=by):
        meeting.save()
        first = meeting.items.filter(state=Item.WAITING).first()
        if first is not None:
            _start(first, meeting.opened_at)
    return meeting


@verb
def go_to(*, item: AgendaItem, by: Actor, at: dt.datetime | None = None) -> AgendaItem:
    """Go to an item; the one before ends. An open vote holds it back, so does a pause."""
    meeting = running_meeting(item.meeting, by=by)
    item = item_of(meeting, item)
    if item.state == Item.RUNNING:
        raise Refused(_("This item is going on already."), "running")
    now = moment(at)
    _nothing_open(meeting)
    with because("councils.item_started", by=by):
        end_item(meeting, now)
        _start(item, now)
    return item


@verb
def drop_item(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Drop an item that is not treated; the minutes say so."""
    meeting = kept_meeting(item.meeting, by=by)
    open_minutes(meeting)
    item = item_of(meeting, item)
    move(item, "state", Item.DROPPED, refusal=_("Only an item that did not begin can be dropped."))
    with because("councils.item_dropped", by=by):
        item.save()
    return item


def _start(item: AgendaItem, now: dt.datetime) -> None:
    move(item, "state", Item.RUNNING, refusal=_("This item was dropped."))
    item.started_at = item.started_at or now
    item.ended_at = None
    item.save()


def end_item(meeting: Meeting, now: dt.datetime) -> None:
    """End the item that goes on; who left it for a conflict of interest is called back in by hand."""
    current = current_item(meeting)
    if current is not None:
        move(current, "state", Item.DONE)
        current.ended_at = now
        current.save()


def _nothing_open(meeting: Meeting) -> None:
    if Vote.objects.filter(item__meeting=meeting, state=Vote.State.OPEN).exists():
        raise Refused(_("A vote is open. Close it first."), "vote_open")
    if meeting.pauses.filter(until_at=None).exists():
        raise Refused(_("The meeting is adjourned. Go on first."), "paused")


@verb
def come_in(
    *, meeting: Meeting, membership: Membership, by: Actor, at: dt.datetime | None = None
) -> Presence:
    """A member comes in, or comes back; an excuse of before goes."""
    meeting = running_meeting(meeting, by=by)
    _of_the_day(meeting, membership)
    now = moment(at)
    presence = Presence(meeting=meeting, membership=membership, from_at=now)
    checked(presence)
    with because("councils.came_in", by=by):
        meeting.excuses.filter(membership=membership).delete()
        presence.save()
    return presence


@verb
def all_come_in(*, meeting: Meeting, by: Actor, at: dt.datetime | None = None) -> int:
    """Everybody who has a seat, did not send word and is not replaced comes in at once; how many."""
    meeting = running_meeting(meeting, by=by)
    now = moment(at)
    roll = roll_of(meeting)
    replaced = {one.instead_of.key for one in roll.everybody if one.instead_of is not None}
    coming = [
        one for one in roll.everybody if not one.spans and one.excuse is None and one.key not in replaced
    ]
    with because("councils.came_in", by=by):
        for one in coming:
            Presence.objects.create(meeting=meeting, membership_id=one.key, from_at=now)
    return len(coming)


@verb
def go_out(
    *,
    meeting: Meeting,
    membership: Membership,
    by: Actor,
    why: str = Presence.Left.LEFT,
    at: dt.datetime | None = None,
) -> Presence:
    """A member leaves; for a conflict of interest it is noted at the item that goes on.

    While a vote is open nobody who votes in it leaves: who was present is frozen then.
    """
    meeting = running_meeting(meeting, by=by)
    presence = _open_presence(meeting, membership)
    votes = Vote.objects.filter(item__meeting=meeting, state=Vote.State.OPEN)
    if (
        votes.filter(voters__membership=membership).exists()
        or votes.filter(voters__proxy__holder=membership).exists()
    ):
        raise Refused(
            _("This member votes in the vote that is open. Close it, or take it back, before they leave."),
            "vote_open",
        )
    presence.until_at, presence.left = moment(at), why
    presence.item = current_item(meeting) if why == Presence.Left.CONFLICT else None
    if why == Presence.Left.CONFLICT and presence.item is None:
        raise Refused(_("A conflict of interest is about an item. Go to the item first."), "no_item")
    checked(presence)
    with because("councils.went_out", by=by):
        presence.save()
    return presence


def _open_presence(meeting: Meeting, membership: Membership) -> Presence:
    found = meeting.presences.select_for_update().filter(membership=membership, until_at=None).first()
    if found is None:
        raise Refused(_("This member is not in the room."), "not_there")
    return found


def _of_the_day(meeting: Meeting, *memberships: Membership) -> None:
    """Raise Refused for who has no seat in the council on the day of the meeting."""
    for one in memberships:
        if (
            one.council_id != meeting.council_id
            or not Membership.objects.current(meeting.day).filter(pk=one.pk).exists()
        ):
            raise Refused(_("This person has no seat in the council on the day of the meeting."), "no_seat")


@verb
def excuse(*, meeting: Meeting, membership: Membership, by: Actor, at: dt.datetime | None = None) -> Excuse:
    """A member sent word that they will not come."""
    meeting = kept_meeting(meeting, by=by)
    open_minutes(meeting)
    _of_the_day(meeting, membership)
    if meeting.presences.filter(membership=membership).exists():
        raise Refused(_("This member was there."), "there")
    row = Excuse(meeting=meeting, membership=membership, at=moment(at))
    checked(row)
    with because("councils.excused", by=by):
        row.save()
    return row


@verb
def give_proxy(
    *,
    meeting: Meeting,
    giver: Membership,
    holder: Membership,
    by: Actor,
    at: dt.datetime | None = None,
) -> Proxy:
    """A member lets another vote for them, up to as many for one holder as the council's rule allows."""
    meeting = kept_meeting(meeting, by=by)
    open_minutes(meeting)
    _of_the_day(meeting, giver, holder)
    roll = roll_of(meeting)
    for one, words in (
        (giver, _("Who gives a proxy has a vote.")),
        (holder, _("Who holds a proxy has a vote.")),
    ):
        if not roll.by_key[one.pk].has_vote:
            raise Refused(words, "no_vote")
    most = roll.proxies_most
    if meeting.proxies.filter(holder=holder, withdrawn_at=None).count() >= most:
        words = _("By the rules of this council a member holds %(most)d proxies at most.")
        raise Refused({"holder": words % {"most": most}}, "many")
    _no_vote(meeting)
    proxy = Proxy(meeting=meeting, giver=giver, holder=holder, given_at=moment(at))
    checked(proxy)
    with because("councils.proxy_given", by=by):
        proxy.save()
    return proxy


@verb
def withdraw_proxy(*, proxy: Proxy, by: Actor, at: dt.datetime | None = None) -> Proxy:
    """Take a proxy back; it stays in the history of the meeting."""
    meeting = kept_meeting(proxy.meeting, by=by)
    open_minutes(meeting)
    _no_vote(meeting)
    proxy = locked(proxy)
    if proxy.withdrawn_at is not None:
        raise Refused(_("This proxy was withdrawn already."), "withdrawn")
    proxy.withdrawn_at = moment(at)
    checked(proxy)
    with because("councils.proxy_withdrawn", by=by):
        proxy.save()
    return proxy


def _no_vote(meeting: Meeting) -> None:
    if Vote.objects.filter(item__meeting=meeting, state=Vote.State.OPEN).exists():
        raise Refused(_("A vote is open: who votes in it stays as it is."), "vote_open")


@verb
def adjourn(*, meeting: Meeting, by: Actor, at: dt.datetime | None = None) -> Pause:
    """Adjourn the meeting for a while."""
    meeting = running_meeting(meeting, by=by)
    _nothing_open(meeting)
    pause = Pause(meeting=meeting, from_at=moment(at))
    checked(pause)
    with because("councils.adjourned", by=by):
        pause.save()
    return pause


@verb
def resume(*, meeting: Meeting, by: Actor, at: dt.datetime | None = None) -> Pause:
    """Go on after a pause."""
    meeting = running_meeting(meeting, by=by)
    pause = meeting.pauses.select_for_update().filter(until_at=None).first()
    if pause is None:
        raise Refused(_("The meeting is not adjourned."), "not_paused")
    pause.until_at = moment(at)
    checked(pause)
    with because("councils.resumed", by=by):
        pause.save()
    return pause


@verb
def close_meeting(*, meeting: Meeting, by: Actor, at: dt.datetime | None = None) -> Meeting:
    """Close the meeting: the item that goes on ends, who is there goes home. Items that did not come stay as they are."""
    meeting = running_meeting(meeting, by=by)
    _nothing_open(meeting)
    now = moment(at)
    move(meeting, "state", State.CLOSED)
    meeting.closed_at = now
    checked(meeting)
    with because("councils.meeting_closed", by=by):
        end_item(meeting, now)
        for one in meeting.presences.filter(until_at=None):
            one.until_at, one.left = now, Presence.Left.END
            one.save()
        meeting.save()
    return meeting
