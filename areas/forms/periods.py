"""What is asked about the periods of the calendar."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import CalendarPeriod, Municipality
from areas.models.period import CalendarPeriodQuerySet
from core.forms import DayField, version_field


class PeriodForm(forms.ModelForm[CalendarPeriod]):
    """A period: its kind, its days, and what it asks."""

    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("This day still counts."))
    version = version_field()

    class Meta:
        model = CalendarPeriod
        fields = ["kind", "name", "first", "last", "asks_first", "holds_back_mandates"]

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.municipality = municipality
        self.initial["version"] = self.instance.version if self.instance.pk else ""


class PeriodsFilter(forms.Form):
    """Which periods the list shows."""

    is_filter = True
    WHEN = [("", gettext_lazy("Now and later")), ("alle", gettext_lazy("All"))]

    when = forms.ChoiceField(label=gettext_lazy("When"), choices=WHEN, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Every kind")), *CalendarPeriod.Kind.choices], required=False
    )  # fmt: skip

    def apply(self, periods: CalendarPeriodQuerySet) -> CalendarPeriodQuerySet:
        """Those that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return periods.none()
        if not self.cleaned_data["when"]:
            periods = periods.not_over(timezone.localdate())
        if kind := self.cleaned_data["kind"]:
            periods = periods.filter(kind=kind)
        return periods
