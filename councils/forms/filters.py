"""The filters of the lists of councils and of meetings; the same in the address bar, on the page and behind the downloads."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from core.forms import DayField
from councils.models import Council, CouncilArea, CouncilQuerySet, Meeting


class CouncilFilter(forms.Form):
    """What a person looks for; fields are named as in the address bar."""

    is_filter = True  # nothing is required, and nobody needs to be told

    q = forms.CharField(label=gettext_lazy("Name of the council"), max_length=100, required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)

    def __init__(self, data: Any, *, municipality: Municipality, user: Any) -> None:
        super().__init__(data)
        self.municipality = municipality
        self.councils = Council.objects.of(municipality).visible_to(user)
        named = CouncilArea.objects.filter(council__in=self.councils).values("area")
        areas = Area.objects.of(municipality).filter(pk__in=named).order_by("name")
        self.areas = {area.slug: area for area in areas}
        kinds = [(key, capfirst(str(label))) for key, label in Council.Kind.choices]
        places = [(area.slug, area.name) for area in self.areas.values()]
        self.fields["soort"].choices = [("", gettext_lazy("All kinds")), *kinds]  # type: ignore[attr-defined]
        self.fields["gebied"].choices = [("", gettext_lazy("Everywhere")), *places]  # type: ignore[attr-defined]

    def found(self) -> CouncilQuerySet:
        """The councils that are asked for; none when the filter makes no sense."""
        if not self.is_valid():
            return self.councils.none()
        wanted, found = self.cleaned_data, self.councils
        if wanted["q"]:
            found = found.filter(name__unaccent__icontains=wanted["q"])
        if wanted["soort"]:
            found = found.filter(kind=wanted["soort"])
        if wanted["gebied"]:
            found = found.in_area(self.areas[wanted["gebied"]])
        return found


class MeetingFilter(forms.Form):
    """From when until when; fields are named as in the address bar."""

    is_filter = True

    van = DayField(label=gettext_lazy("From"), required=False, quiet=True)
    tot = DayField(label=gettext_lazy("Until"), required=False, quiet=True)

    def found(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """The meetings of these days; none when the filter makes no sense."""
        if not self.is_valid():
            return meetings.none()
        first, last = self.cleaned_data["van"], self.cleaned_data["tot"]
        if first:
            meetings = meetings.filter(starts_at__date__gte=first)
        return meetings.filter(starts_at__date__lte=last) if last else meetings
