"""The private files of plans."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import Consent
from core.access import permitted
from core.filekinds import FileKind, file_kinds
from core.images import FORMATS
from core.models import PrivateFile
from core.tables import MAX_BYTES, XLSX

TABLE = "plans.table"
PICTURE = "plans.picture"
WAITING_PICTURE = "plans.waiting_picture"


def is_asked(*, user: Any, file: PrivateFile) -> bool:
    """Whether a person decides about the milestone with which this picture would be shown."""

    asked = Consent.objects.waiting().filter(payload__picture=str(file.uuid))
    return bool(permitted(asked, user, "accounts.decide_consent").exists())


file_kinds.register(
    FileKind(
        name=TABLE,
        title=gettext_lazy("Table of a plan"),
        accepts=("text/csv", XLSX),
        accepted=gettext_lazy("CSV or XLSX, at most 5 MB and 5,000 rows."),
        max_bytes=MAX_BYTES,
        keep=dt.timedelta(days=2),
    )
)
file_kinds.register(
    FileKind(
        name=PICTURE,
        title=gettext_lazy("Picture of a milestone"),
        accepts=tuple(sorted(set(FORMATS.values()))),
        accepted=gettext_lazy("JPEG, PNG or WebP, at most 15 MB."),
        max_bytes=15_000_000,
    )
)
file_kinds.register(
    FileKind(
        name=WAITING_PICTURE,
        title=gettext_lazy("Picture of a milestone that waits for an answer"),
        accepts=tuple(sorted(set(FORMATS.values()))),
        max_bytes=15_000_000,
        may_read=is_asked,
        keep=dt.timedelta(days=120),
    )
)
