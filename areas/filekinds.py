"""The private files of areas."""

import datetime as dt

from django.utils.translation import gettext_lazy

from core.filekinds import FileKind, file_kinds
from core.office import MAX_BYTES as OFFICE_BYTES
from core.sniff import DOCX
from core.tables import MAX_BYTES, XLSX

ADDRESSES = "areas.addresses"
BOUNDARIES = "areas.boundaries"
FIGURES = "areas.figures"
OFFICE = "areas.office"

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

file_kinds.register(
    FileKind(
        name=BOUNDARIES,
        title=gettext_lazy("File of boundaries"),
        accepts=(
            "application/geo+json",
            "application/json",
            "application/geopackage+sqlite3",
            "application/zip",
        ),
        accepted=gettext_lazy(
            "GeoJSON of at most 20 MB, or a GeoPackage or a zip with a shapefile of at most 64 MB. "
            "Of a national file only the rows of your municipality are read."
        ),
        max_bytes=64 * 1024 * 1024,
    )
)

file_kinds.register(
    FileKind(
        name=OFFICE,
        title=gettext_lazy("Template for documents"),
        accepts=(DOCX,),
        accepted=gettext_lazy("A Word document (DOCX) without macros, at most 5 MB."),
        max_bytes=OFFICE_BYTES,
    )
)
