"""Minutes of before, as files: each stands at the meeting of its day, which is added as such where there is none."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.attachments import attach
from core.files import CheckedUpload
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, verb
from councils.actions.meeting_shared import checked
from councils.actions.shared import kept
from councils.models import Council, Meeting
from councils.models.meeting import FILES, number_for

NOON = dt.time(12)  # nobody knows at what hour it was; no page says one


@verb
def bring_old_minutes(
    *,
    council: Council,
    by: Actor,
    day: dt.date,
    upload: CheckedUpload,
    title: str,
    is_public: bool = False,
) -> Meeting:
    """Bring a file of a meeting of before: to the meeting of that day, or to a new one of which the file is all that is known."""
    council = kept(council, by=by)
    if day > timezone.localdate():
        raise Refused({"day": _("Bring the file of a meeting that was held.")}, "future")
    meeting = council.meetings.held().filter(starts_at__date=day).order_by("starts_at").first()
    if meeting is None:
        meeting = _of_before(council, day, by)
    meeting.council = council
    attach(kind=FILES, thing=meeting, upload=upload, title=title, by=by, is_public=is_public)
    return meeting


def _of_before(council: Council, day: dt.date, by: Actor) -> Meeting:
    at = timezone.make_aware(dt.datetime.combine(day, NOON))
    meeting = Meeting(council=council, number=number_for(council), works=Meeting.Works.FILE, starts_at=at)
    meeting.opened_at = meeting.closed_at = at
    move(meeting, "state", Meeting.State.CLOSED)
    checked(meeting)
    with because("councils.old_minutes", by=by):
        meeting.save()
    return meeting


def title_for(kind: str, day: dt.date) -> str:
    """What a file is called when nobody says so: "Verslag van 3 december 2019"."""
    words = {
        "minutes": _("Minutes of %(day)s"),
        "agenda": _("Agenda of %(day)s"),
        "other": _("Paper of %(day)s"),
    }
    return words[kind] % {"day": date_format(day, "j F Y")}
