"""The private files of areas."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.tables import MAX_BYTES, XLSX

ADDRESSES = "areas.addresses"
FIGURES = "areas.figures"

file_kinds.register(
    FileKind(
        name=FIGURES,
        title=gettext_lazy("Table of figures"),
        accepts=("text/csv", XLSX, "application/json"),
        accepted=gettext_lazy("CSV, Excel (XLSX) or JSON, at most 5 MB."),
        max_bytes=MAX_BYTES,
        keep=dt.timedelta(days=2),
    )
)

file_kinds.register(
    FileKind(
        name=ADDRESSES,
        title=gettext_lazy("File of addresses"),
        accepts=("application/zip", "application/geopackage+sqlite3", "text/csv"),
        accepted=gettext_lazy(
            "CSV (also zipped), GeoPackage, or an extract of the BAG as zip; at most 60 MB."
        ),
        max_bytes=60_000_000,
        keep=dt.timedelta(days=14),
    )
)
