"""The verbs of minutes: typed lines, decisions in words, who does what, and their approval."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.digest import digest_of
from core.history import because
from core.states import move
from core.verbs import Actor, Operator, Refused, locked, require, same_version, verb
from councils.actions.deciding import numbered
from councils.actions.meeting_shared import (
    checked,
    current_item,
    item_of,
    moment,
    open_minutes,
    set_values,
    written_meeting,
)
from councils.models import (
    AgendaItem,
    Agreement,
    Approval,
    Council,
    Decision,
    Meeting,
    MinuteLine,
    MinutesVersion,
    Office,
    Person,
)
from councils.reading.record import minutes_of

LINE = ("text", "kind")
DECISION = ("title", "text", "kind", "how", "in_favour", "against", "abstained")
AGREEMENT = ("who", "who_else", "what", "due_on")
Role = Approval.Role


@verb
def add_line(
    *,
    meeting: Meeting,
    by: Actor,
    values: Mapping[str, Any],
    item: AgendaItem | None = None,
    at: dt.datetime | None = None,
) -> MinuteLine:
    """Type a line of the minutes, at an item (the one that goes on)."""
    meeting = written_meeting(meeting, by=by)
    when = moment_of_line(meeting, item, at)
    line = MinuteLine(meeting=meeting, item=_item(meeting, item, when), at=when)
    set_values(line, values, LINE)
    checked(line)
    with because("councils.line_written", by=by):
        line.save()
    return line


def _item(meeting: Meeting, item: AgendaItem | None, when: dt.datetime) -> AgendaItem | None:
    """The item that was named, or the one that goes on; after the meeting the last one that had begun, where the minutes show it.

    Whether a decision is behind closed doors follows from its item, and not from where it happens to be shown.
    """
    if item is not None:
        return item_of(meeting, item)
    begun = meeting.items.filter(started_at__lte=when).order_by("-started_at", "-order")
    return current_item(meeting) or begun.first()


def moment_of_line(meeting: Meeting, item: AgendaItem | None, at: dt.datetime | None) -> dt.datetime:
    """When something was: now while the meeting goes on, after it at the end of the item or of the meeting."""
    if at is not None or meeting.is_running:
        return moment(at)
    ended: dt.datetime = (item.ended_at if item is not None else None) or meeting.closed_at  # type: ignore[assignment]
    return ended


@verb
def change_line(
    *, line: MinuteLine, by: Actor, values: Mapping[str, Any], version: str | None = None
) -> MinuteLine:
    """Change a typed line; one that became empty goes."""
    written_meeting(line.meeting, by=by)
    line = locked(line, version=version)
    set_values(line, values, LINE)
    with because("councils.line_written", by=by):
        if not line.text.strip():
            line.delete()
        else:
            checked(line)
            line.save()
    return line


@verb
def decide(
    *,
    meeting: Meeting,
    by: Actor,
    values: Mapping[str, Any],
    item: AgendaItem | None = None,
    at: dt.datetime | None = None,
) -> Decision:
    """Write a decision that no vote made: everybody agreed, or (in the light form) the counts are all that is known."""
    meeting = written_meeting(meeting, by=by)
    when = moment_of_line(meeting, item, at)
    decision = Decision(meeting=meeting, item=_item(meeting, item, when), at=when)
    set_values(decision, values, DECISION)
    with because("councils.decided", by=by):
        return numbered(decision)


@verb
def change_decision(
    *, decision: Decision, by: Actor, values: Mapping[str, Any], version: str | None = None
) -> Decision:
    """Put the words of a decision right until the minutes are approved; its number and its vote stay."""
    written_meeting(decision.meeting, by=by)
    decision = locked(decision, version=version)
    allowed = DECISION if decision.vote_id is None else ("title", "text", "kind")
    set_values(decision, values, allowed)
    checked(decision)
    with because("councils.decided", by=by):
        decision.save()
    return decision


@verb
def agree_on(
    *,
    meeting: Meeting,
    by: Actor,
    values: Mapping[str, Any],
    item: AgendaItem | None = None,
    at: dt.datetime | None = None,
) -> Agreement:
    """Note who will do what, by when."""
    meeting = written_meeting(meeting, by=by)
    when = moment_of_line(meeting, item, at)
    agreement = Agreement(meeting=meeting, item=_item(meeting, item, when), at=when)
    set_values(agreement, values, AGREEMENT)
    if agreement.who is not None and agreement.who.council_id != meeting.council_id:
        raise Refused({"who": _("This is no member of the council.")}, "no_seat")
    checked(agreement)
    with because("councils.agreed", by=by):
        agreement.save()
    return agreement


@verb
def tick_off(*, agreement: Agreement, by: Actor, done: bool = True, version: str | None = None) -> Agreement:
    """Say that what was agreed is done, or not after all; also when the minutes are approved, and by who took it upon them."""
    meeting = locked(agreement.meeting, queryset=Meeting.objects.select_related("council"))
    agreement = locked(agreement, queryset=Agreement.objects.select_related("who__person"))
    if not _is_theirs(agreement, by):
        require("councils.keep_meeting", meeting, by=by)
    same_version(agreement, version)
    agreement.done_on = timezone.localdate() if done else None
    with because("councils.ticked_off", by=by):
        agreement.save()
    return agreement


def _is_theirs(agreement: Agreement, by: Actor) -> bool:
    key = getattr(by, "pk", None)
    return key is not None and agreement.who is not None and agreement.who.person.user_id == key


@verb
def approve_minutes(
    *, meeting: Meeting, by: Actor, role: str, digest: str, at: dt.datetime | None = None
) -> Meeting:
    """Approve the minutes as chair or as secretary: `digest` is that of the text that was read.

    With both, of the same text, they are frozen and for everybody. This is no qualified electronic signature.
    """
    council = meeting.council
    meeting = locked(meeting, queryset=Meeting.objects.select_related("location"))
    meeting.council = council
    require(PERMISSIONS[Role(role)], meeting, by=by)
    open_minutes(meeting)
    if not meeting.is_over:
        raise Refused(_("The meeting is not over yet."), "not_over")
    if meeting.is_file:
        raise Refused(
            _("The minutes of this meeting are a file of before: nothing is approved here."), "file"
        )
    content = minutes_of(meeting)
    if digest_of(content) != digest:
        raise Refused(_("The minutes changed since you read them. Read them once more."), "conflict")
    approval = Approval(
        meeting=meeting, role=role, person=_person(meeting.council, by), digest=digest, at=moment(at)
    )
    _other_hand(meeting, approval)
    checked(approval)
    with because("councils.minutes_approved", by=by):
        approval.save()
        roles = set(meeting.approvals.filter(digest=digest).values_list("role", flat=True))
        if roles == set(Role.values):
            MinutesVersion.objects.create(meeting=meeting, content=content, digest=digest)
            move(meeting, "minutes", Meeting.Minutes.APPROVED)
            meeting.save()
    return meeting


PERMISSIONS = {Role.CHAIR: "councils.chair_meeting", Role.SECRETARY: "councils.keep_meeting"}


def _other_hand(meeting: Meeting, approval: Approval) -> None:
    """Raise Refused when one person would approve in both roles, though the council has somebody for each."""
    if approval.person is None:
        return
    others = meeting.approvals.filter(digest=approval.digest, person=approval.person).exclude(
        role=approval.role
    )
    held = Office.objects.current(meeting.day).filter(
        council=meeting.council, kind__in=(Office.Kind.CHAIR, Office.Kind.SECRETARY)
    )
    if others.exists() and held.values("membership__person").distinct().count() > 1:
        raise Refused(_("Chair and secretary each approve for themselves."), "both")


def _person(council: Council, by: Actor) -> Person | None:
    if isinstance(by, Operator):
        return None
    return Person.objects.filter(municipality=council.municipality_id, user=by.pk).first()  # type: ignore[union-attr]
