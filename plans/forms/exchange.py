"""A table of a plan that comes in: into a plan that is there, or into a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField
from core.uploads import UploadField
from plans.exchange.difference import read_rows
from plans.filekinds import TABLE
from plans.models import Plan


class UploadForm(forms.Form):
    """A CSV or XLSX file, and the plan that it is for."""

    file = UploadField(kind=TABLE, reads=read_rows)
    plan = forms.ModelChoiceField(
        label=gettext_lazy("Into which plan?"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=gettext_lazy("A new plan"),
        to_field_name="slug",
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new plan"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Meerjarenplan 2026-2031"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the new plan"),
        choices=Plan.Kind.choices,
        initial=Plan.Kind.MULTI_YEAR,
        required=False,
    )
    first_on = DayField(label=gettext_lazy("First day of the new plan"), required=False)
    last_on = DayField(
        label=gettext_lazy("Last day of the new plan"),
        required=False,
        help_text=gettext_lazy("Empty: without end."),
    )

    def __init__(self, *args: Any, plans: QuerySet[Plan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]  # it chooses one of these

    def clean(self) -> dict[str, Any]:
        """A new plan has a name and a period."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("plan") is not None or "plan" in self.errors:
            return cleaned
        for name, missing in (
            ("name", _("Give the new plan a name, or choose a plan that is there.")),
            ("first_on", _("Say when the new plan begins, such as 1-1-2026.")),
        ):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, ValidationError(missing, code="required"))
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", ValidationError(_("A plan ends after it starts."), code="order"))
        return cleaned

    def reading(self) -> dict[str, str]:
        """The plan that the table is for, as the file keeps it."""
        given = self.cleaned_data
        if given["plan"] is not None:
            return {"plan": str(given["plan"].uuid)}
        days = {name: given[name].isoformat() if given[name] else "" for name in ("first_on", "last_on")}
        return {"name": given["name"], "kind": given["kind"] or Plan.Kind.MULTI_YEAR, **days}
