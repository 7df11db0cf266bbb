"""A table of members that comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import FewChoice
from core.uploads import UploadField
from councils.filekinds import TABLE
from councils.membercolumns import read_rows
from councils.models import Council


class UploadForm(forms.Form):
    """A CSV or XLSX file with the members of one council."""

    council = FewChoice(Council.objects.none(), label=gettext_lazy("Council"))
    file = UploadField(kind=TABLE, reads=read_rows)

    def __init__(self, *args: Any, councils: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]
