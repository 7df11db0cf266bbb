"""What a data steward says of a file of boundaries."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.actions import About
from areas.filekinds import BOUNDARIES
from areas.importers.presets import Preset, UnknownPreset, preset_for, presets
from areas.importers.reading import boundaries_in
from areas.importers.systems import NAMES
from areas.models import AreaKind, Municipality
from core.forms import DayField
from core.uploads import UploadField

USUAL = ("kind", "file", "preset", "reference_date", "source")


class EditionForm(forms.Form):
    """A file of boundaries, how to read it, and where it comes from."""

    kind = forms.ModelChoiceField(
        AreaKind.objects.none(), label=gettext_lazy("Kind of area"), empty_label=None
    )
    file = UploadField(kind=BOUNDARIES, reads=boundaries_in)
    preset = forms.ChoiceField(label=gettext_lazy("From whom"))
    code_field = forms.CharField(
        label=gettext_lazy("Field with the code"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only for another file: the property that holds the official code."),
    )
    name_field = forms.CharField(
        label=gettext_lazy("Field with the name"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only for another file: the property that holds the name."),
    )
    layer = forms.CharField(
        label=gettext_lazy("Layer"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only when the file holds more than one."),
    )
    srid = forms.TypedChoiceField(
        label=gettext_lazy("Reference system"),
        choices=[("", gettext_lazy("As the file says")), *NAMES.items()],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Only when the file does not say it and the check cannot prove it."),
    )
    reference_date = DayField(
        label=gettext_lazy("Boundaries as of"),
        required=False,
        help_text=gettext_lazy("Left open: the day that the file itself tells, else today."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who made them. May be left open for a known publisher."),
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=200)
    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("How the source wants to be named."),
    )

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = AreaKind.objects.filter(municipality=municipality)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["preset"].choices = [  # type: ignore[attr-defined]
            (preset.slug, _("Another file") if preset.slug == "free" else preset.title)
            for preset in presets().values()
            if preset.is_for(municipality.country, municipality.code)
        ]

    def clean(self) -> dict[str, Any]:
        """The preset with the fields given by hand; a source that the preset does not know must be given."""
        values: dict[str, Any] = super().clean() or {}
        try:
            preset = preset_for(
                values.get("preset", ""),
                code_field=values.get("code_field", ""),
                name_field=values.get("name_field", ""),
                layer=values.get("layer", ""),
                srid=values.get("srid"),
            )
        except UnknownPreset as unknown:
            self.add_error("code_field" if values.get("preset") else "preset", str(unknown))
            return values
        if not values.get("source") and not preset.source:
            self.add_error("source", _("Say where the boundaries come from."))
        values["read_by"] = preset
        return values

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        """What is asked of every file."""
        return [self[name] for name in USUAL]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """What only some files need; a known publisher's say it themselves."""
        return [field for field in self if field.name not in USUAL]

    @property
    def needs_more(self) -> bool:
        """Whether something was said, or is wrong, in what only some files need."""
        return any(field.errors or (self.is_bound and field.data) for field in self.further_fields)

    @property
    def read_by(self) -> Preset:
        """How the file is read."""
        preset: Preset = self.cleaned_data["read_by"]
        return preset

    @property
    def about(self) -> About:
        """What is said of the boundaries, completed by the preset."""
        values, preset = self.cleaned_data, self.read_by
        return About(
            reference_date=values["reference_date"],
            source=values["source"] or preset.source,
            licence=values["licence"] or preset.licence,
            credit=values["credit"] or preset.credit,
        )


class AnswerForm(forms.Form):
    """What a file does not say, and the check asked for: the layer, the reference system."""

    layer = forms.CharField(required=False, max_length=200)
    srid = forms.TypedChoiceField(choices=NAMES.items(), coerce=int, empty_value=None, required=False)
