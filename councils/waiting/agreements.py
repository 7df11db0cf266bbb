"""What waits about what a council agreed: for who took it upon them, and for who keeps the council once it is late."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import permitted
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.models import Agreement, Meeting

KIND = gettext_lazy("Agreed in a council")


def own_agreements(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """What a person took upon them and did not tick off; one query."""
    rows = Agreement.objects.open_now().owned_by(user).filter(meeting__council__municipality=municipality)
    for one in rows.select_related("meeting__council").in_order():
        council = one.meeting.council
        yield WaitingEntry(
            title=one.what,
            url=f"{reverse('councils:agreements', args=[council.slug])}#afspraak-{one.uuid}",
            kind=KIND,
            due=one.due_on,
            detail=_("Agreed in %(council)s") % {"council": council.name},
            is_example=one.meeting.is_example,
        )


def late_agreements(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """The councils that a person keeps in which something agreed is late that somebody else does; one query."""
    kept = permitted(Meeting.objects.of(municipality), user, "councils.keep_meeting")
    late = Agreement.objects.late(today).filter(meeting__in=kept).exclude(who__person__user=user.pk)
    names = ("meeting__council__slug", "meeting__council__name", "meeting__council__is_example")
    rows = late.order_by().values(*names).annotate(number=Count("pk"), first=Min("due_on"))
    for row in rows.order_by("first", names[0]):
        words = ngettext(
            "%(number)d thing agreed is late", "%(number)d things agreed are late", row["number"]
        )
        yield WaitingEntry(
            title=_("Ask how it goes: %(late)s") % {"late": words % {"number": row["number"]}},
            url=reverse("councils:agreements", args=[row[names[0]]]),
            kind=KIND,
            due=row["first"],
            detail=row[names[1]],
            is_example=row[names[2]],
        )


# What one promised does not pass to a deputy: they could not tick it off.
waiting_sources.register(
    WaitingSource(
        name="councils.own_agreements",
        title=gettext_lazy("What you agreed to do for a council"),
        waiting=own_agreements,
        passes=False,
        order=66,
    )
)
waiting_sources.register(
    WaitingSource(
        name="councils.late_agreements",
        title=gettext_lazy("What was agreed in a council and is late"),
        waiting=late_agreements,
        order=67,
    )
)
