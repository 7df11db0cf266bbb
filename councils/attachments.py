"""The files of a council: its statutes, its rules of order."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from core.access import permitted
from core.attachments import AttachmentKind, attachment_kinds
from councils.models import Council, Meeting, MeetingQuerySet
from councils.models.meeting import FILES as MEETING_FILES

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
    rows = Meeting.objects.select_related("council__municipality")
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
        order=51,
    )
)
