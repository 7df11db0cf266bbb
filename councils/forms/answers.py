"""What is asked of who answers an advice: for each recommendation what becomes of it, why, and perhaps who carries it out."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import version_field
from core.verbs import Actor
from councils.actions.answers import Said, correct_answer, write_answer
from councils.models import Advice, Answer, AnswerLine, Recommendation
from plans.models import Action, Plan

MOST_ACTIONS = 300


@dataclass(frozen=True)
class AskedLine:
    """A recommendation with its fields."""

    recommendation: Recommendation
    fields: list[BoundField]


class AnswerForm(forms.Form):
    """The answer to an advice."""

    text = forms.CharField(
        label=gettext_lazy("In general"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences before the answers."),
    )  # fmt: skip
    version = version_field()

    def __init__(self, *args: Any, advice: Advice, answer: Answer | None, **options: Any) -> None:
        initial: dict[str, Any] = (
            {"text": answer.text, "version": answer.version} if answer is not None else {}
        )
        initial |= options.pop("initial", {})
        super().__init__(*args, **{**options, "initial": initial})
        self.advice, self.answer = advice, answer
        self.recommendations = list(advice.recommendations.all())
        there = {line.recommendation_id: line for line in answer.lines.all()} if answer is not None else {}
        actions = actions_for(advice, {line.action_id for line in there.values()})
        for one in self.recommendations:
            self._ask(one, there.get(one.pk), actions)

    def _ask(self, one: Recommendation, line: AnswerLine | None, actions: Any) -> None:
        number = {"number": one.number}
        self.fields[f"verdict_{one.number}"] = forms.ChoiceField(
            label=_("What becomes of recommendation %(number)d?") % number, choices=AnswerLine.Verdict.choices,
            widget=forms.RadioSelect, initial=line.verdict if line else None,
            error_messages={"required": _("Say what becomes of it.")},
        )  # fmt: skip
        self.fields[f"reason_{one.number}"] = forms.CharField(
            label=_("Why? (recommendation %(number)d)") % number, max_length=2000, initial=line.reason if line else "",
            widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The council and everybody reads it. It may not stay empty."),
            error_messages={"required": _("Say why: the council reads it.")},
        )  # fmt: skip
        self.fields[f"action_{one.number}"] = forms.ModelChoiceField(
            actions, label=_("Which action carries it out? (recommendation %(number)d)") % number, required=False,
            initial=line.action_id if line else None, empty_label=_("None yet"),
        )  # fmt: skip

    @property
    def lines(self) -> list[AskedLine]:
        """Each recommendation with its fields, for the page."""
        names = ("verdict", "reason", "action")
        return [
            AskedLine(one, [self[f"{name}_{one.number}"] for name in names]) for one in self.recommendations
        ]

    def apply(self, *, by: Actor) -> Answer:
        """Write it, for who is named alone."""
        given = self.cleaned_data
        return write_answer(
            advice=self.advice, by=by, lines=self.said(), text=given["text"], version=given["version"]
        )

    def said(self) -> dict[int, Said]:
        """What was filled in, by the number of the recommendation."""
        given = self.cleaned_data
        return {
            number: Said(given[f"verdict_{number}"], given[f"reason_{number}"], given[f"action_{number}"])
            for number in (one.number for one in self.recommendations)
        }


class CorrectionForm(AnswerForm):
    """A correction of an answer that everybody reads: first why, then what is said now."""

    correction = forms.CharField(
        label=gettext_lazy("Why is the answer corrected?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it beside the new answer. The old answer stays to be read."),
        error_messages={"required": gettext_lazy("Say why the answer is corrected.")},
    )  # fmt: skip
    field_order = ("correction", "text")

    def __init__(
        self, *args: Any, advice: Advice, answer: Answer, is_new: bool = False, **options: Any
    ) -> None:
        initial = {} if is_new else {"correction": answer.correction}
        super().__init__(*args, advice=advice, answer=answer, **{**options, "initial": initial})

    def apply(self, *, by: Actor) -> Answer:
        """Write it, for who is named alone."""
        given = self.cleaned_data
        return correct_answer(
            advice=self.advice, by=by, why=given["correction"], lines=self.said(), text=given["text"],
            version=given["version"],
        )  # fmt: skip


def actions_for(advice: Advice, chosen: set[int | None]) -> Any:
    """The actions that may carry something of an advice out: of its plan, of its field, and in the areas of its council."""
    running = Plan.objects.of(advice.municipality_id).running()
    areas = list(advice.council.areas.all())
    fitting = Q(plan=advice.plan_id) | Q(plan__policy_field=advice.policy_field_id)
    for area in areas:
        fitting |= Q(pk__in=Action.objects.in_area(area).values("pk"))
    found = Action.objects.present().filter(Q(plan__in=running) & fitting)
    keys = list(found.order_by("plan__name", "number").values_list("pk", flat=True)[:MOST_ACTIONS])
    known = Action.objects.filter(Q(pk__in=keys) | Q(pk__in=[key for key in chosen if key]))
    return known.select_related("plan").order_by("plan__name", "number")
