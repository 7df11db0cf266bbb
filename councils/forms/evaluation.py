"""What is asked about evaluations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from core.access import permitted
from core.forms import DayField, FewChoice, version_field
from core.questions.answering import QuestionsForm
from core.text import StaffTextField
from councils.models import Council, Evaluation, EvaluationChange, EvaluationQuestion, Person


class BeginForm(forms.Form):
    """Of which year, and of which council."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)
    council = FewChoice(
        Council.objects.none(), label=gettext_lazy("Council"), required=False, empty_label=gettext_lazy("All councils"),
    )  # fmt: skip

    def __init__(self, municipality: Municipality, *args: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kept = permitted(Council.objects.of(municipality).working(), by, "councils.keep_council")
        council: Any = self.fields["council"]
        council.queryset = kept.order_by("name")
        if not by.has_perm("councils.manage_council", municipality):
            council.required, council.empty_label = True, gettext_lazy("Choose a council")
        self.initial.setdefault("year", timezone.localdate().year)


class PaperForm(QuestionsForm):
    """The questions, and whose paper it is."""

    def __init__(
        self, questions: Sequence[EvaluationQuestion], *args: Any, people: Sequence[Person], **more: Any
    ) -> None:
        super().__init__(questions, *args, **more)
        found = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name", "pk")
        who = FewChoice(
            found,
            label=_("Whose paper is it?"),
            help_text=_(
                "Members with an account answer themselves. Who answered already is not in this list."
            ),
            empty_label=_("Choose a member"),
        )
        self.fields = {"person": who, **self.fields}


class OpenForm(forms.Form):
    """Until when members answer."""

    closes_on = DayField(
        label=gettext_lazy("Answers until"), help_text=gettext_lazy("This day still counts.")
    )


class ReportForm(forms.ModelForm[Evaluation]):
    """What was learned."""

    learned = StaffTextField(label=gettext_lazy("What we learned"), required=False, level=3)
    version = version_field()

    class Meta:
        model = Evaluation
        fields = ["learned"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["version"] = self.instance.version


class ChangeForm(forms.ModelForm[EvaluationChange]):
    """Something that will change."""

    due_on = DayField(label=gettext_lazy("By when"), required=False)
    version = version_field()

    class Meta:
        model = EvaluationChange
        fields = ["what", "who", "due_on"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["version"] = self.instance.version if self.instance.pk else ""
