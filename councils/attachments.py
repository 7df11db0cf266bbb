"""The files of a council (its statutes, its rules of order), of a meeting, and the papers of an item of its agenda."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from core.access import permitted
from core.attachments import AttachmentKind, attachment_kinds
from councils.models import AgendaItem, Council, Meeting, MeetingQuerySet
from councils.models.meeting import FILES as MEETING_FILES
from councils.models.meeting import ITEM_FILES

FILES = "councils.council"

attachment_kinds.register(
    AttachmentKind(
        name=FILES,
        title=gettext_lazy("Council"),
        model=Council,
        seen=lambda *, user: Council.objects.visible_to(user).select_related("municipality"),
        change="councils.keep_council",
        private="councils.keep_council",
        order=50,
    )
)


def meetings_seen(user: Any) -> MeetingQuerySet:
    """Those that a person knows of: announced ones, and every one of a council that they attend."""
    rows = Meeting.objects.select_related("council__municipality").prefetch_related("council__areas")
    own = permitted(Meeting.objects.all(), user, "councils.attend_meeting")
    return rows.filter(Q(pk__in=Meeting.objects.announced().values("pk")) | Q(pk__in=own.values("pk")))


attachment_kinds.register(
    AttachmentKind(
        name=MEETING_FILES,
        title=gettext_lazy("Meeting"),
        model=Meeting,
        seen=lambda *, user: meetings_seen(user),
        change="councils.keep_meeting",
        private="councils.attend_meeting",
        closed=gettext_lazy("for members only"),
        order=51,
    )
)


def items_seen(user: Any) -> QuerySet[AgendaItem]:
    """Those of meetings that a person knows of; what is behind closed doors is for who attends alone, and so are its papers."""
    rows = AgendaItem.objects.select_related("meeting__council__municipality").prefetch_related(
        "meeting__council__areas"
    )
    own = permitted(AgendaItem.objects.all(), user, "councils.attend_item")
    public = Q(meeting__in=Meeting.objects.announced().values("pk"), is_closed=False)
    return rows.filter(public | Q(pk__in=own.values("pk")))


attachment_kinds.register(
    AttachmentKind(
        name=ITEM_FILES,
        title=gettext_lazy("Agenda item"),
        model=AgendaItem,
        seen=lambda *, user: items_seen(user),
        change="councils.keep_item",
        private="councils.attend_item",
        closed=gettext_lazy("for members only"),
        order=52,
    )
)
