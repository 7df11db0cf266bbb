"""What people ask and fill in about benches."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from benches.actions import change_bench
from benches.models import Bench, BenchQuerySet
from core.forms import DayField, version_field
from core.verbs import Actor


class BenchFilter(forms.Form):
    """Which benches a list shows."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False)

    is_filter = True

    def benches(self, found: BenchQuerySet) -> BenchQuerySet:
        """Those that were asked for."""
        asked = Q(name__unaccent__icontains=self.cleaned_data["q"]) if self.is_valid() else Q(pk__in=[])
        return found.filter(asked).order_by("name", "pk")


class BenchForm(forms.Form):
    """A bench."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    look_on = DayField(label=gettext_lazy("Looked at on"), required=False)
    version = version_field()

    def __init__(self, *args: Any, bench: Bench, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(bench, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.bench = bench

    def apply(self, by: Actor) -> Bench:
        """Do it."""
        return change_bench(bench=self.bench, by=by, **self.cleaned_data)
