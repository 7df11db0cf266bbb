"""What people ask and fill in about challenges and assignments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.models import PolicyField
from areas.models import Area, Municipality
from core.access import permitted
from core.dates import WhenFormField
from core.forms import DayField, FewChoice, version_field
from core.text import StaffTextField
from plans.board import amount, months_from
from plans.models import Action, Assignment, Challenge, Plan
from plans.models.assignment import AssignmentQuerySet, Side
from plans.models.challenge import ChallengeQuerySet
from workplaces.models import Team

YEAR = 12  # months that a form asks days of work for
DETAILS = (
    "name", "challenge", "action", "commissioner", "contractor", "on_behalf_of", "result", "effect", "for_whom", "when",
)  # fmt: skip


def areas_to_choose(municipality: Municipality) -> Any:
    """The areas that assignments and challenges are about: those of area-based work."""
    return Area.objects.of(municipality).active().working_level().filter(is_residual=False).order_by("name")


class ActionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An action with its plan."""

    def label_from_instance(self, obj: Any) -> str:
        """Numbers alone are of every plan."""
        return f"{obj.plan.name}: {obj.number}. {obj.name}"


class MonthsForm(forms.Form):
    """Days of work in the months that come, beside what a form asks else; a month that is left empty has none."""

    def add_months(self, known: Mapping[dt.date, Decimal]) -> None:
        """A field for each month of the coming year, and for those that have days already."""
        months = sorted({*months_from(timezone.localdate(), YEAR), *known})
        self.month_names: dict[str, dt.date] = {f"month_{month:%Y_%m}": month for month in months}
        for name, month in self.month_names.items():
            self.fields[name] = forms.DecimalField(
                label=capfirst(date_format(month, "F Y")), required=False, min_value=0, max_digits=6,
                decimal_places=1, initial=amount(known[month]) if month in known else None, localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
            )  # fmt: skip
            self.fields[name].may_be_empty_is_said = True  # type: ignore[attr-defined]  # above all of them

    @property
    def months(self) -> dict[dt.date, Decimal]:
        """Days by month, of those that were filled in."""
        given = {month: self.cleaned_data.get(name) for name, month in self.month_names.items()}
        return {month: days for month, days in given.items() if days is not None}

    @property
    def month_fields(self) -> list[forms.BoundField]:
        """The months as fields, for the template."""
        return [self[name] for name in self.month_names]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """All other fields that are seen."""
        return [bound for bound in self.visible_fields() if bound.name not in self.month_names]


class AssignmentForm(MonthsForm):
    """Who asks which team for which result, with which effect, by when, and how much work that is."""

    version = version_field()
    name = forms.CharField(label=gettext_lazy("What is asked"), max_length=160)
    commissioner = FewChoice(
        Team.objects.none(), label=gettext_lazy("Commissioner"),
        help_text=gettext_lazy("The team that asks for it. You see the teams for which you speak."),
    )  # fmt: skip
    on_behalf_of = forms.CharField(
        label=gettext_lazy("On behalf of"), max_length=120, required=False,
        help_text=gettext_lazy("Whose wish it is: the executive, the council, a village council."),
    )  # fmt: skip
    contractor = FewChoice(
        Team.objects.none(), label=gettext_lazy("Contractor"), help_text=gettext_lazy("The team that does it."),
    )  # fmt: skip
    result = StaffTextField(
        label=gettext_lazy("Result"), rows=5, level=3,
        help_text=gettext_lazy("What is there when it is finished. How, the contractor decides."),
    )  # fmt: skip
    effect = StaffTextField(
        label=gettext_lazy("Effect on society"), rows=5, level=3,
        help_text=gettext_lazy("What becomes better for whom, and how we will see that."),
    )  # fmt: skip
    for_whom = forms.CharField(label=gettext_lazy("For whom"), max_length=200, required=False)
    when = WhenFormField(label=gettext_lazy("Ready"), required=False)
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=gettext_lazy("Where"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: the whole municipality."),
    )  # fmt: skip
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=gettext_lazy("Challenge"), required=False, empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("The task of society to which it adds."),
    )  # fmt: skip
    action = ActionChoice(
        Action.objects.none(), label=gettext_lazy("Action of a plan"), required=False, empty_label=gettext_lazy("None"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        by: Any,
        assignment: Assignment | None = None,
        **kwargs: Any,
    ) -> None:
        known: dict[dt.date, Decimal] = {}
        if assignment is not None:
            kwargs["initial"] = {name: getattr(assignment, name) for name in DETAILS} | {
                "areas": list(assignment.areas.all()),
                "version": assignment.version,
            }
            known = {row.month: row.days for row in assignment.months.all()}
        super().__init__(*args, **kwargs)
        self.add_months(known)
        teams = Team.objects.of(municipality).working()
        plans = Plan.objects.of(municipality).visible_to(by)
        actions = Action.objects.present().filter(plan__in=plans).select_related("plan")
        self._offer(
            commissioner=permitted(teams, by, "plans.change_team_month"),
            contractor=teams,
            areas=areas_to_choose(municipality),
            challenge=Challenge.objects.of(municipality).open(),
            action=actions.order_by("plan__name", "number"),
        )

    def _offer(self, **choices: Any) -> None:
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the assignment says, apart from areas and months."""
        return {name: self.cleaned_data[name] for name in DETAILS}


class TeamMonthsForm(MonthsForm):
    """How many days of work a team has."""

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = months_from(timezone.localdate(), 1)[0]
        self.add_months({row.month: row.days for row in team.months.filter(month__gte=first)})


class VersionForm(forms.Form):
    """A button that asks first: the version that the person saw."""

    version = version_field()


class AskForm(VersionForm):
    """By when the contractor answers."""

    answer_by = DayField(
        label=gettext_lazy("Answer by"), required=False, help_text=gettext_lazy("Empty: in two weeks.")
    )


class SayForm(VersionForm):
    """What a side says, in its own words."""

    text = forms.CharField(
        label=gettext_lazy("Your explanation"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


class SideForm(VersionForm):
    """For which side somebody speaks, who speaks for both."""

    def __init__(self, *args: Any, sides: Iterable[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = list(sides)
        field = forms.ChoiceField(
            label=gettext_lazy("As"), choices=[(side.value, side.label) for side in sides]
        )
        if len(sides) == 1:
            field.initial, field.widget = sides[0].value, forms.HiddenInput()
        self.fields["side"] = field
        self.order_fields(["side"])


class SaySideForm(SideForm, SayForm):
    """What a side says, with which one."""


class DeliverForm(VersionForm):
    """Since when the result is there."""

    on = DayField(label=gettext_lazy("Since when is it there"), initial=timezone.localdate)


class EvaluateForm(SideForm):
    """How a side looks back."""

    result = StaffTextField(label=gettext_lazy("Is the result there?"), rows=4, level=3)
    effect = StaffTextField(label=gettext_lazy("Which effect do we see?"), rows=4, level=3)
    next_time = StaffTextField(
        label=gettext_lazy("What do we do next time?"), rows=3, level=3, required=False
    )


class ChallengeForm(forms.Form):
    """A challenge of society."""

    version = version_field()
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    text = StaffTextField(label=gettext_lazy("What it is about"), required=False, level=2)
    effect = StaffTextField(label=gettext_lazy("Effect on society"), required=False, level=3, rows=4)
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=gettext_lazy("Where"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: the whole municipality."),
    )  # fmt: skip
    policy_field = forms.ModelChoiceField(
        PolicyField.objects.none(), label=gettext_lazy("Policy field"), required=False, empty_label=gettext_lazy("None"),
    )  # fmt: skip
    closed_on = DayField(
        label=gettext_lazy("Closed on"), required=False, help_text=gettext_lazy("Empty: we still work on it.")
    )

    def __init__(
        self, *args: Any, municipality: Municipality, challenge: Challenge | None = None, **kwargs: Any
    ) -> None:
        if challenge is not None:
            names = ("name", "text", "effect", "policy_field", "closed_on", "version")
            kwargs["initial"] = {name: getattr(challenge, name) for name in names} | {
                "areas": list(challenge.areas.all())
            }
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]
        fields = PolicyField.objects.of(municipality)
        self.fields["policy_field"].queryset = fields  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the challenge says, apart from its areas."""
        return {
            name: self.cleaned_data[name] for name in ("name", "text", "effect", "policy_field", "closed_on")
        }


class AssignmentFilter(forms.Form):
    """Which assignments the list shows."""

    is_filter = True
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[("", gettext_lazy("Every state")), *Assignment.State.choices],
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), required=False, to_field_name="slug",
        empty_label=gettext_lazy("Every team"),
    )  # fmt: skip
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Area"), required=False, to_field_name="slug",
        empty_label=gettext_lazy("Every area"),
    )  # fmt: skip

    def __init__(self, asked: Mapping[str, Any], *, municipality: Municipality) -> None:
        # Addresses that people kept still say “toestand”.
        super().__init__({**{"stand": asked.get("toestand", "")}, **{name: asked[name] for name in asked}})
        self.fields["team"].queryset = Team.objects.of(municipality).order_by("name")  # type: ignore[attr-defined]
        self.fields["gebied"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]

    def apply(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """The assignments that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if words := asked.get("q"):
            rows = rows.filter(
                Q(name__icontains=words) | Q(result__icontains=words) | Q(effect__icontains=words)
            )
        if asked.get("stand"):
            rows = rows.filter(state=asked["stand"])
        if asked.get("team"):
            rows = rows.of_team(asked["team"])
        return rows.in_area(asked["gebied"]) if asked.get("gebied") else rows


class ChallengeFilter(forms.Form):
    """Which challenges the list shows."""

    is_filter = True
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Area"), required=False, to_field_name="slug",
        empty_label=gettext_lazy("Every area"),
    )  # fmt: skip
    gesloten = forms.BooleanField(label=gettext_lazy("Closed ones too"), required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gebied"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]

    def apply(self, rows: ChallengeQuerySet) -> ChallengeQuerySet:
        """The challenges that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return rows.none()
        if not self.cleaned_data.get("gesloten"):
            rows = rows.open()
        return rows.in_area(self.cleaned_data["gebied"]) if self.cleaned_data.get("gebied") else rows
