"""What the verbs of meetings need: the locks, the moment, and what the database refuses said at its field."""

import datetime as dt
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from core.verbs import Actor, Refused, locked, require, same_version
from councils.models import AgendaItem, Meeting

# At which field a person reads what a constraint refuses.
REFUSED_AT = {
    "meeting_ends_after_it_starts": "ends_at",
    "meeting_one_place": "place",
    "minuteline_says_something": "text",
    "decision_says_something": "text",
    "agreement_somebody_does_it": "who_else",
    "agreement_says_what": "what",
    "vote_secret_has_choices": "options",
    "vote_secret_chair_decides_not": "tie",
    "proxy_to_another": "holder",
    "proxy_one_at_a_time": "giver",
}


def kept_meeting(meeting: Meeting, *, by: Actor, version: str | None = None) -> Meeting:
    """The meeting under a lock, when the actor keeps its council and saw its last version (None: does not matter)."""
    found = locked(meeting, queryset=Meeting.objects.select_related("location"))
    found.council = (
        meeting.council
    )  # a meeting never moves to another; what was read of the council stays with it
    require("councils.keep_meeting", found, by=by)
    same_version(found, version)
    return found


def open_minutes(meeting: Meeting) -> None:
    """Raise Refused when the minutes are approved: what happened stands as it was approved."""
    if meeting.is_approved:
        raise Refused(_("The minutes are approved. Nothing changes in them any more."), "approved")


def running_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting under a lock, when it goes on."""
    found = kept_meeting(meeting, by=by)
    if not found.is_running:
        raise Refused(_("The meeting is not going on now."), "not_running")
    return found


def written_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting under a lock, when its minutes can still be written."""
    found = kept_meeting(meeting, by=by)
    open_minutes(found)
    if not (found.is_running or found.is_over):
        raise Refused(_("The meeting did not begin yet."), "not_running")
    return found


def item_of(meeting: Meeting, item: AgendaItem, version: str | None = None) -> AgendaItem:
    """The item under a lock, of this meeting."""
    found = locked(item, version=version)
    if found.meeting_id != meeting.pk:
        raise Refused(_("This item is of another meeting."), "elsewhere")
    found.meeting = meeting
    return found


def current_item(meeting: Meeting) -> AgendaItem | None:
    """The item that goes on."""
    return meeting.items.filter(state=AgendaItem.State.RUNNING).first()


def moment(at: dt.datetime | None) -> dt.datetime:
    """When something happened: now, unless somebody says when."""
    return at or timezone.now()


def set_values(row: Model, values: Any, allowed: tuple[str, ...]) -> None:
    """Set those values that a verb may set."""
    for name in allowed:
        if name in values:
            setattr(row, name, values[name])


def checked(row: Model, *, leave: tuple[str, ...] = ()) -> None:
    """Raise ValidationError, by field, for what the row may not be: also for what a constraint over several fields refuses.

    `leave` are constraints that the database alone can judge (those that are deferred).
    """
    row.full_clean(validate_constraints=False, validate_unique=False)
    errors: dict[str, list[ValidationError]] = {}
    for constraint in row._meta.constraints:
        if constraint.name in leave:
            continue
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            at = REFUSED_AT.get(constraint.name, NON_FIELD_ERRORS)
            errors.setdefault(at, []).append(error)
    if errors:
        raise ValidationError({name: list(found) for name, found in errors.items()})
