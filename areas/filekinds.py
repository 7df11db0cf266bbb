"""The private files of areas."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds

ADDRESSES = "areas.addresses"

file_kinds.register(
    FileKind(
        name=ADDRESSES,
        title=gettext_lazy("File of addresses"),
        accepts=("application/zip", "application/geopackage+sqlite3", "text/csv"),
        max_bytes=60_000_000,
        keep=dt.timedelta(days=14),
    )
)
