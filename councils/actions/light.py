"""The light form: one page for a volunteer with Word. When it was, who was there, what was decided; one's own file hangs on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.attachments import attach
from core.files import CheckedUpload
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, verb
from councils.actions.deciding import TITLE, numbered
from councils.actions.meeting_shared import (
    checked,
    kept_meeting,
    moment,
    open_minutes,
    set_values,
)
from councils.actions.oldfiles import title_for
from councils.actions.shared import kept
from councils.models import AgendaItem, Council, Decision, Meeting, Membership, Presence
from councils.models.meeting import FILES, number_for
from councils.reading.roll import needed_for_quorum, roll_of

WHEN = ("starts_at", "ends_at", "location", "place")
DECISION = ("kind", "text", "how", "in_favour", "against", "abstained")
MOST_DECISIONS = 20
ITEM_KINDS = {Decision.Kind.ADVICE: AgendaItem.Kind.ADVICE, Decision.Kind.DECISION: AgendaItem.Kind.DECISION}


@verb
def write_light(
    *,
    council: Council,
    by: Actor,
    values: Mapping[str, Any],
    present: Iterable[Membership],
    decisions: Sequence[Mapping[str, Any]],
    meeting: Meeting | None = None,
    own: CheckedUpload | None = None,
    own_is_public: bool = False,
    version: str | None = None,
) -> Meeting:
    """Write a meeting that was held in the light form, or write it anew until its minutes are approved.

    Who was there was so for the whole meeting: presence by item is not kept. Each decision gets an item and a number; one that
    stands in the form (`uuid`) keeps its own, one that no longer does goes. `own` are minutes that somebody wrote in Word.
    """
    kept(council, by=by)
    if meeting is None:
        meeting = Meeting(council=council, number=number_for(council), works=Council.Works.LIGHT)
    else:
        meeting = kept_meeting(meeting, by=by, version=version)
        open_minutes(meeting)
        if not meeting.is_light:
            raise Refused(_("This meeting is written down in full."), "full")
    if decisions:
        meeting.works = Meeting.Works.LIGHT  # also where only a file was known until now
    set_values(meeting, values, WHEN)
    if meeting.starts_at > moment(None):
        raise Refused({"day": _("Write down a meeting when it is over.")}, "future")
    if len(decisions) > MOST_DECISIONS:
        raise Refused(_("At most %(most)d decisions.") % {"most": MOST_DECISIONS}, "many")
    meeting.opened_at = meeting.starts_at
    meeting.closed_at = meeting.ends_at or meeting.starts_at
    if meeting.state != Meeting.State.CLOSED:
        move(meeting, "state", Meeting.State.CLOSED)
    roll = roll_of(meeting) if meeting.pk else None
    with because("councils.light_written", by=by):
        if roll is None:
            _first(meeting)
            roll = roll_of(meeting)
        meeting.entitled = len(roll.entitled)
        meeting.quorum = needed_for_quorum(roll.rule("quorum"), meeting.entitled)
        checked(meeting)
        meeting.save()
        _present(meeting, list(present))
        _decisions(meeting, decisions)
    if own is not None:
        title = title_for("minutes", meeting.day)
        attach(kind=FILES, thing=meeting, upload=own, title=title, by=by, is_public=own_is_public)
    return meeting


def _first(meeting: Meeting) -> None:
    checked(meeting)
    meeting.save()


def _present(meeting: Meeting, present: Sequence[Membership]) -> None:
    """Exactly these were there, from beginning to end."""
    known = set(
        Membership.objects.current(meeting.day).filter(council=meeting.council).values_list("pk", flat=True)
    )
    wanted = {one.pk for one in present}
    if wanted - known:
        raise Refused({"present": _("Somebody of these had no seat in the council on that day.")}, "no_seat")
    for row in meeting.presences.all():
        if (
            row.membership_id in wanted
            and row.from_at == meeting.opened_at
            and row.until_at == meeting.closed_at
        ):
            wanted.discard(row.membership_id)
        else:
            row.delete()
    for key in sorted(wanted):
        row = Presence(meeting=meeting, membership_id=key, until_at=meeting.closed_at, left=Presence.Left.END)
        row.from_at = meeting.starts_at
        row.save()


def _decisions(meeting: Meeting, decisions: Sequence[Mapping[str, Any]]) -> None:
    """Exactly these were taken, in this order."""
    there = {str(one.uuid): one for one in meeting.decisions.select_related("item")}
    kept = {str(one["uuid"]) for one in decisions if one.get("uuid")}
    for key, old in there.items():
        if key not in kept:
            item = old.item
            old.delete()
            if item is not None:
                item.delete()
    for place, told in enumerate(decisions, 1):
        decision = there.get(str(told.get("uuid") or "")) or Decision(meeting=meeting)
        set_values(decision, told, DECISION)
        decision.title = title_of(str(told["text"]))
        decision.at = meeting.starts_at
        if decision.how == Decision.How.AGREEMENT:
            decision.in_favour = decision.against = decision.abstained = None
        decision.item = _item(meeting, decision, place)
        if decision.pk is None:
            numbered(decision)
        else:
            checked(decision)
            decision.save()


def _item(meeting: Meeting, decision: Decision, place: int) -> AgendaItem:
    """The item of a decision: in the light form there is one for each."""
    item = decision.item or AgendaItem(
        meeting=meeting, started_at=meeting.opened_at, ended_at=meeting.closed_at
    )
    item.order, item.title, item.state = place, decision.title, AgendaItem.State.DONE
    item.kind = ITEM_KINDS[Decision.Kind(decision.kind)]
    item.started_at, item.ended_at = meeting.opened_at, meeting.closed_at
    checked(item, leave=("agendaitem_order_unique",))
    item.save()
    return item


def title_of(text: str) -> str:
    """The first sentence of a text, as far as it goes in a title."""
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    sentence = first.split(". ")[0].rstrip(".")
    return sentence if len(sentence) <= TITLE else sentence[: TITLE - 1].rstrip() + "…"
