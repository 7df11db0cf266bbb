"""The private files of councils."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.sniff import DOCX
from core.tables import MAX_BYTES, XLSX

TABLE = "councils.table"
OLD_MINUTES = "councils.old_minutes"
OWN_MINUTES = "councils.own_minutes"  # while the form that they came with waits for what is wrong in it

file_kinds.register(
    FileKind(
        name=TABLE,
        title=gettext_lazy("Table of members"),
        accepts=("text/csv", XLSX),
        accepted=gettext_lazy("CSV or XLSX, at most 5 MB and 5,000 rows."),
        max_bytes=MAX_BYTES,
        keep=dt.timedelta(days=2),
    )
)
file_kinds.register(
    FileKind(
        name=OLD_MINUTES,
        title=gettext_lazy("Minutes of before"),
        accepts=("application/pdf", DOCX),
        accepted=gettext_lazy("PDF or DOCX, at most 25 MB."),
        max_bytes=25_000_000,
    )
)
file_kinds.register(
    FileKind(
        name=OWN_MINUTES,
        title=gettext_lazy("Own minutes with a form that is not saved yet"),
        accepts=("application/pdf", DOCX),
        accepted=gettext_lazy("PDF or DOCX, at most 25 MB."),
        max_bytes=25_000_000,
        keep=dt.timedelta(days=2),
    )
)
