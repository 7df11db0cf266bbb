"""What is asked about templates for documents."""

from typing import Any

from django import forms

from areas.filekinds import OFFICE
from core.files import CheckedUpload
from core.uploads import UploadField


class TemplateForm(forms.Form):
    """A template of one's own."""

    file = UploadField(kind=OFFICE)

    @property
    def upload(self) -> CheckedUpload:
        """The file."""
        upload: Any = self.cleaned_data["file"]
        return upload  # type: ignore[no-any-return]
