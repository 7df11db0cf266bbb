"""What people fill in about a plan itself."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Consent, PolicyField, RoleAssignment, User
from areas.models import Area, Municipality
from core.forms import DayField
from core.verbs import Actor
from plans.actions import (
    add_plan,
    adopt_plan,
    change_plan,
    end_plan,
    lead_on_plan,
    open_for_reading,
    reopen_plan,
    set_people,
    withdraw_plan,
)
from plans.actions.plans import ADOPTING, OPENING
from plans.forms.base import EditForm, RowsForm, can_be_proposed, fields_of
from plans.forms.fields import TeamField, areas_field
from plans.models import Plan, PlanPerson, PlanVersion
from workplaces.models import TeamMember

MORE = ("owner_team", "policy_field", "contact", "news_every_months", "external_uri")


def plan_fields(municipality: Municipality, now: Plan | None) -> dict[str, forms.Field]:
    """What is asked of a plan: what it is first, then who leads it."""
    made = fields_of(Plan, "kind", "name", "first_on", "last_on", "summary", *MORE)
    made["summary"].widget = forms.Textarea(attrs={"rows": 2})
    made["areas"] = areas_field(
        Area.objects.for_map(municipality), label=_("Areas"), help_text=_("None: the whole municipality.")
    )
    made["owner_team"] = TeamField(
        municipality,
        now=now.owner_team if now else None,
        label=_("Team that leads it"),
        help_text=_("Its people may work on the plan."),
    )
    made["policy_field"] = forms.ModelChoiceField(
        PolicyField.objects.of(municipality), label=_("Policy field"), required=False
    )
    order = ("kind", "name", "first_on", "last_on", "areas", "summary", *MORE)
    return {name: made[name] for name in order}


def values_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the verbs take, without the areas."""
    return {name: value for name, value in cleaned.items() if name not in {"areas", "version", "why_propose"}}


class NewPlanForm(forms.Form):
    """A plan that begins: what it is, for which areas, until when."""

    more: ClassVar[tuple[str, ...]] = MORE

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        self.municipality = municipality
        super().__init__(data)
        self.fields.update(plan_fields(municipality, None))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that everybody needs."""
        return [field for field in self if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that can follow."""
        return [self[name] for name in self.more]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of those holds something, or is wrong."""
        return any(name in self.errors or self[name].value() for name in self.more)

    def apply(self, by: Actor) -> Plan:
        """Begin it."""
        return add_plan(
            municipality=self.municipality,
            by=by,
            values=values_of(self.cleaned_data),
            areas=self.cleaned_data["areas"],
        )


@can_be_proposed
class DetailsForm(EditForm):
    """What a plan is, its period, its areas, who leads it."""

    name = "plan"
    title = gettext_lazy("Name, period and areas")
    more = MORE

    def add_fields(self) -> None:
        """As of a new plan."""
        self.fields.update(plan_fields(self.plan.municipality, self.plan))

    def start(self) -> dict[str, Any]:
        """As it is."""
        return {**super().start(), "areas": [area.pk for area in self.plan.areas.all()]}

    def do(self, *, by: Actor, consent: Consent | None = None) -> Plan:
        """Change it."""
        return change_plan(
            plan=self.row, by=by, consent=consent, version=self.seen, values=values_of(self.values()),
            areas=self.cleaned_data["areas"],
        )  # fmt: skip


def colleagues(municipality: Municipality) -> Any:
    """Who works for the municipality today: holds a role, or is in a team."""
    roles = RoleAssignment.objects.current().filter(municipality=municipality).values("user")
    teams = TeamMember.objects.current().filter(team__municipality=municipality).values("user")
    found = User.objects.filter(is_active=True)
    return (found.filter(pk__in=roles) | found.filter(pk__in=teams)).order_by("name", "email")


class PeopleForm(RowsForm):
    """Who works on a plan beside who may anyway."""

    name = "people"
    title = gettext_lazy("Who works on it")
    key = "user"
    columns: ClassVar = {
        "user": lambda form: forms.TypedChoiceField(
            label=_("Colleague"),
            required=False,
            coerce=lambda key: form.offered[int(key)],
            empty_value=None,
            choices=[("", "–"), *((person.pk, str(person)) for person in form.offered.values())],
        ),
        "may": lambda form: forms.ChoiceField(
            label=pgettext("permission", "May"), choices=PlanPerson.May.choices, required=False
        ),
    }

    def there(self) -> list[dict[str, Any]]:
        """Who does now."""
        rows = list(self.plan.people.select_related("user"))
        here = {row.user_id for row in rows}
        known = User.objects.filter(
            pk__in=[*colleagues(self.plan.municipality).values_list("pk", flat=True), *here]
        )
        self.offered = {person.pk: person for person in known.order_by("name", "email")}
        return [{"user": row.user_id, "may": row.may} for row in rows]

    def clean(self) -> dict[str, Any]:
        """Everybody once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[User] = set()
        for index, row in self.filled():
            if row["user"] in seen:
                self.add_error(f"user{index}", _("This colleague is there twice."))
            seen.add(row["user"])
        return cleaned

    def do(self, *, by: Actor, consent: Consent | None = None) -> Plan:
        """Exactly these."""
        people = {row["user"]: row["may"] or PlanPerson.May.EDIT for _index, row in self.filled()}
        return set_people(plan=self.plan, by=by, version=self.seen, people=people)

    @property
    def goes_out(self) -> bool:
        """Nobody outside reads who works on it."""
        return False


class StageForm(EditForm):
    """A step in the life of a plan, and perhaps a word about it."""

    verb: ClassVar[Any]
    lead: ClassVar[Any] = ""
    done: ClassVar[Any] = ""

    note = forms.CharField(
        label=gettext_lazy("Remark"), max_length=300, required=False,
        help_text=gettext_lazy("Colleagues read it in the history of the plan."),
    )  # fmt: skip

    def do(self, *, by: Actor, consent: Consent | None = None) -> Any:
        """Go that step."""
        return type(self).verb(plan=self.plan, by=by, version=self.seen, note=self.cleaned_data["note"])

    @property
    def goes_out(self) -> bool:
        """What ends, is taken back or goes on says nothing new."""
        return False


class OpenForm(StageForm):
    """Open for reading."""

    name = "open"
    kind = OPENING
    title = gettext_lazy("Open for reading")
    lead = gettext_lazy(
        "Anybody can read the plan from now on, as a draft. Who may publish changes it at once; others propose."
    )
    done = gettext_lazy("Anybody can read the plan now.")

    @property
    def goes_out(self) -> bool:
        """Everybody reads the plan then."""
        return True

    def do(self, *, by: Actor, consent: Consent | None = None) -> Plan:
        """Open it as it is now."""
        note = self.cleaned_data["note"]
        return open_for_reading(plan=self.plan, by=by, version=self.seen, note=note, consent=consent)


class EndForm(StageForm):
    """End."""

    name = "end"
    verb = staticmethod(end_plan)
    title = gettext_lazy("End the plan")
    lead = gettext_lazy("The plan stays readable and says that it is over. It asks for no news any more.")
    done = gettext_lazy("The plan has ended.")


class ReopenForm(StageForm):
    """Take up again."""

    name = "reopen"
    verb = staticmethod(reopen_plan)
    title = gettext_lazy("Take up again")
    lead = gettext_lazy(
        "A plan that ended goes on as adopted. One that was open for reading or withdrawn is in the making again."
    )
    done = gettext_lazy("The plan goes on.")


class WithdrawForm(StageForm):
    """Withdraw."""

    name = "withdraw"
    verb = staticmethod(withdraw_plan)
    title = gettext_lazy("Withdraw the plan")
    lead = gettext_lazy("Visitors do not find the plan any more. It can be taken up again.")
    done = gettext_lazy("The plan is withdrawn.")


class AdoptForm(EditForm):
    """A deciding body adopted the plan: which, when, by which decision."""

    name = "adopt"
    kind = ADOPTING
    title = gettext_lazy("Adopt")

    body = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=PlanVersion.Body.choices)
    body_name = forms.CharField(
        label=gettext_lazy("Name of the body"), max_length=120, required=False,
        help_text=gettext_lazy("Only when it is not in the list."),
    )  # fmt: skip
    decided_on = DayField(label=gettext_lazy("Decided on"))
    decision_number = forms.CharField(
        label=gettext_lazy("Number of the decision"), max_length=60,
        help_text=gettext_lazy("As it stands on the decision: 2026_GR_00123."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What changed since the version before"), max_length=300, required=False
    )

    @property
    def goes_out(self) -> bool:
        """Everybody reads what was adopted."""
        return True

    def began(self) -> dict[str, str]:
        """The plan that is frozen."""
        return {"version": self.seen_now}

    def start(self) -> dict[str, Any]:
        """Today, by the council."""
        return {"body": PlanVersion.Body.COUNCIL, "decided_on": timezone.localdate()}

    def do(self, *, by: Actor, consent: Consent | None = None) -> PlanVersion:
        """Freeze it."""
        return adopt_plan(plan=self.plan, by=by, consent=consent, version=self.seen, **self.values())


class LeadPlanForm(EditForm):
    """Into which plan it was merged, or by which it was superseded."""

    name = "plan_leads"
    title = gettext_lazy("Lead on to another plan")

    leads_how = forms.ChoiceField(
        label=gettext_lazy("What became of this plan?"),
        choices=[("", gettext_lazy("nothing: it stands by itself")), *Plan.Leads.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def add_fields(self) -> None:
        """The plans of the municipality."""
        others = Plan.objects.of(self.plan.municipality).exclude(pk=self.plan.pk).visible_to(self.by)
        self.fields["leads_to"] = forms.ModelChoiceField(others, label=_("Other plan"), required=False)

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("leads_how") and not cleaned.get("leads_to") and "leads_to" not in self.errors:
            self.add_error("leads_to", _("Choose the other plan."))
        return cleaned

    def do(self, *, by: Actor, consent: Consent | None = None) -> Plan:
        """Lead on, or no more."""
        how = self.cleaned_data["leads_how"]
        to = self.cleaned_data["leads_to"] if how else None
        return lead_on_plan(plan=self.plan, to=to, how=how, by=by, consent=consent, version=self.seen)


STAGE_FORMS: dict[str, type[StageForm]] = {
    "openstellen": OpenForm, "beeindigen": EndForm, "heropnemen": ReopenForm, "intrekken": WithdrawForm,
}  # fmt: skip
