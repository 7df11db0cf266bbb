"""The form of moving what hangs on an area that is gone."""

from django import forms
from django.utils.translation import gettext_lazy

from areas.models import Area
from areas.past import heirs_of


class MoveForm(forms.Form):
    """Where what hangs on an area goes: to one of the areas that came in its place, or any other of its kind."""

    naar = forms.ModelChoiceField(
        Area.objects.none(),
        to_field_name="slug",
        label=gettext_lazy("To which area"),
        empty_label=gettext_lazy("Choose an area"),
    )

    def __init__(self, area: Area, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        field = self.fields["naar"]
        field.queryset = Area.objects.of(area.municipality).active().filter(kind=area.kind).order_by("name")  # type: ignore[attr-defined]
        heirs = heirs_of(area).rows
        if heirs:
            self.initial["naar"] = heirs[0].successor
