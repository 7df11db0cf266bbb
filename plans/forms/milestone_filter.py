"""Which milestones a list shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from plans.models.milestone import MilestoneQuerySet


class MilestoneFilter(forms.Form):
    """Those of one area, or all."""

    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)

    is_filter = True

    def __init__(self, data: Any, *, municipality: Municipality) -> None:
        super().__init__(data)
        known = Area.objects.of(municipality).filter(milestones__isnull=False).distinct().order_by("name")
        self.areas = {area.slug: area for area in known}
        choices = [(slug, area.name) for slug, area in self.areas.items()]
        asked = self.data.get("gebied", "").replace("\x00", "")
        if asked and asked not in self.areas:  # an area without milestones is a question too
            area = Area.objects.of(municipality).filter(slug=asked[:80]).first()
            if area is not None:
                self.areas[asked] = area
                choices.append((asked, area.name))
        self.fields["gebied"].choices = [("", gettext_lazy("Everywhere")), *choices]  # type: ignore[attr-defined]

    def milestones(self, found: MilestoneQuerySet) -> MilestoneQuerySet:
        """Those that were asked for."""
        if not self.is_valid():
            return found.none()
        slug = self.cleaned_data["gebied"]
        return found.in_area(self.areas[slug]) if slug else found
