"""What is typed in an evening: a question to vote on, a line, a decision, who does what."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, version_field, whole_in
from core.verbs import Actor
from councils.actions import minutes, voting
from councils.counting import FOR_OR_AGAINST, named_options
from councils.models import AgendaItem, Agreement, Decision, Membership, MinuteLine, Vote
from councils.reading.roll import Roll


class VoteForm(forms.Form):
    """A question, and how it is counted: as the council's rules say, unless it is said otherwise now."""

    question = forms.CharField(
        label=gettext_lazy("Question"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    how = forms.ChoiceField(label=gettext_lazy("How"), choices=Vote.How.choices)
    options = forms.CharField(
        label=gettext_lazy("Names to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only in a secret vote: one a line. Empty: for or against."),
    )  # fmt: skip
    base = forms.ChoiceField(label=gettext_lazy("The whole (100 percent)"), choices=Vote.Base.choices)
    majority = forms.ChoiceField(label=gettext_lazy("Needed"), choices=Vote.Majority.choices)
    tie = forms.ChoiceField(label=gettext_lazy("At equal votes"), choices=Vote.Tie.choices)
    silent = forms.ChoiceField(label=gettext_lazy("Who chooses nothing"), choices=Vote.Silent.choices)

    def __init__(self, data: Any = None, *, by_rule: dict[str, str], key: int = 0) -> None:
        super().__init__(data, initial=by_rule, auto_id=f"vote{key}_%s")

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        told = {name: self.cleaned_data[name] for name in voting.VOTE}
        lines = [line.strip()[:120] for line in told["options"].splitlines() if line.strip()]
        told["options"] = (lines or list(FOR_OR_AGAINST)) if told["how"] == Vote.How.SECRET else []
        if told["how"] == Vote.How.SECRET and told["tie"] == Vote.Tie.CHAIR:
            told["tie"] = Vote.Tie.REJECTED
        return told


class PreparedForm(VoteForm):
    """A vote before its evening: a new one, or one that stands ready."""

    version = version_field()

    def __init__(self, data: Any = None, *, by_rule: dict[str, str], vote: Vote | None = None) -> None:
        super().__init__(data, by_rule=by_rule)
        self.vote = vote
        if vote is not None:
            names = ("question", "how", "base", "majority", "tie", "silent", "version")
            self.initial = {name: getattr(vote, name) for name in names}
            self.initial["options"] = "\n".join(named_options(vote))

    def apply(self, *, item: AgendaItem, by: Actor) -> Vote:
        """Prepare it, or change it."""
        if self.vote is None:
            return voting.prepare_vote(item=item, by=by, values=self.values())
        version = self.cleaned_data["version"] or None
        return voting.change_vote(vote=self.vote, by=by, values=self.values(), version=version)


class TextForm(forms.Form):
    """A line of the minutes."""

    text = forms.CharField(
        label=gettext_lazy("Add something yourself"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MinuteLine.Kind.choices)


class DecisionForm(forms.Form):
    """A decision without a vote."""

    title = forms.CharField(label=gettext_lazy("Decision in short"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Decision"), max_length=6000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Decision.Kind.choices)


class ChangeDecisionForm(DecisionForm):
    """The words of a decision that stands in the minutes."""

    version = version_field()

    def __init__(self, data: Any = None, *, decision: Decision) -> None:
        names = ("title", "text", "kind", "version")
        super().__init__(data, initial={name: getattr(decision, name) for name in names})
        self.decision = decision

    def apply(self, *, by: Actor) -> Decision:
        """Change it."""
        told = self.cleaned_data
        return minutes.change_decision(
            decision=self.decision, by=by, version=told["version"] or None,
            values={name: told[name] for name in ("title", "text", "kind")},
        )  # fmt: skip


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who does what."""

    due_on = DayField(label=gettext_lazy("By"), required=False, quiet=True)

    class Meta:
        model = Agreement
        fields = ("what", "who", "who_else", "due_on")

    def __init__(self, data: Any = None, *, roll: Roll) -> None:
        super().__init__(data)
        who: Any = self.fields["who"]
        who.queryset = Membership.objects.filter(pk__in=[one.key for one in roll.everybody])
        who.choices = [("", _("somebody else")), *((one.key, one.member.name) for one in roll.everybody)]

    def _post_clean(self) -> None:
        """The verb judges the row."""


def papers_in(data: Any, vote: Vote) -> dict[int, int]:
    """The counts of a secret vote as they were typed, by the place of the choice; raises ValidationError for what is no number."""
    places = [*range(1, len(vote.options) + 1), 0, -1]
    found = {}
    for place in places:
        text = str(data.get(f"papers{place}", "")).strip() or "0"
        number = whole_in(text, most=500)
        if number is None:
            raise forms.ValidationError(_("Write how many ballot papers, as a number."), code="papers")
        found[place] = number
    return found
