"""Areas as things with files: stewards change them, and an area worker of Bergen reads what is not for everybody.

No app of the house has files of areas; this one is made up for the tests of the block.
"""

from typing import Any

import rules
from django.core.files.base import ContentFile

from accounts.models import RoleAssignment
from accounts.rules import STEWARDS, role_here
from areas.models import Area
from core.attachments import FILES, AttachmentKind, attach, attachment_kinds
from core.files import CheckedUpload, check_upload
from core.models import Attachment
from tests.conftest import OPERATOR

AREAS = "tests.areas"
READ = "tests.read_files"
READERS = frozenset({"worker_here", "steward", "administrator"})
WORKERS = role_here(RoleAssignment.Role.AREA_WORKER) | STEWARDS
PDF = b"%PDF-1.7 proef"


def reads(user: Any, area: Area) -> bool:
    """Who reads what is not for everybody."""
    return WORKERS.holds(user, area)


rules.add_perm(READ, reads)
attachment_kinds.register(
    AttachmentKind(
        name=AREAS,
        title="Stukken van gebieden",
        model=Area,
        seen=lambda *, user: Area.objects.filter(is_residual=False).select_related("municipality"),
        change="areas.change_area",
        private=READ,
    )
)


def paper(content: bytes = PDF, name: str = "plan.pdf") -> CheckedUpload:
    """A file as it comes in."""
    return check_upload(ContentFile(content, name=name), kind=FILES)


def bring(area: Area, *, upload: CheckedUpload | None = None, title: str = "Plan", **said: Any) -> Attachment:
    """A file of an area, brought by the operator."""
    return attach(kind=AREAS, thing=area, upload=upload or paper(), title=title, by=OPERATOR, **said)
