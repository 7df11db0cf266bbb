"""The forms of the office: a table that comes in, a finding that is right so."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tables import MAX_BYTES, Row, TableError, read_table
from workplaces.plan import check_columns


class UploadForm(forms.Form):
    """A CSV or XLSX file with work locations."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 5 MB and 5,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    rows: list[Row]

    def clean_file(self) -> Any:
        """Read the table; the file itself is not kept."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1_000_000}
            )
        try:
            self.rows = read_table(file.read(MAX_BYTES + 1))
            if not self.rows:
                raise TableError(_("The table has no rows."))
            check_columns(self.rows[0].cells)
        except TableError as error:
            raise ValidationError(str(error)) from error
        return file


class WaiverForm(forms.Form):
    """Why a finding is right so."""

    reason = forms.CharField(label=gettext_lazy("Why is this right?"), max_length=200)
