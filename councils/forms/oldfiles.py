"""Minutes of before come in as files: a row for each, with its day and what it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField
from core.uploads import UploadField
from core.verbs import Actor
from councils.actions.oldfiles import bring_old_minutes, title_for
from councils.filekinds import OLD_MINUTES
from councils.models import Council, Meeting

ROWS = 4
KINDS = [
    ("minutes", gettext_lazy("minutes of the meeting")),
    ("agenda", gettext_lazy("agenda")),
    ("other", gettext_lazy("another paper")),
]
NAMES = ("file", "day", "kind", "title")


class OldFilesForm(forms.Form):
    """A few files at once; of those after the first, a row without a file, a day and a title is not used."""

    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read these files"), required=False,
        help_text=gettext_lazy("Otherwise they are for members. You can change it for each file later."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, council: Council) -> None:
        super().__init__(data, files)
        self.council = council
        for number in range(ROWS):
            self.fields |= {
                f"file{number}": UploadField(
                    kind=OLD_MINUTES, required=number == 0, error_messages={"required": _("Choose a file.")}
                ),
                f"day{number}": DayField(label=_("Day of the meeting"), required=number == 0),
                f"kind{number}": forms.ChoiceField(
                    label=_("What it is"), choices=KINDS, initial="minutes", required=number == 0
                ),
                f"title{number}": forms.CharField(
                    label=_("Title"), max_length=200, required=False,
                    help_text=_("Empty: what it is, with the day."),
                ),
            }  # fmt: skip

    def rows(self) -> list[tuple[bool, list[Any]]]:
        """The fields of each file, for the page, and whether its row is used."""
        return [
            (number == 0 or self._is_used(number), [self[f"{name}{number}"] for name in NAMES])
            for number in range(ROWS)
        ]

    def clean(self) -> dict[str, Any]:
        """A file has its day, a day its file; one of them at least."""
        told: dict[str, Any] = super().clean() or {}
        for number in filter(self._is_used, range(ROWS)):
            file, day = f"file{number}", f"day{number}"
            if not told.get(file) and file not in self.errors:
                self.add_error(file, ValidationError(_("Choose a file."), code="required"))
            if not told.get(day) and day not in self.errors:
                self.add_error(
                    day, ValidationError(self.fields[day].error_messages["required"], code="required")
                )
            elif told.get(day) and told[day] > timezone.localdate():
                self.add_error(
                    day, ValidationError(_("Bring the file of a meeting that was held."), code="future")
                )
        return told

    def _is_used(self, number: int) -> bool:
        return any(self[f"{name}{number}"].data for name in ("file", "day", "title"))

    @transaction.atomic
    def apply(self, *, by: Actor) -> list[Meeting]:
        """Bring every file to its meeting; all of them or none."""
        told = self.cleaned_data
        return [
            bring_old_minutes(
                council=self.council, by=by, day=told[f"day{number}"], upload=told[f"file{number}"],
                title=told[f"title{number}"] or title_for(told[f"kind{number}"] or "minutes", told[f"day{number}"]),
                is_public=told["is_public"],
            )
            for number in range(ROWS)
            if told[f"file{number}"]
        ]  # fmt: skip
