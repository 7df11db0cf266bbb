"""The verbs for a meeting and its agenda: plan, change, put in order, send, call off."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.digest import digest_of
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, verb
from councils.actions.inviting import invite
from councils.actions.meeting_shared import (
    checked,
    item_of,
    kept_meeting,
    moment,
    open_minutes,
    set_values,
)
from councils.actions.shared import kept
from councils.frozen import agenda_of
from councils.models import AgendaItem, AgendaVersion, Council, Meeting
from councils.models.meeting import number_for

MEETING = ("starts_at", "ends_at", "works", "location", "place", "how", "join_url", "is_public")
ITEM = ("title", "text", "kind", "minutes_planned", "is_closed", "plan", "advice")
MOST_ITEMS = 60
ORDER = ("agendaitem_order_unique",)
State = Meeting.State


@verb
def plan_meeting(*, council: Council, by: Actor, values: Mapping[str, Any]) -> Meeting:
    """Plan a meeting, written down as the council works unless the values say otherwise; only who keeps the council sees it."""
    council = kept(council, by=by)
    meeting = Meeting(council=council, number=number_for(council), works=council.works)
    set_values(meeting, values, MEETING)
    _of_here(meeting)
    checked(meeting)
    with because("councils.meeting_planned", by=by):
        meeting.save()
    return meeting


@verb
def change_meeting(
    *, meeting: Meeting, by: Actor, values: Mapping[str, Any], version: str | None = None
) -> Meeting:
    """Change when, where and how; how it is written down only before it begins."""
    meeting = kept_meeting(meeting, by=by, version=version)
    open_minutes(meeting)
    before, day = meeting.works, meeting.day
    set_values(meeting, values, MEETING)
    if meeting.works != before and meeting.opened_at is not None:
        raise Refused({"works": _("The meeting began already: what was written down stays.")}, "began")
    if meeting.day != day:
        meeting.reminded_at = None  # of the new day nobody was reminded
    _of_here(meeting)
    checked(meeting)
    with because("councils.meeting_changed", by=by):
        meeting.save()
    return meeting


def _of_here(meeting: Meeting) -> None:
    if meeting.location is not None and meeting.location.municipality_id != meeting.council.municipality_id:
        raise Refused({"location": _("This belongs to another municipality.")}, "elsewhere")


@verb
def cancel_meeting(*, meeting: Meeting, by: Actor, version: str | None = None) -> Meeting:
    """Call a meeting off before it begins."""
    meeting = kept_meeting(meeting, by=by, version=version)
    move(meeting, "state", State.CANCELLED, refusal=_("Only a meeting that did not begin can be called off."))
    with because("councils.meeting_cancelled", by=by):
        meeting.save()
    return meeting


@verb
def add_item(*, meeting: Meeting, by: Actor, values: Mapping[str, Any]) -> AgendaItem:
    """Add an item as the last one of the agenda; also during the meeting, when something comes up."""
    meeting = kept_meeting(meeting, by=by)
    open_minutes(meeting)
    if meeting.state in (State.CLOSED, State.CANCELLED):
        raise Refused(_("The meeting is over."), "over")
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("An agenda has %(most)d items at most.") % {"most": MOST_ITEMS}, "many")
    last = meeting.items.aggregate(most=Max("order"))["most"] or 0
    item = AgendaItem(meeting=meeting, order=last + 1)
    _write(item, values)
    with because("councils.item_added", by=by):
        item.save()
    return item


@verb
def change_item(
    *, item: AgendaItem, by: Actor, values: Mapping[str, Any], version: str | None = None
) -> AgendaItem:
    """Change an item; what was sent before stays in its version of the agenda."""
    meeting = kept_meeting(item.meeting, by=by)
    open_minutes(meeting)
    item = item_of(meeting, item, version)
    _write(item, values)
    with because("councils.item_changed", by=by):
        item.save()
    return item


def _write(item: AgendaItem, values: Mapping[str, Any]) -> None:
    set_values(item, values, ITEM)
    if item.plan is not None and item.plan.municipality_id != item.meeting.council.municipality_id:
        raise Refused({"plan": _("This belongs to another municipality.")}, "elsewhere")
    if item.advice is not None and item.advice.council_id != item.meeting.council_id:
        raise Refused({"advice": _("This is the advice of another council.")}, "elsewhere")
    checked(item, leave=ORDER)


@verb
def order_items(*, meeting: Meeting, by: Actor, keys: Sequence[int], version: str | None = None) -> Meeting:
    """Put the items in this order; those that began keep their place before the others."""
    meeting = kept_meeting(meeting, by=by, version=version)
    open_minutes(meeting)
    items = {one.pk: one for one in meeting.items.select_for_update()}
    if sorted(items) != sorted(keys):
        raise Refused(_("Somebody changed the agenda in the meantime. Look at it once more."), "conflict")
    began = [one.pk for one in items.values() if one.started_at is not None]
    if list(keys[: len(began)]) != began:
        raise Refused(_("An item that began keeps its place."), "began")
    with because("councils.items_ordered", by=by):
        for place, key in enumerate(keys, 1):
            if items[key].order != place:
                items[key].order = place
                items[key].save()
        meeting.save()
    return meeting


@verb
def remove_item(*, item: AgendaItem, by: Actor, version: str | None = None) -> None:
    """Take an item off the agenda, while nothing hangs on it; during the meeting it is dropped instead, and says so."""
    meeting = kept_meeting(item.meeting, by=by)
    open_minutes(meeting)
    item = item_of(meeting, item, version)
    if meeting.opened_at is not None or item.started_at is not None:
        raise Refused(_("The meeting began already: drop the item, so that the minutes say so."), "began")
    with because("councils.item_removed", by=by):
        order = item.order
        item.delete()
        for one in meeting.items.filter(order__gt=order).order_by("order"):
            one.order = F("order") - 1
            one.save()


@verb
def convene(
    *, meeting: Meeting, by: Actor, kind: str = AgendaVersion.Kind.DRAFT, version: str | None = None
) -> AgendaVersion:
    """Freeze the agenda as it is and send it to the members; from the first time on the meeting is public.

    Nothing is sent when the agenda is as the last version and of the same kind.
    """
    meeting = kept_meeting(meeting, by=by, version=version)
    if meeting.opened_at is not None or meeting.state == State.CANCELLED:
        raise Refused(_("Only the agenda of a meeting that is still to come can be sent."), "began")
    if not meeting.is_light and not meeting.items.exists():
        raise Refused(_("Put something on the agenda first."), "empty")
    content = agenda_of(meeting)
    last = meeting.agendas.last()
    if last is not None and last.kind == AgendaVersion.Kind.FINAL and kind == AgendaVersion.Kind.DRAFT:
        raise Refused(_("The final agenda was sent. Send a supplement."), "final")
    if last is not None and last.digest == digest_of(content) and last.kind == kind:
        raise Refused(_("This agenda was sent already, and nothing changed."), "same")
    frozen = AgendaVersion(
        meeting=meeting, number=(last.number if last else 0) + 1, kind=kind, content=content,
        digest=digest_of(content),
    )  # fmt: skip
    checked(frozen)
    with because("councils.convened", by=by):
        frozen.save()
        if meeting.state == State.PLANNED:
            move(meeting, "state", State.CONVENED)
        meeting.convened_at = meeting.convened_at or moment(None)
        meeting.save()
    invite(frozen)
    return frozen
