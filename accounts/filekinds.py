"""The private files of people."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds

EXPORT = "accounts.export"

file_kinds.register(
    FileKind(
        name=EXPORT,
        title=gettext_lazy("My data"),
        accepts=("application/zip",),
        max_bytes=200_000_000,
        keep=dt.timedelta(days=2),
    )
)
