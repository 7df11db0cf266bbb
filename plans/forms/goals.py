"""What people fill in about goals."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Consent
from areas.models import Area, Indicator
from core.verbs import Actor
from plans.actions import add_figure, add_goal, change_figure, change_goal, move_goal
from plans.forms.base import EditForm, can_be_proposed, fields_of
from plans.models import Goal, GoalIndicator, Plan
from plans.models.goal import Body

MORE = ("external_code", "passed_by", "is_priority", "weight", "comment", "evaluation")


def goals_of(plan: Plan) -> list[Goal]:
    """The goals of a plan, in order."""
    return list(Goal.objects.filter(plan=plan))


def in_tree(goals: list[Goal]) -> Iterator[tuple[int, Goal]]:
    """The goals of a plan in the order of their tree, each with how deep it lies (0 at the top)."""
    below: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        below[goal.parent_id].append(goal)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, Goal]]:
        for goal in below[parent]:
            yield depth, goal
            yield from walk(goal.pk, depth + 1)

    return walk(None, 0)


def goal_choices(goals: list[Goal], *, apart_from: Goal | None = None) -> list[tuple[Any, str]]:
    """The goals as a list that shows the tree, without a goal and what lies under it."""
    found: list[tuple[Any, str]] = []
    hidden: int | None = None
    for depth, goal in in_tree(goals):
        if hidden is not None and depth > hidden:
            continue
        hidden = depth if goal == apart_from else None
        if hidden is None:
            found.append((goal.pk, "\u2003" * depth + f"{goal.code} {goal.name}".strip()))
    return found


def goal_field(goals: list[Goal], empty: str, *, apart_from: Goal | None = None, **options: Any) -> Any:
    """One of the goals of a plan. Those under `apart_from` are not offered; who asks for one hears from the verb why not."""
    field = forms.ModelChoiceField(
        Goal.objects.filter(pk__in=[goal.pk for goal in goals]), required=False, **options
    )
    field.widget.choices = [("", empty), *goal_choices(goals, apart_from=apart_from)]
    return field


def passed_by_field() -> forms.MultipleChoiceField:
    """Which of the two bodies passes it."""
    return forms.MultipleChoiceField(
        label=_("Passed by"), choices=Body.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


@can_be_proposed
class GoalForm(EditForm):
    """A goal, with what it lies under."""

    name = "goal"
    title = gettext_lazy("Goal")
    more = MORE

    @classmethod
    def rows_of(cls, plan: Plan) -> QuerySet[Any]:
        """Those of the plan."""
        return Goal.objects.filter(plan=plan).select_related("plan__municipality")

    def add_fields(self) -> None:
        """What it is first."""
        made = fields_of(Goal, "name", "level", "code", "text", *MORE)
        made["passed_by"] = passed_by_field()
        made["parent"] = goal_field(
            goals_of(self.plan),
            _("nothing: it stands at the top"),
            apart_from=self.row,
            label=_("Lies under"),
        )
        order = ("name", "text", "parent", "level", "code", *MORE)
        self.fields.update({name: made[name] for name in order})

    @property
    def begins_with(self) -> Any:
        """With the weight and the level that every goal has."""
        return Goal()

    @property
    def is_unfolded(self) -> bool:
        """A weight of one says nothing."""
        return any(
            name in self.errors or (self[name].value() and (name, str(self[name].value())) != ("weight", "1"))
            for name in self.more
        )

    def start(self) -> dict[str, Any]:
        """As it is; a new one under the goal that was asked for."""
        return {**super().start(), "parent": self.row.parent_id if self.row else None}

    def do(self, *, by: Actor, consent: Consent | None = None) -> Goal:
        """Add it, or change it."""
        values = self.values()
        if self.row is None:
            return add_goal(plan=self.plan, by=by, consent=consent, values=values, parent=values["parent"])
        return change_goal(goal=self.row, by=by, consent=consent, version=self.seen, values=values)


class MoveGoalForm(EditForm):
    """Where a goal stands: under which other, and before which."""

    name = "goal_move"
    title = gettext_lazy("Move a goal")
    LAST: ClassVar[str] = ""

    @classmethod
    def rows_of(cls, plan: Plan) -> QuerySet[Any]:
        """Those of the plan."""
        return GoalForm.rows_of(plan)

    def add_fields(self) -> None:
        """Under what, and at which place."""
        goals = goals_of(self.plan)
        self.fields["parent"] = goal_field(
            goals, _("nothing: it stands at the top"), apart_from=self.row, label=_("Lies under")
        )
        self.fields["before"] = goal_field(
            goals, _("as the last one"), apart_from=self.row, label=_("Before"),
            help_text=_("One of the goals that lie under the same goal."),
        )  # fmt: skip

    def start(self) -> dict[str, Any]:
        """Where it stands."""
        row = list(self.plan.goals.filter(parent=self.row.parent_id))
        after = row[row.index(self.row) + 1 :]
        return {"parent": self.row.parent_id, "before": after[0].pk if after else None}

    def clean(self) -> dict[str, Any]:
        """Both lie under the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        before, parent = cleaned.get("before"), cleaned.get("parent")
        if before is not None and "parent" in cleaned and before.parent != parent:
            self.add_error(
                "before", _("This goal lies under another one. Choose one that lies under the same goal.")
            )
        return cleaned

    def do(self, *, by: Actor, consent: Consent | None = None) -> Goal:
        """Move it."""
        parent, before = self.cleaned_data["parent"], self.cleaned_data["before"]
        row = [goal for goal in self.plan.goals.filter(parent=parent) if goal != self.row]
        place = row.index(before) if before in row else None
        return move_goal(goal=self.row, by=by, consent=consent, version=self.seen, parent=parent, place=place)


@can_be_proposed
class FigureForm(EditForm):
    """The figure by which a goal is known: where it begins and where it should be."""

    name = "figure"
    title = gettext_lazy("Figure of a goal")
    more = ("baseline", "baseline_when", "action", "target_set_on")

    @classmethod
    def rows_of(cls, plan: Plan) -> QuerySet[Any]:
        """Those of the plan."""
        return GoalIndicator.objects.filter(goal__plan=plan).select_related("goal__plan__municipality")

    def add_fields(self) -> None:
        """The figures and areas of the municipality, the actions of the plan."""
        municipality = self.plan.municipality
        made = fields_of(
            GoalIndicator, "indicator", "area", "target", "target_when", "baseline", "baseline_when", "action",
            "target_set_on",
        )  # fmt: skip
        made["indicator"] = forms.ModelChoiceField(Indicator.objects.of(municipality), label=_("Figure"))
        made["area"] = forms.ModelChoiceField(Area.objects.for_map(municipality), label=_("Area"))
        made["action"] = forms.ModelChoiceField(
            self.plan.actions.all(), label=_("Measures this action"), required=False,
            help_text=_("Only when the figure tells how far one action is."),
        )  # fmt: skip
        for name in ("target", "baseline"):
            made[name] = forms.DecimalField(
                label=made[name].label,
                required=made[name].required,
                localize=True,
                max_digits=20,
                decimal_places=6,
            )
        made["target_set_on"].required = False
        made["target_set_on"].help_text = _("Empty: today. An aim that was set after the plan began says so.")
        self.fields.update(made)
        if self.row is None:
            self.fields["of_goal"] = forms.ModelChoiceField(
                Goal.objects.filter(plan=self.plan), label=_("Goal"), widget=forms.HiddenInput
            )

    def start(self) -> dict[str, Any]:
        """As it is, without zeros that say nothing."""
        found = super().start()
        for name in ("target", "baseline"):
            if found.get(name) is not None:
                found[name] = found[name].normalize() + 0
        return found

    @property
    def goal(self) -> Goal | None:
        """The goal that is known by it."""
        return self.row.goal if self.row is not None else self.cleaned_data.get("of_goal")

    def do(self, *, by: Actor, consent: Consent | None = None) -> GoalIndicator:
        """Add it, or change it."""
        values = {name: value for name, value in self.values().items() if name != "of_goal"}
        if values["target_set_on"] is None:
            values["target_set_on"] = timezone.localdate()
        if self.row is None:
            return add_figure(goal=self.cleaned_data["of_goal"], by=by, consent=consent, values=values)
        return change_figure(figure=self.row, by=by, consent=consent, version=self.seen, values=values)
