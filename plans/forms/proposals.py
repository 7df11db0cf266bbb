"""What people fill in about a proposal: the change once more, to accept it, or why not."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import Difference, differences, version_field
from core.verbs import Actor, Conflict
from plans.actions import accept_proposal, decline_proposal
from plans.forms.base import REASON, EditForm, form_of
from plans.models import Plan, Proposal


def as_sent(proposal: Proposal) -> QueryDict:
    """What the proposer sent, with the version that was seen."""
    data = QueryDict(mutable=True)
    for name, values in proposal.changes.get("typed", {}).items():
        data.setlist(name, values)
    data["version"] = proposal.seen_version
    return data


def proposed_form(proposal: Proposal, *, by: Actor, data: Any = None) -> EditForm | None:
    """The form with what was proposed, or with what the editor made of it (`data`); None when what it is about is gone."""
    data = data if data is not None else as_sent(proposal)
    form = form_of(proposal, by=by, data=data, may_ask=True)
    if form is not None:
        form.fields["answer"] = forms.CharField(
            label=_("Answer to who proposed it"), max_length=2000, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip
    return form


def old_and_new(proposal: Proposal, *, by: Actor) -> list[Difference]:
    """Where what was proposed differs from what there is now."""
    mine, now = form_of(proposal, by=by, data=as_sent(proposal)), form_of(proposal, by=by, data=None)
    if mine is None or now is None:
        return []
    mine.fields.pop(REASON, None)
    return differences(mine, now)


def as_now(form: EditForm, proposal: Proposal, now: Any) -> EditForm:
    """The same form as it would begin with what there is now."""
    plan = now if isinstance(now, Plan) else proposal.plan
    return type(form)(None, plan=plan, by=form.by, row=now, may_ask=False)


def accept(form: EditForm, proposal: Proposal, *, site: str = "") -> Any:
    """Accept it as the editor has it now, or ask first; what somebody else did in the meantime is not done again."""
    if form.period is not None:
        return form.ask(site=site, proposal=str(proposal.uuid), answer=form.cleaned_data["answer"])

    def carry_out() -> Any:
        try:
            with transaction.atomic():
                return form.do(by=form.by)
        except Conflict as conflict:
            if conflict.current is None or differences(form, as_now(form, proposal, conflict.current)):
                raise
            return conflict.current

    return accept_proposal(
        proposal=proposal, by=form.by, version=None, do=carry_out, answer=form.cleaned_data["answer"]
    )


class DeclineForm(forms.Form):
    """Why not."""

    answer = forms.CharField(
        label=gettext_lazy("Why not?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Who proposed it reads this."),
    )  # fmt: skip
    version = version_field()

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__(data, initial={"version": proposal.version})

    def apply(self, by: Actor) -> Proposal:
        """Say no."""
        return decline_proposal(
            proposal=self.proposal,
            by=by,
            version=self.cleaned_data["version"] or None,
            answer=self.cleaned_data["answer"],
        )
