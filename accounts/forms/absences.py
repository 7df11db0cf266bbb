"""What people fill in about being away and about the days on which they work."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.forms import PersonChoice, colleagues
from accounts.models import Absence, User
from accounts.models.absence import AbsenceQuerySet
from areas.models import Municipality
from core.forms import DayField


class AbsenceForm(forms.Form):
    """From when until when, and who stands in."""

    first = DayField(label=gettext_lazy("First day away"), initial=timezone.localdate)
    last = DayField(label=gettext_lazy("Last day away"), help_text=gettext_lazy("This day still counts."))
    deputy = PersonChoice(
        User.objects.none(),
        label=gettext_lazy("Who stands in"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy(
            "On these days, and no others, your colleague sees and may do what you may; not what an administrator may."
        ),
    )

    def __init__(
        self, *args: Any, by: User, municipality: Municipality, absence: Absence | None = None, **kwargs: Any
    ) -> None:
        if absence is not None:
            start = {"first": absence.first, "last": absence.last, "deputy": absence.deputy_id}
            kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        people = working_colleagues(municipality).exclude(pk=by.pk)
        if absence is not None:
            people = people.exclude(pk=absence.user_id)
            if absence.first <= timezone.localdate():
                del self.fields["first"]
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]


class AbsenceOfForm(AbsenceForm):
    """The same about a colleague, by an administrator."""

    user = PersonChoice(User.objects.none(), label=gettext_lazy("Who is away"))
    field_order = ["user", "first", "last", "deputy"]

    def __init__(self, *args: Any, by: User, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, by=by, municipality=municipality, **kwargs)
        self.fields["user"].queryset = working_colleagues(municipality)  # type: ignore[attr-defined]


def working_colleagues(municipality: Municipality) -> Any:
    """Those whose role here is not over."""
    roles = municipality.roles.exclude(valid_until__lt=timezone.localdate())
    return colleagues(municipality).filter(pk__in=roles.values("user"))


class WorkingWeekForm(forms.Form):
    """The days on which one works."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days on which you work"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day of the week.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(number + 1, capfirst(str(name))) for number, name in WEEKDAYS.items()]
        self.fields["weekdays"].choices = days  # type: ignore[attr-defined]


class AbsencesFilter(forms.Form):
    """Which absences the list shows."""

    is_filter = True
    STATES = [
        ("lasting", gettext_lazy("Now and later")),
        ("current", gettext_lazy("Now")),
        ("ended", gettext_lazy("Over")),
    ]
    q = forms.CharField(label=gettext_lazy("Name or e-mail address"), required=False, max_length=150)
    state = forms.ChoiceField(label=gettext_lazy("When"), choices=STATES, required=False, initial="lasting")

    def apply(self, absences: AbsenceQuerySet, today: dt.date) -> AbsenceQuerySet:
        """The absences that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return absences.none()
        state = self.cleaned_data.get("state") or "lasting"
        if state == "ended":
            absences = absences.filter(last__lt=today).order_by("-last", "pk")
        else:
            absences = absences.current(today) if state == "current" else absences.lasting(today)
        if words := self.cleaned_data.get("q"):
            absences = absences.named(words)
        return absences
