"""The field in which a file is chosen: it says what is accepted, shows what was chosen and how far it is on its way."""

from collections.abc import Callable
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from core.filekinds import file_kinds
from core.files import CheckedUpload, check_upload
from core.sniff import SIGNATURES

Reads = Callable[[IO[bytes]], Any]
OFTEN = {"text/csv": ".csv,.txt,.tsv"}  # what publishers call such a file


class FileInput(forms.FileInput):
    """A native file field with a face in the language of the page (`static/js/file.js`); without script it is the native one."""

    template_name = "core/widgets/file.html"

    def __init__(self, *, most: int, endings: str) -> None:
        super().__init__(attrs={"accept": endings, "data-most": most})


class UploadField(forms.FileField):
    """A file of a kind; its value is a CheckedUpload. `reads` tries to read it, and raises ValidationError when it cannot."""

    def __init__(self, *, kind: str, reads: Reads | None = None, **options: Any) -> None:
        self.file_kind, self.reads = file_kinds[kind], reads
        endings = [OFTEN.get(one, SIGNATURES[one][1]) for one in self.file_kind.accepts]
        values: dict[str, Any] = {
            "label": gettext_lazy("File"),
            "help_text": self.file_kind.accepted,
            "widget": FileInput(most=self.file_kind.max_bytes, endings=",".join(dict.fromkeys(endings))),
        }
        super().__init__(**{**values, **options})

    def clean(self, data: Any, initial: Any = None) -> CheckedUpload | None:
        """Not larger than may be, of a sort that is accepted, and readable; None where none is asked for and none came."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        upload = check_upload(file, kind=self.file_kind.name)
        if self.reads is not None:
            self.reads(upload.content)
            upload.content.seek(0)
        return upload


class ReplaceForm(forms.Form):
    """Another file in the place of the one that came in."""

    def __init__(self, *args: Any, kind: str, reads: Reads | None = None, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "replace", **options})
        self.fields["file"] = UploadField(kind=kind, reads=reads)

    @property
    def upload(self) -> CheckedUpload:
        """The file."""
        upload: CheckedUpload = self.cleaned_data["file"]
        return upload
