"""What the office fills in about how area work is organised."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Area
from core.forms import DayField, version_field
from core.text import StaffTextField
from core.verbs import Actor
from plans.actions.organisation import AGREED, agree_organisation, change_organisation
from plans.models import AreaOrganisation
from plans.models.direction import HOW


class OrganisationForm(forms.Form):
    """What was agreed from a day on."""

    from_on = DayField(label=gettext_lazy("From"))
    model = forms.ChoiceField(label=gettext_lazy("Model"), widget=forms.RadioSelect)
    mandate = StaffTextField(label=gettext_lazy("Mandate"), required=False, level=3, rows=4,
        help_text=gettext_lazy("What the area worker decides alone, and what goes to whom."))  # fmt: skip
    budget = forms.DecimalField(
        label=gettext_lazy("Own budget a year, in euro"), required=False, min_value=0, max_digits=14, decimal_places=2,
        localize=True,
    )  # fmt: skip
    expectations = StaffTextField(
        label=gettext_lazy("What is expected, agreed"), required=False, level=3, rows=4
    )
    agreed_on = DayField(label=gettext_lazy("Agreed on"), required=False)
    ask_again_on = DayField(label=gettext_lazy("Asked again on"), required=False)
    version = version_field()

    def __init__(
        self, *args: Any, area: Area, organisation: AreaOrganisation | None = None, **options: Any
    ) -> None:
        self.area, self.organisation = area, organisation
        first: dict[str, Any] = {"from_on": timezone.localdate(), "agreed_on": timezone.localdate()}
        if organisation is not None:
            first = {name: getattr(organisation, name) for name in (*AGREED, "version")}
        super().__init__(*args, **{"initial": first, **options})
        self.fields["model"].choices = [  # type: ignore[attr-defined]
            (model.value, f"{str(model.label).capitalize()}: {HOW[model]}")
            for model in AreaOrganisation.Model
        ]

    def apply(self, by: Actor) -> AreaOrganisation:
        """Agree on it, or put it right."""
        values = {name: self.cleaned_data[name] for name in AGREED}
        if self.organisation is None:
            return agree_organisation(area=self.area, by=by, values=values)
        return change_organisation(
            organisation=self.organisation, by=by, version=self.cleaned_data["version"], values=values
        )
