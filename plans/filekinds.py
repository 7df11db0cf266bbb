"""The private files of plans."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.images import FORMATS
from core.tables import MAX_BYTES, XLSX

TABLE = "plans.table"
PICTURE = "plans.picture"

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
