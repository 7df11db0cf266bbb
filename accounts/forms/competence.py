"""What administrators fill in about policy fields, mandate holders and who is competent for what."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.forms import AreaChoice, PersonChoice, WhyForm, areas_to_choose, colleagues
from accounts.models import Competence, MandateHolder, PolicyField, User
from accounts.models.competence import CompetenceQuerySet
from areas.models import Area, Municipality
from core.forms import DayField, version_field

EVERY_FIELD = gettext_lazy("Every policy field")
EVERYWHERE = gettext_lazy("The whole municipality")


class NameOfFieldForm(forms.Form):
    """The name of a policy field."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Such as mobility or youth.")
    )


class HolderForm(forms.Form):
    """A mandate holder, or the whole college."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150,
        help_text=gettext_lazy("As everybody may read it. Of the whole college: as it is called here."),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Function"), max_length=100, required=False,
        help_text=gettext_lazy("Such as alderman or mayor; read before the name, and instead of it before elections."),
    )  # fmt: skip
    is_college = forms.BooleanField(label=gettext_lazy("This is the whole college"), required=False)
    user = PersonChoice(
        User.objects.none(), label=gettext_lazy("Account"), required=False, empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("What waits for the competent person waits for this account."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, municipality: Municipality, holder: MandateHolder | None = None, **kwargs: Any
    ) -> None:
        if holder is not None:
            kwargs["initial"] = {
                "name": holder.name, "title": holder.title, "is_college": holder.is_college, "user": holder.user_id,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues(municipality)  # type: ignore[attr-defined]


class SeveralAreas(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Areas with their kinds."""

    def label_from_instance(self, obj: Any) -> str:
        """Names alone are ambiguous."""
        return f"{obj.name} ({obj.kind.name.lower()})"


class PeriodForm(WhyForm):
    """A period, and why."""

    valid_from = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    valid_until = DayField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("This day still counts. Empty: for as long as it lasts."),
    )  # fmt: skip


class GiveCompetenceForm(PeriodForm):
    """Who becomes competent for what, where and when."""

    holder = forms.ModelChoiceField(MandateHolder.objects.none(), label=gettext_lazy("Mandate holder"))
    fields_of_policy = forms.ModelMultipleChoiceField(
        PolicyField.objects.none(), label=gettext_lazy("Policy fields"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("None chosen: every policy field."),
    )  # fmt: skip
    areas = SeveralAreas(
        Area.objects.none(), label=gettext_lazy("Areas"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: the whole municipality. Who is competent for an area is so within it."),
    )  # fmt: skip
    field_order = ["holder", "fields_of_policy", "areas", "valid_from", "valid_until", "why"]

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, municipality, fields_of_policy=PolicyField, holder=MandateHolder)
        self.fields["areas"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]


class ChangeCompetenceForm(PeriodForm):
    """Put right what was written."""

    version = version_field()
    holder = forms.ModelChoiceField(MandateHolder.objects.none(), label=gettext_lazy("Mandate holder"))
    field = forms.ModelChoiceField(
        PolicyField.objects.none(),
        label=gettext_lazy("Policy field"),
        required=False,
        empty_label=EVERY_FIELD,
    )
    area = AreaChoice(Area.objects.none(), label=gettext_lazy("Area"), required=False, empty_label=EVERYWHERE)
    field_order = ["holder", "field", "area", "valid_from", "valid_until", "why", "version"]

    def __init__(self, *args: Any, competence: Competence, **kwargs: Any) -> None:
        names = ("holder", "field", "area", "valid_from", "valid_until", "version")
        kwargs["initial"] = {name: getattr(competence, name) for name in names}
        super().__init__(*args, **kwargs)
        _offer(self, competence.municipality, field=PolicyField, holder=MandateHolder)
        self.fields["area"].queryset = areas_to_choose(competence.municipality)  # type: ignore[attr-defined]


class EndCompetenceForm(WhyForm):
    """The last day, and who goes on."""

    last_day = DayField(
        label=gettext_lazy("Last day"), initial=timezone.localdate,
        help_text=gettext_lazy("This day still counts. What has not started by then is taken away."),
    )  # fmt: skip
    successor = forms.ModelChoiceField(
        MandateHolder.objects.none(), label=gettext_lazy("Successor"), required=False,
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy("Competent from the day after. What is open passes along."),
    )  # fmt: skip
    field_order = ["last_day", "successor", "why"]

    def __init__(self, *args: Any, holder: MandateHolder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = MandateHolder.objects.of(holder.municipality).exclude(pk=holder.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class CompetencesFilter(forms.Form):
    """Which competences the list shows."""

    is_filter = True
    STATES = [
        ("current", gettext_lazy("Now")),
        ("coming", gettext_lazy("Coming")),
        ("ended", gettext_lazy("Ended")),
    ]
    holder = forms.ModelChoiceField(
        MandateHolder.objects.none(), label=gettext_lazy("Mandate holder"), required=False,
        empty_label=gettext_lazy("Everybody"),
    )  # fmt: skip
    field = forms.ModelChoiceField(
        PolicyField.objects.none(),
        label=gettext_lazy("Policy field"),
        required=False,
        empty_label=EVERY_FIELD,
    )
    state = forms.ChoiceField(label=gettext_lazy("When"), choices=STATES, required=False, initial="current")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, municipality, field=PolicyField, holder=MandateHolder)

    def apply(self, rows: CompetenceQuerySet, today: dt.date) -> CompetenceQuerySet:
        """The competences that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        state = chosen.get("state") or "current"
        rows = {"coming": rows.coming, "ended": rows.ended}.get(state, rows.current)(today)
        for name in ("holder", "field"):
            if chosen.get(name):
                rows = rows.filter(**{name: chosen[name]})
        return rows


def _offer(form: forms.Form, municipality: Municipality, **models: Any) -> None:
    """Let fields offer what there is in the municipality."""
    for name, model in models.items():
        form.fields[name].queryset = model.objects.of(municipality)  # type: ignore[attr-defined]
