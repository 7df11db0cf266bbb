"""What people fill in about actions: one form a section, each with the version that the person saw."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Consent
from areas.ground import ground_of
from areas.models import Area
from core.drawing import DrawingField
from core.verbs import Actor
from plans.actions import Around, Money, Party, add_action, change_action, lead_on_action
from plans.forms.base import EditForm, RowsForm, can_be_proposed, fields_of
from plans.forms.fields import ActionField, EuroField, TeamField, areas_field
from plans.forms.goals import goal_field, goals_of, passed_by_field
from plans.models import Action, ActionParty, Amount, Plan
from plans.models.action import ActionQuerySet
from plans.place import reached_from

MORE = ("text", "kind", "external_code", "passed_by", "is_priority", "weight", "comment", "evaluation")
LIST = "acties-om-uit-te-kiezen"  # the list of actions that a browser offers while somebody types


class ActionForm(EditForm):
    """A section of an action."""

    @classmethod
    def rows_of(cls, plan: Plan) -> ActionQuerySet:
        """Those of the plan."""
        return Action.objects.filter(plan=plan).select_related(
            "plan__municipality", "goal", "team", "carries_out__plan", "leads_to__plan"
        )

    def do(self, *, by: Actor, consent: Consent | None = None) -> Action:
        """Change it."""
        return change_action(
            action=self.row,
            by=by,
            consent=consent,
            version=self.seen,
            values=self.values(),
            around=self.around,
            anyway=self.anyway,
        )

    @property
    def around(self) -> Around:
        """What stands around the action."""
        return Around()

    @property
    def anyway(self) -> bool:
        """Whether the person says that it is right to lie outside."""
        return False


@can_be_proposed
class ActionDetailsForm(ActionForm):
    """What is done, for which goal, when and by whom; a new action begins with it."""

    name = "action"
    title = gettext_lazy("What, when and who")
    more = MORE

    def add_fields(self) -> None:
        """What everybody needs first."""
        made = fields_of(Action, "name", "code", "when", *MORE)
        made["passed_by"] = passed_by_field()
        made["goal"] = goal_field(goals_of(self.plan), _("no goal"), label=_("For the goal"))
        made["team"] = TeamField(
            self.plan.municipality, now=self.row.team if self.row else None, label=_("Team that does it")
        )
        order = ("name", "goal", "when", "team", "code", *MORE)
        self.fields.update({name: made[name] for name in order})

    @property
    def begins_with(self) -> Any:
        """With the weight and the kind that every action has."""
        return Action()

    @property
    def is_unfolded(self) -> bool:
        """A weight of one and the usual kind say nothing."""
        usual = {("weight", "1"), ("kind", str(Action.Kind.ACTION))}
        return any(
            name in self.errors or (self[name].value() and (name, str(self[name].value())) not in usual)
            for name in self.more
        )

    def do(self, *, by: Actor, consent: Consent | None = None) -> Action:
        """Add it, or change it."""
        if self.row is None:
            return add_action(plan=self.plan, by=by, consent=consent, values=self.values())
        return super().do(by=by, consent=consent)


@can_be_proposed
class ActionPlaceForm(ActionForm):
    """Where it happens: in which areas, and drawn on the map."""

    name = "action_place"
    title = gettext_lazy("Where")

    def add_fields(self) -> None:
        """The areas of the plan and what lies in them; the map shows those of the plan."""
        own = list(Area.objects.filter(plans=self.plan))
        areas = Area.objects.for_map(self.plan.municipality)
        if own:
            areas = areas.filter(pk__in=reached_from({area.pk for area in own}))
        drawing = DrawingField(
            label=_("Place on the map"), required=False, nothing=_("The areas as a whole"), symbol="action"
        )
        # Whether it lies outside is asked by the verb, where a person may say that it is right so.
        drawing.ground = replace(ground_of(self.plan.municipality, own), surface=lambda: None)
        self.fields["areas"] = areas_field(areas, label=_("Areas"), help_text=_("None: those of the plan."))
        self.fields["geometry"] = drawing
        self.fields.update(fields_of(Action, "place", "is_approximate"))
        self.fields["anyway"] = forms.BooleanField(
            label=_("It is right so: it lies outside the areas of the plan"), required=False
        )
        if not self.data.get("anyway"):
            self.fields["anyway"].widget = forms.HiddenInput()

    def start(self) -> dict[str, Any]:
        """As it is."""
        return {**super().start(), "areas": [area.pk for area in self.row.areas.all()]}

    def add_error(self, field: Any, error: Any) -> None:
        """What lies outside is asked about: then the tick is there."""
        if field == "geometry" and any(one.code == "outside" for one in ValidationError(error).error_list):
            self.fields["anyway"].widget = forms.CheckboxInput()
        super().add_error(field, error)

    def values(self, *names: str) -> dict[str, Any]:
        """What the verb writes."""
        return super().values("geometry", "place", "is_approximate")

    @property
    def around(self) -> Around:
        """In which areas."""
        return Around(areas=self.cleaned_data["areas"])

    @property
    def anyway(self) -> bool:
        """The tick."""
        return bool(self.cleaned_data["anyway"])


@can_be_proposed
class ActionMoneyForm(RowsForm, ActionForm):
    """What it costs and brings in, year by year."""

    name = "action_money"
    title = gettext_lazy("Budget")
    key = "year"
    columns: ClassVar = {
        "year": lambda form: forms.IntegerField(
            label=_("Year"), min_value=1990, max_value=2100, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        ),
        "kind": lambda form: forms.ChoiceField(label=_("Kind"), choices=Amount.Kind.choices, required=False),
        "planned": lambda form: EuroField(label=_("Planned, in euro"), required=False),
        "spent": lambda form: EuroField(label=_("Spent, in euro"), required=False),
    }  # fmt: skip

    def there(self) -> list[dict[str, Any]]:
        """The amounts; without any, the years of the plan to begin with."""
        rows = [
            {"year": one.year, "kind": one.kind, "planned": one.planned, "spent": one.spent}
            for one in self.row.amounts.all()
        ]
        if rows:
            return rows
        last = self.plan.last_on or self.plan.first_on
        years = range(self.plan.first_on.year, min(last.year, self.plan.first_on.year + 5) + 1)
        return [{"year": year, "kind": Amount.Kind.EXPENDITURE} for year in years]

    def says_something(self, row: Any) -> bool:
        """A year alone says nothing."""
        return row["planned"] is not None or row["spent"] is not None

    def clean(self) -> dict[str, Any]:
        """An amount has a year, and a year has one of a kind."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[tuple[int, str]] = set()
        for index, row in self.filled():
            year, kind = row["year"], row["kind"] or Amount.Kind.EXPENDITURE
            if year is None and f"year{index}" not in self.errors:
                self.add_error(f"year{index}", _("Give the year of this amount."))
            elif year is not None and (year, kind) in seen:
                self.add_error(f"year{index}", _("This year is there twice."))
            seen.add((year, kind))
        return cleaned

    def values(self, *names: str) -> dict[str, Any]:
        """Nothing of the action itself."""
        return {}

    @property
    def around(self) -> Around:
        """The amounts."""
        return Around(
            amounts=[
                Money(row["year"], row["planned"] or Money.planned, row["spent"], row["kind"] or Money.kind)
                for _index, row in self.filled()
            ]
        )


@can_be_proposed
class ActionPartiesForm(RowsForm, ActionForm):
    """Which organisations outside the town hall answer for it or take part."""

    name = "action_parties"
    title = gettext_lazy("Organisations")
    key = "party"
    columns: ClassVar = {
        "party": lambda form: forms.CharField(label=_("Organisation"), max_length=120, required=False),
        "role": lambda form: forms.ChoiceField(label=_("Role"), choices=ActionParty.Role.choices, required=False),
        "does": lambda form: forms.CharField(label=_("Does what"), max_length=200, required=False),
    }  # fmt: skip

    def there(self) -> list[dict[str, Any]]:
        """Those that there are."""
        return [{"party": one.name, "role": one.role, "does": one.does} for one in self.row.parties.all()]

    def clean(self) -> dict[str, Any]:
        """Each once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for index, row in self.filled():
            if row["party"] in seen:
                self.add_error(f"party{index}", _("This organisation is there twice."))
            seen.add(row["party"])
        return cleaned

    def values(self, *names: str) -> dict[str, Any]:
        """Nothing of the action itself."""
        return {}

    @property
    def around(self) -> Around:
        """The organisations."""
        return Around(
            parties=[
                Party(row["party"], row["role"] or Party.role, row["does"]) for _index, row in self.filled()
            ]
        )


@can_be_proposed
class ActionLinksForm(RowsForm, ActionForm):
    """What it waits for, and which action of the multi-year plan it carries out."""

    name = "action_links"
    title = gettext_lazy("Connections")
    key = "needs"
    columns: ClassVar = {
        "needs": lambda form: ActionField(form.offered, label=_("Waits for"), list_id=LIST, required=False)
    }

    def there(self) -> list[dict[str, Any]]:
        """What it waits for now."""
        self.offered = (
            Action.objects.of(self.plan.municipality).visible_to(self.by).present().exclude(pk=self.row.pk)
        ).select_related("plan")
        waited_for = Action.objects.filter(dependents__action=self.row).visible_to(self.by)
        return [{"needs": one} for one in waited_for.select_related("plan")]

    def add_fields(self) -> None:
        """What it carries out first."""
        super().add_fields()
        if self.plan.kind != Plan.Kind.MULTI_YEAR:
            larger = [one for one in self.offered if one.plan.kind == Plan.Kind.MULTI_YEAR]
            self.fields["carries_out"] = ActionField(
                larger, label=_("Carries out"), list_id=LIST, required=False,
                help_text=_("An action of the multi-year plan. Type its code, or a part of its name."),
            )  # fmt: skip
            self.order_fields(["version", "carries_out"])

    def start(self) -> dict[str, Any]:
        """What it carries out, and the rows."""
        return {**super().start(), "carries_out": self.row.carries_out}

    def values(self, *names: str) -> dict[str, Any]:
        """What it carries out."""
        return super().values("carries_out") if "carries_out" in self.fields else {}

    @property
    def around(self) -> Around:
        """What it waits for."""
        return Around(needs=[row["needs"] for _index, row in self.filled()])


class LeadActionForm(ActionForm):
    """Into which action it went, or by which it was superseded."""

    name = "action_leads"
    title = gettext_lazy("Lead on to another action")

    leads_how = forms.ChoiceField(
        label=gettext_lazy("What became of this action?"),
        choices=[("", gettext_lazy("nothing: it stands by itself")), *Plan.Leads.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def add_fields(self) -> None:
        """The actions of the municipality."""
        self.offered = (
            Action.objects.of(self.plan.municipality)
            .visible_to(self.by)
            .exclude(pk=self.row.pk)
            .select_related("plan")
        )
        self.fields["leads_to"] = ActionField(
            self.offered, label=_("Other action"), list_id=LIST, required=False,
            help_text=_("Type its code, or a part of its name."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("leads_how") and not cleaned.get("leads_to") and "leads_to" not in self.errors:
            self.add_error("leads_to", _("Choose the other action."))
        return cleaned

    def do(self, *, by: Actor, consent: Consent | None = None) -> Action:
        """Lead on, or no more."""
        how = self.cleaned_data["leads_how"]
        to = self.cleaned_data["leads_to"] if how else None
        return lead_on_action(action=self.row, to=to, how=how, by=by, consent=consent, version=self.seen)


SECTIONS: dict[str, type[ActionForm]] = {
    "gegevens": ActionDetailsForm,
    "plaats": ActionPlaceForm,
    "budget": ActionMoneyForm,
    "organisaties": ActionPartiesForm,
    "samenhang": ActionLinksForm,
}
