"""What is asked about advices: what the council asks, when it gave it, when it was received, and the filter of the register."""

import copy
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import PolicyField
from areas.models import Area, Municipality
from core.forms import DayField, version_field
from core.verbs import Actor
from councils.actions.advices import (
    adopt_advice,
    begin_advice,
    change_advice,
    receive_advice,
    withdraw_advice,
)
from councils.models import Advice, AdviceQuerySet, Answer, Council, Vote
from plans.models import Plan


class AdviceForm(forms.ModelForm[Advice]):
    """What the council asks, of whom, and why; one recommendation a line."""

    recommendations = forms.CharField(
        label=gettext_lazy("Recommendations"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
        help_text=gettext_lazy("One on each line. Each one gets an answer of its own."),
    )  # fmt: skip
    version = version_field()

    class Meta:
        model = Advice
        fields = ("title", "origin", "question", "plan", "text", "body", "body_name", "policy_field")
        widgets = {"question": forms.Textarea(attrs={"rows": 3}), "text": forms.Textarea(attrs={"rows": 5})}

    field_order = (
        "title",
        "recommendations",
        "text",
        "origin",
        "question",
        "plan",
        "body",
        "body_name",
        "policy_field",
    )

    def __init__(
        self, *args: Any, council: Council, by: Any, instance: Advice | None = None, **options: Any
    ) -> None:
        if instance is not None:
            texts = "\n".join(" ".join(one.text.split()) for one in instance.recommendations.all())
            options["initial"] = {"recommendations": texts, "version": instance.version}
        # A copy: what was typed is no change of the advice itself.
        bare = copy.copy(instance) if instance is not None else Advice(council=council)
        super().__init__(*args, **{**options, "instance": bare})
        self.council, self.advice = council, instance
        here = council.municipality
        self.fields["plan"].queryset = Plan.objects.of(here).visible_to(by).in_order()  # type: ignore[attr-defined]
        self.fields["policy_field"].queryset = PolicyField.objects.of(here)  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The verb holds it against the database; here it would refuse what a form need not know."""

    def apply(self, *, by: Actor) -> Advice:
        """Begin or change it, with what was filled in."""
        values = dict(self.cleaned_data)
        version, texts = values.pop("version"), values.pop("recommendations").splitlines()
        if self.advice is None:
            return begin_advice(council=self.council, by=by, values=values, recommendations=texts)
        return change_advice(advice=self.advice, by=by, values=values, recommendations=texts, version=version)


class VoteChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A vote by its meeting and question."""

    def label_from_instance(self, obj: Any) -> str:
        """The day and the question."""
        return f"{date_format(obj.item.meeting.day, 'j F Y')}: {obj.question}"


class AdoptForm(forms.Form):
    """In which vote the council gave it; where no votes are kept, when and how it voted."""

    vote = VoteChoice(
        Vote.objects.none(),
        label=gettext_lazy("The vote"),
        required=False,
        empty_label=gettext_lazy("Not kept here"),
    )
    on = DayField(
        label=gettext_lazy("Given on"),
        required=False,
        help_text=gettext_lazy("Not needed when you choose the vote."),
    )
    vote_words = forms.CharField(
        label=gettext_lazy("How the council voted"), max_length=200, required=False,
        help_text=gettext_lazy("Such as: 8 for, 1 against, 1 abstention. Or: by general agreement."),
    )  # fmt: skip
    version = version_field()

    def __init__(self, *args: Any, advice: Advice, **options: Any) -> None:
        super().__init__(*args, **{**options, "initial": {"version": advice.version}})
        votes = Vote.objects.filter(
            item__meeting__council=advice.council_id, state=Vote.State.CLOSED, result=Vote.Result.ADOPTED
        ).select_related("item__meeting")
        self.fields["vote"].queryset = votes.order_by("-item__meeting__starts_at", "pk")  # type: ignore[attr-defined]
        if not votes.exists():
            del self.fields["vote"]
            self.fields["on"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """The vote, or the day and the words."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("vote") is None:
            if not given.get("on") and "on" not in self.errors:
                self.add_error("on", DayField().error_messages["required"])
            if not given.get("vote_words"):
                self.add_error("vote_words", _("Say how the council voted."))
        return given

    def apply(self, *, advice: Advice, by: Actor) -> Advice:
        """Note it."""
        given = {**self.cleaned_data}
        given["on"] = given["on"] or timezone.localdate()
        return adopt_advice(advice=advice, by=by, **given)


class ReceiveForm(forms.Form):
    """When it was received."""

    on = DayField(label=gettext_lazy("Received on"), initial=timezone.localdate)
    version = version_field()

    def apply(self, *, advice: Advice, by: Actor) -> Advice:
        """Note it; the term begins."""
        return receive_advice(advice=advice, by=by, **self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why it is withdrawn."""

    why = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The members of the council read it on the page of the advice."),
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
    )  # fmt: skip
    version = version_field()

    def apply(self, *, advice: Advice, by: Actor) -> Advice:
        """Stop it."""
        return withdraw_advice(advice=advice, by=by, **self.cleaned_data)


class RegisterFilter(forms.Form):
    """What a person looks for in the register; fields are named as in the address bar."""

    is_filter = True  # nothing is required, and nobody needs to be told

    q = forms.CharField(label=gettext_lazy("Search the advices"), max_length=100, required=False)
    raad = forms.ChoiceField(label=gettext_lazy("Council"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    veld = forms.ChoiceField(label=gettext_lazy("Policy field"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)

    def __init__(self, data: Any, *, municipality: Municipality) -> None:
        super().__init__(data)
        self.advices = Advice.objects.of(municipality).adopted()
        councils = (
            Council.objects.of(municipality).filter(advices__in=self.advices).distinct().order_by("name")
        )
        areas = (
            Area.objects.of(municipality)
            .filter(councils__advices__in=self.advices)
            .distinct()
            .order_by("name")
        )
        fields = PolicyField.objects.filter(advices__in=self.advices).distinct().order_by("name")
        self.areas = {area.slug: area for area in areas}
        self._offer("raad", _("All councils"), councils.values_list("slug", "name"))
        self._offer("gebied", _("Everywhere"), [(area.slug, area.name) for area in self.areas.values()])
        self._offer("veld", _("All policy fields"), fields.values_list("slug", "name"))
        stands = [("open", _("Waits for an answer")), ("te-laat", _("Late")), ("beantwoord", _("Answered"))]
        self._offer("stand", _("All"), stands)

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def found(self) -> AdviceQuerySet:
        """The advices that are asked for; none when the filter makes no sense. The words of an answer count once it is released."""
        if not self.is_valid():
            return self.advices.none()
        wanted, advices = self.cleaned_data, self.advices.with_answer()
        if wanted["q"]:
            text = wanted["q"]
            asked = (
                Q(title__icontains=text) | Q(text__icontains=text) | Q(recommendations__text__icontains=text)
            )
            said = Q(lines__reason__icontains=text) | Q(text__icontains=text)
            answered = Answer.objects.counting().filter(said).values("advice")
            advices = advices.filter(asked | Q(pk__in=answered)).distinct()
        if wanted["raad"]:
            advices = advices.filter(council__slug=wanted["raad"])
        if wanted["gebied"]:
            advices = advices.in_area(self.areas[wanted["gebied"]])
        if wanted["veld"]:
            advices = advices.filter(policy_field__slug=wanted["veld"])
        if wanted["stand"] == "beantwoord":
            advices = advices.filter(answered_at__isnull=False)
        elif wanted["stand"]:
            advices = advices.filter(answered_at__isnull=True)
            if wanted["stand"] == "te-laat":
                advices = advices.filter(due_on__lt=timezone.localdate())
        return Advice.objects.filter(pk__in=advices.values("pk"))
