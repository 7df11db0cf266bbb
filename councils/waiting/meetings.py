"""What waits about meetings: an agenda to read for who sits in the council, minutes to approve for chair and secretary."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import permitted
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.models import Meeting

AHEAD = dt.timedelta(days=21)


def to_prepare_and_approve(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """The meetings that come soon, and those of which the minutes are still a draft; one query."""
    every = Meeting.objects.of(municipality)
    coming = Q(state=Meeting.State.CONVENED, starts_at__date__range=(today, today + AHEAD))
    attended = permitted(every.filter(coming), user, "councils.attend_meeting")
    draft = every.held().filter(minutes=Meeting.Minutes.DRAFT).exclude(works=Meeting.Works.FILE)
    kept = permitted(draft, user, "councils.keep_meeting")
    chaired = permitted(draft, user, "councils.chair_meeting")
    asked = Q(pk__in=attended.values("pk")) | Q(pk__in=kept.values("pk")) | Q(pk__in=chaired.values("pk"))
    for one in every.filter(asked).select_related("council").order_by("starts_at", "pk"):
        words = _("Approve the minutes of %(day)s") if one.is_over else _("Read the agenda of %(day)s")
        yield WaitingEntry(
            title=words % {"day": date_format(one.day, "j F Y")},
            url=one.get_absolute_url() + ("#verslag" if one.is_over else ""),
            kind=gettext_lazy("Meeting of a council"),
            due=None if one.is_over else one.day,
            detail=one.council.name,
            is_example=one.is_example,
        )


waiting_sources.register(
    WaitingSource(
        name="councils.meetings",
        title=gettext_lazy("Meetings of councils"),
        waiting=to_prepare_and_approve,
        order=65,
    )
)
