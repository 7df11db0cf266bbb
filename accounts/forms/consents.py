"""What is asked of who answers whether something goes out, and of who wants it to."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import PersonChoice, colleagues
from accounts.forms.absences import working_colleagues
from accounts.models import PeriodKeeper, User
from areas.models import CalendarPeriod, Municipality

WHY_FIRST = "why_first"  # the field of a form that asks first


def ask_why(form: forms.BaseForm, period: CalendarPeriod) -> None:
    """Give a form the field in which one says why this goes out in a period that asks first."""
    form.fields[WHY_FIRST] = forms.CharField(
        label=_("Why now? It is “%(period)s”") % {"period": period.name},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_(
            "Somebody else reads this and says whether it goes out. What you wrote waits until then."
        ),
    )


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Can this go out?"),
        choices=[("ja", gettext_lazy("Yes, at once")), ("nee", gettext_lazy("No, not in this period"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who asked reads this, and it is kept in the history."),
    )  # fmt: skip


class KeepersForm(forms.Form):
    """For each kind of period, who is asked first."""

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = dict(PeriodKeeper.objects.filter(municipality=municipality).values_list("kind", "user"))
        people = working_colleagues(municipality) | colleagues(municipality).filter(pk__in=named.values())
        for kind, label in CalendarPeriod.Kind.choices:
            self.fields[kind] = PersonChoice(
                people,
                label=capfirst(label),
                required=False,
                empty_label=_("The administrators"),
                initial=named.get(kind),
            )

    @property
    def changed(self) -> dict[str, User | None]:
        """Who is named anew, by kind."""
        return {kind: self.cleaned_data[kind] for kind in self.changed_data}
