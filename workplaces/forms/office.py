"""The forms of the office: a table that comes in, a finding that is right so."""

from django import forms
from django.utils.translation import gettext_lazy

from core.uploads import UploadField
from workplaces.filekinds import TABLE
from workplaces.plan import read_rows


class UploadForm(forms.Form):
    """A CSV or XLSX file with work locations."""

    file = UploadField(kind=TABLE, reads=read_rows)


class WaiverForm(forms.Form):
    """Why a finding is right so."""

    reason = forms.CharField(label=gettext_lazy("Why is this right?"), max_length=200)
