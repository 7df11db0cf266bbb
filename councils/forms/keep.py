"""One form for each thing that is kept about a council; `apply` hands over to the verb.

A form knows its council, who fills it in, and (for what is changed) the row. The pages are made from these tables
(`councils/views/keep.py`): the word in the address, and the form.
"""

import datetime as dt
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from core.forms import DayField, version_field
from core.verbs import Actor
from councils.actions.councils import (
    BASIS,
    DETAILS,
    add_term,
    change_basis,
    change_council,
    change_term,
    choose_rule,
    end_council,
    end_places,
    end_rule,
    found_council,
    set_places,
)
from councils.models import Council, Seat
from councils.rulesets import KINDS, ruled

Words = str | Promise
UNTIL = gettext_lazy("This day still counts. Empty: for as long as it lasts.")


class AreasField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The areas that a council is about."""

    def __init__(self, municipality: Municipality) -> None:
        areas = (
            Area.objects.of(municipality).active().filter(is_residual=False).select_related("kind").in_order()
        )
        super().__init__(
            areas, label=_("Areas"), required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("None: the whole municipality."),
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        """Names alone are ambiguous: Meer is a deelgemeente and a wijk."""
        return f"{obj.name} ({obj.kind.name.lower()})"


class FoundForm(forms.ModelForm[Council]):
    """A new council."""

    founded_on = DayField(label=gettext_lazy("Founded on"), required=False)

    class Meta:
        model = Council
        fields: ClassVar = ["name", *BASIS, *(name for name in DETAILS if name != "name")]

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        super().__init__(data)
        self.municipality = municipality
        self.fields["areas"] = AreasField(municipality)
        self.order_fields(["name", "kind", "areas"])

    def _post_clean(self) -> None:
        """The verb checks the row, so that what it refuses stands at its field."""

    def apply(self, by: Actor) -> Council:
        """Do it."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return found_council(
            municipality=self.municipality, values=values, areas=self.cleaned_data["areas"], by=by
        )


class KeepForm(forms.Form):
    """What the forms share: the council, the row that is changed (if any), and whether a version is asked for."""

    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = gettext_lazy("Saved.")
    permission: ClassVar[str] = "councils.keep_council"
    is_versioned: ClassVar[bool] = False
    seldom: ClassVar[tuple[str, ...]] = ()  # what only linked data and long lists ask

    def __init__(self, data: Any = None, *, council: Council, by: Any, row: Any = None) -> None:
        self.council, self.by, self.row = council, by, row
        super().__init__(data)
        self.add_fields()
        self.initial.update(self.start())
        if self.is_versioned:
            self.fields["version"] = version_field()
            self.initial["version"] = (row or council).version

    @property
    def folded(self) -> list[str]:
        """The fields that are folded away: in a council that works in short, those that are seldom used."""
        is_light = self.council.works == Council.Works.LIGHT
        return [name for name in self.seldom if is_light and name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether something stands in them already, or is wrong there."""
        return any(self[name].value() or self[name].errors for name in self.folded)

    def add_fields(self) -> None:
        """Fields that depend on the council."""

    def start(self) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def apply(self) -> Any:
        """Do what was asked."""
        raise NotImplementedError

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def day(self) -> dt.date:
        """From which day on it matters for the composition."""
        found: dt.date | None = self.cleaned_data.get("first_on") or self.cleaned_data.get("last_on")
        return found or timezone.localdate()


def model_fields(form: KeepForm, names: tuple[str, ...]) -> None:
    """The fields of a council as its model says them."""
    made = forms.modelform_factory(Council, fields=list(names))
    form.fields.update(copy(made.base_fields))
    form.initial.update({name: getattr(form.council, name) for name in names})


class DetailsForm(KeepForm):
    """What a council is called and how to reach it."""

    title = gettext_lazy("Details of the council")
    is_versioned = True

    def add_fields(self) -> None:
        model_fields(self, DETAILS)

    def apply(self) -> Council:
        return change_council(
            council=self.council, values=self.values, by=self.by, version=self.cleaned_data["version"]
        )


class BasisForm(KeepForm):
    """On what a council rests and which areas it is about."""

    title = gettext_lazy("Basis and areas")
    lead = gettext_lazy(
        "A council that the municipal council founded names that decision. A free one does not."
    )
    permission = "councils.manage_council"
    is_versioned = True
    seldom = ("founding_uri", "external_uri")

    def add_fields(self) -> None:
        model_fields(self, BASIS)
        self.fields["founded_on"] = DayField(label=_("Founded on"), required=False)
        self.fields["areas"] = AreasField(self.council.municipality)
        self.initial["areas"] = list(self.council.areas.all())

    def apply(self) -> Council:
        values = self.values
        areas = values.pop("areas")
        return change_basis(
            council=self.council, values=values, areas=areas, by=self.by, version=self.cleaned_data["version"]
        )


class EndCouncilForm(KeepForm):
    """A council that meets no more."""

    title = gettext_lazy("The council ends")
    lead = gettext_lazy("Its page stays, with everything that it advised.")
    permission = "councils.manage_council"
    is_versioned = True
    ended_on = DayField(
        label=gettext_lazy("Meets no more from"), required=False, help_text=gettext_lazy("Empty: it goes on.")
    )

    def start(self) -> dict[str, Any]:
        return {"ended_on": self.council.ended_on}

    def apply(self) -> Council:
        return end_council(
            council=self.council,
            ended_on=self.cleaned_data["ended_on"],
            by=self.by,
            version=self.cleaned_data["version"],
        )


class TermForm(KeepForm):
    """A period for which a council is composed, new or another one than was noted."""

    title = gettext_lazy("Term of the council")
    lead = gettext_lazy("For how long its members sit. An earlier term without an end ends the day before.")
    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: without end.")
    )

    @property
    def is_versioned(self) -> bool:  # type: ignore[override]
        """A new one has none."""
        return self.row is not None

    def start(self) -> dict[str, Any]:
        return {"first_on": self.row.first_on, "last_on": self.row.last_on} if self.row else {}

    def apply(self) -> Any:
        if self.row is None:
            return add_term(council=self.council, by=self.by, **self.values)
        return change_term(term=self.row, by=self.by, **self.cleaned_data)


class PlacesForm(KeepForm):
    """How many hold a mandate, from a day on."""

    title = gettext_lazy("Places in the council")
    lead = gettext_lazy(
        "How many hold which mandate. Another number from a day on leaves what was before as it was."
    )
    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate"),
        choices=Seat.Mandate.choices,
    )
    name = forms.CharField(
        label=gettext_lazy("For whom"), max_length=100, required=False,
        help_text=gettext_lazy("Such as: sports clubs. Empty: for anybody."),
    )  # fmt: skip
    least = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, max_value=200, initial=0)
    most = forms.IntegerField(label=gettext_lazy("At most"), min_value=1, max_value=200)
    first_on = DayField(label=gettext_lazy("From"))

    def add_fields(self) -> None:
        self.fields["mandate"].choices = [  # type: ignore[attr-defined]
            (key, capfirst(str(label))) for key, label in Seat.Mandate.choices
        ]
        if self.row is not None:
            self.fields["mandate"].disabled = self.fields["name"].disabled = True

    def start(self) -> dict[str, Any]:
        if self.row is None:
            return {}
        return {name: getattr(self.row, name) for name in ("mandate", "name", "least", "most", "first_on")}

    def apply(self) -> Any:
        return set_places(council=self.council, by=self.by, **self.values)


class LastDayForm(KeepForm):
    """The last day of something."""

    last_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("This day still counts."))

    def start(self) -> dict[str, Any]:
        return {"last_on": timezone.localdate()}


class EndPlacesForm(LastDayForm):
    """Places that are no more."""

    title = gettext_lazy("These places end")

    def apply(self) -> Any:
        return end_places(seat=self.row, last_on=self.cleaned_data["last_on"], by=self.by)


class RuleForm(KeepForm):
    """Another rule than the set says; which one stands in the address of the page."""

    lead = gettext_lazy(
        "What the council or the municipality decided otherwise than the law or custom, and where that stands."
    )

    def add_fields(self) -> None:
        kind = KINDS[self.row]
        now = ruled(self.council.rules, self.council.rule_choices.all(), kind.key, timezone.localdate())
        value: forms.Field
        if kind.is_list:
            value = forms.MultipleChoiceField(
                choices=kind.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label=str(kind.title),
            )
        elif kind.choices:
            value = forms.ChoiceField(
                choices=kind.choices, label=str(kind.title), required=kind.choices[-1][0] != ""
            )
        else:
            value = forms.IntegerField(min_value=0, max_value=kind.most, label=str(kind.title))
        self.fields["value"] = value
        self.fields["first_on"] = DayField(label=_("From"))
        self.fields["last_on"] = DayField(label=_("Until"), required=False, help_text=UNTIL)
        self.fields["source"] = forms.CharField(
            label=_("Where it stands"),
            max_length=200,
            help_text=_("The article of the rules of the council, or the decision."),
        )
        self.initial["value"] = now.value

    @property
    def title(self) -> Words:  # type: ignore[override]
        """The rule."""
        return KINDS[self.row].title

    def apply(self) -> Any:
        return choose_rule(council=self.council, rule=self.row, by=self.by, **self.values)


class EndRuleForm(LastDayForm):
    """An own rule that holds no more."""

    title = gettext_lazy("This own rule ends")
    lead = gettext_lazy("After this day the set of rules holds again.")

    def apply(self) -> Any:
        return end_rule(choice=self.row, last_on=self.cleaned_data["last_on"], by=self.by)
