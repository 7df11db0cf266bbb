"""The private files of councils."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.tables import MAX_BYTES, XLSX

TABLE = "councils.table"

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
