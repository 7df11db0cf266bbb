"""The filter of the list of plans; the same in the address bar, on the page and behind the downloads."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.models import PolicyField
from areas.models import Area, Municipality
from plans.looks import with_look
from plans.models import Action, Plan, PlanArea, PlanQuerySet


class PlanFilter(forms.Form):
    """What a person looks for; fields are named as in the address bar."""

    is_filter = True  # nothing is required, and nobody needs to be told

    q = forms.CharField(label=gettext_lazy("Name of the plan"), max_length=100, required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    veld = forms.ChoiceField(label=gettext_lazy("Policy field"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    nieuws = forms.ChoiceField(label=gettext_lazy("News"), required=False)

    def __init__(self, data: Any, *, municipality: Municipality, user: Any) -> None:
        super().__init__(data)
        self.plans = Plan.objects.of(municipality).visible_to(user)
        named = PlanArea.objects.filter(plan__in=self.plans).values("area")
        areas = Area.objects.of(municipality).filter(pk__in=named).order_by("name")
        self.areas = {area.slug: area for area in areas}
        policy = PolicyField.objects.filter(plans__in=self.plans).distinct().order_by("name")
        self._offer(
            "soort",
            gettext_lazy("All kinds"),
            [(key, capfirst(str(label))) for key, label in Plan.Kind.choices],
        )
        self._offer(
            "gebied", gettext_lazy("Everywhere"), [(area.slug, area.name) for area in self.areas.values()]
        )
        self._offer("veld", gettext_lazy("All policy fields"), policy.values_list("slug", "name"))
        self._offer(
            "stand",
            gettext_lazy("All stages"),
            [(key, capfirst(str(label))) for key, label in Plan.Stage.choices],
        )

        self._offer(
            "nieuws",
            gettext_lazy("With and without news"),
            [("slapend", gettext_lazy("With an action asleep"))],
        )

    def _offer(self, name: str, everything: Any, choices: Any) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def found(self) -> PlanQuerySet:
        """The plans that are asked for, those of the whole municipality for every area; none when the filter makes no sense."""
        if not self.is_valid():
            return self.plans.none()
        wanted, plans = self.cleaned_data, self.plans
        if wanted["q"]:
            plans = plans.filter(Q(name__icontains=wanted["q"]) | Q(summary__icontains=wanted["q"]))
        if wanted["soort"]:
            plans = plans.filter(kind=wanted["soort"])
        if wanted["gebied"]:
            plans = plans.filter(
                Q(pk__in=PlanArea.objects.filter(area=self.areas[wanted["gebied"]]).values("plan"))
                | Q(areas__isnull=True)
            )
        if wanted["veld"]:
            plans = plans.filter(policy_field__slug=wanted["veld"])
        if wanted["stand"]:
            plans = plans.filter(stage=wanted["stand"])
        if wanted["nieuws"]:
            actions: Any = with_look(Action.objects.present().filter(plan__in=plans), timezone.localdate())
            plans = plans.filter(pk__in=actions.filter(look="asleep").values("plan"))
        return plans
