"""What people fill in about a plan in words: its text, what changes for whom, its direction, what it does for each principle."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Consent
from areas.models import Municipality
from core.forms import DayField, version_field
from core.text import StaffTextField
from core.verbs import Actor
from plans.actions import (
    add_impact,
    add_principle,
    add_text,
    change_impact,
    change_principle,
    change_text,
    choose_direction,
    write_touchstones,
)
from plans.forms.base import EditForm, can_be_proposed, fields_of
from plans.forms.fields import yes_or_no
from plans.models import Direction, Impact, Plan, PlanText, Principle


class RowOfPlanForm(EditForm):
    """A row that stands in the plan by its order."""

    names: ClassVar[tuple[str, ...]]
    model: ClassVar[Any]
    add: ClassVar[Any]
    change: ClassVar[Any]
    argument: ClassVar[str]

    @classmethod
    def rows_of(cls, plan: Plan) -> QuerySet[Any]:
        """Those of the plan."""
        found: QuerySet[Any] = cls.model.objects.filter(plan=plan)
        return found

    def add_fields(self) -> None:
        """Those of the model."""
        self.fields.update(fields_of(self.model, *self.names))

    def do(self, *, by: Actor, consent: Consent | None = None) -> Any:
        """Add it, or change it."""
        if self.row is None:
            return type(self).add(plan=self.plan, by=by, consent=consent, values=self.values())
        return type(self).change(
            **{self.argument: self.row}, by=by, consent=consent, version=self.seen, values=self.values()
        )


@can_be_proposed
class TextForm(RowOfPlanForm):
    """A part of the text."""

    name = "text"
    title = gettext_lazy("Part of the text")
    model, names, argument = PlanText, ("heading", "body"), "text"
    add, change = staticmethod(add_text), staticmethod(change_text)

    def add_fields(self) -> None:
        """With more room for the text."""
        super().add_fields()
        self.fields["body"] = StaffTextField(label=_("Text"), level=3, rows=16)


@can_be_proposed
class ImpactForm(RowOfPlanForm):
    """What changes for a group, and how one will know."""

    name = "impact"
    title = gettext_lazy("What changes for whom")
    model, names, argument = Impact, ("target_group", "effect", "known_by"), "impact"
    add, change = staticmethod(add_impact), staticmethod(change_impact)


@can_be_proposed
class DirectionQuestions(EditForm):
    """The two questions from which the form of direction follows."""

    name = "direction"
    title = gettext_lazy("Direction")

    reason = StaffTextField(label=gettext_lazy("Why?"), rows=4, level=3)
    from_on = DayField(label=gettext_lazy("From"))

    def add_fields(self) -> None:
        """The questions first."""
        self.fields = {
            "owns_framework": yes_or_no(
                label=_("Does the municipality own the policy framework?"),
                help_text=_("It decides itself what has to be reached and within which limits."),
            ),
            "has_power": yes_or_no(
                label=_("Can the municipality push it through?"),
                help_text=_("It has the power or the means to let others do it."),
            ),
            **self.fields,
        }

    def start(self) -> dict[str, Any]:
        """What was chosen last, from today or the first day of the plan on."""
        last: Direction | None = self.plan.directions.first()
        answers = {True: "ja", False: "nee"}
        day = timezone.localdate()
        return {
            "owns_framework": answers[last.owns_framework] if last else None,
            "has_power": answers[last.has_power] if last else None,
            "reason": last.reason if last else "",
            "from_on": day if self.plan.holds(day) else self.plan.first_on,
        }

    def began(self) -> dict[str, str]:
        """The day is no more than an offer."""
        return {name: value for name, value in super().began().items() if name != "from_on"}

    def do(self, *, by: Actor, consent: Consent | None = None) -> Direction:
        """Choose."""
        return choose_direction(plan=self.plan, by=by, consent=consent, version=self.seen, **self.values())


@can_be_proposed
class TouchstonesForm(EditForm):
    """What the plan does for each principle in use."""

    name = "touchstones"
    title = gettext_lazy("Touchstones")

    def add_fields(self) -> None:
        """A text for each principle that is in use, or about which the plan says something."""
        self.written = {one.principle_id: one.text for one in self.plan.touchstones.all()}
        used = Principle.objects.filter(municipality=self.plan.municipality_id).filter(
            Q(is_used=True) | Q(pk__in=self.written)
        )
        self.principles = list(used)
        for principle in self.principles:
            self.fields[f"principle{principle.pk}"] = StaffTextField(
                label=principle.name, required=False, rows=4, level=3, help_text=principle.text
            )

    def start(self) -> dict[str, Any]:
        """What the plan says now."""
        return {f"principle{key}": text for key, text in self.written.items()}

    def do(self, *, by: Actor, consent: Consent | None = None) -> Plan:
        """Say it."""
        texts = {one: self.cleaned_data[f"principle{one.pk}"] for one in self.principles}
        return write_touchstones(plan=self.plan, by=by, consent=consent, version=self.seen, texts=texts)


class PrincipleForm(forms.Form):
    """A principle of the municipality."""

    version = version_field()

    def __init__(
        self, data: Any = None, *, municipality: Municipality, principle: Principle | None = None
    ) -> None:
        self.municipality, self.principle = municipality, principle
        super().__init__(data)
        self.fields.update(fields_of(Principle, "kind", "name", "text", "order", "is_used"))
        self.initial = {"is_used": True, "order": 0}
        if principle is not None:
            self.initial = {name: getattr(principle, name) for name in self.fields}

    def apply(self, by: Actor) -> Principle:
        """Add it, or change it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if self.principle is None:
            return add_principle(municipality=self.municipality, by=by, values=values)
        version = self.cleaned_data["version"]
        return change_principle(principle=self.principle, by=by, version=version, values=values)
