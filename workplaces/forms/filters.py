"""The filter of the list; the same in the address bar, on the page and behind the downloads."""

from typing import Any

from django import forms
from django.core.validators import slug_re
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaKind, Municipality
from workplaces.models import Service, WorkLocation, WorkLocationQuerySet

LONGEST_CHOICE = 300  # a longer list is for searching; its areas lead here from their own page


class LocationFilter(forms.Form):
    """What a person looks for; fields are named as in the address bar."""

    is_filter = True  # nothing is required, and nobody needs to be told

    q = forms.CharField(label=gettext_lazy("Name, street or postcode"), max_length=100, required=False)
    dienst = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    open = forms.BooleanField(label=gettext_lazy("Open now"), required=False)
    toegankelijk = forms.BooleanField(label=gettext_lazy("Wheelchair accessible"), required=False)

    def __init__(self, data: Any, *, municipality: Municipality, user: Any) -> None:
        super().__init__(data)
        self.municipality, self.user = municipality, user
        services = Service.objects.filter(municipality=municipality).values_list("slug", "name")
        asked = self.data.get("gebied", "")
        offered = Q(kind__in=_kinds_to_choose_from(municipality))
        if slug_re.match(asked):
            offered |= Q(slug=asked)
        self.areas = {
            area.slug: area
            for area in Area.objects.of(municipality)
            .on_the_map()
            .filter(offered)
            .in_order()
            .select_related("kind")
        }
        by_kind: dict[str, list[tuple[str, str]]] = {}
        for area in self.areas.values():
            by_kind.setdefault(area.kind.plural, []).append((area.slug, area.name))
        self.fields["dienst"].choices = [("", gettext_lazy("All services")), *services]  # type: ignore[attr-defined]
        self.fields["gebied"].choices = [("", gettext_lazy("Everywhere")), *by_kind.items()]  # type: ignore[attr-defined]

    def locations(self) -> WorkLocationQuerySet:
        """What is found; nothing when the filter itself makes no sense."""
        found = WorkLocation.objects.of(self.municipality).in_use().visible_to(self.user)
        if not self.is_valid():
            return found.none()
        wanted = self.cleaned_data
        if wanted["q"]:
            found = found.matching(wanted["q"])
        if wanted["dienst"]:
            found = found.with_service(wanted["dienst"])
        if wanted["gebied"]:
            found = found.in_area(self.areas[wanted["gebied"]])
        if wanted["open"]:
            found = found.open_at(timezone.now())
        if wanted["toegankelijk"]:
            found = found.accessible()
        return found


def _kinds_to_choose_from(municipality: Municipality) -> QuerySet[AreaKind]:
    there = Q(areas__retired_by__isnull=True, areas__is_residual=False)
    kinds = AreaKind.objects.filter(municipality=municipality).annotate(number=Count("areas", filter=there))
    return kinds.filter(number__lte=LONGEST_CHOICE)
