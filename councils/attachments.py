"""The files of a council: its statutes, its rules of order."""

from django.utils.translation import gettext_lazy

from core.attachments import AttachmentKind, attachment_kinds
from councils.models import Council

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
