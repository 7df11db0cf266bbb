"""Which areas the list and the map show: by kind, and by what other apps know of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from areas.models import AreaEdition, AreaKind, Indicator, IndicatorValue, Municipality
from areas.models.area import Area, AreaQuerySet
from areas.models.figures import IndicatorQuerySet
from core.filters import ListFilter, filters_for

TARGET = "areas.area"
KIND = "soort"


class AreaFilterForm(forms.Form):
    """The filters above the list of areas; an unknown word filters nothing, so that an old address still works."""

    is_filter = True
    is_lenient = True

    def __init__(self, data: Mapping[str, Any], municipality: Municipality) -> None:
        super().__init__({key: data.get(key, "") for key in data})
        self.municipality = municipality
        self.kinds = list(
            AreaKind.objects.filter(
                municipality=municipality, editions__in=AreaEdition.objects.in_force()
            ).order_by("rank", "slug")
        )
        self.others: list[ListFilter] = filters_for(TARGET)
        self.fields[KIND] = _choice(
            gettext_lazy("Kind"), [(kind.slug, kind.plural) for kind in self.kinds], gettext_lazy("All kinds")
        )
        for other in self.others:
            self.fields[other.parameter] = _choice(
                other.title, other.choices(municipality=municipality), gettext_lazy("All")
            )

    def chosen(self, parameter: str) -> str:
        """What was chosen, when it is one of the choices."""
        value = self.data.get(parameter, "")
        known = dict(self.fields[parameter].choices)  # type: ignore[attr-defined]
        return value if value in known else ""

    def areas(self) -> AreaQuerySet:
        """The areas that were asked for, the same that the map shows."""
        found = Area.objects.for_map(self.municipality, kind=self.chosen(KIND))
        for other in self.others:
            value = self.chosen(other.parameter)
            if value:
                found = other.narrow(queryset=found, value=value)  # type: ignore[assignment]
        return found


def _choice(label: Any, choices: Any, everything: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", everything), *choices], required=False)


class FigureFilter(forms.Form):
    """The filters above the list of figures."""

    is_filter = True

    q = forms.CharField(label=gettext_lazy("Word"), max_length=100, required=False)
    thema = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def __init__(self, data: Mapping[str, Any], municipality: Municipality, *, with_empty: bool) -> None:
        super().__init__(data)
        found = Indicator.objects.of(municipality)
        numbers = IndicatorValue.objects.filter(indicator=OuterRef("pk"), value__isnull=False)
        self.found = found if with_empty else found.filter(Exists(numbers))
        themes = self.found.order_by("theme").values_list("theme", flat=True).distinct()
        self.fields["thema"] = _choice(
            gettext_lazy("Theme"), [(theme, theme) for theme in themes if theme], gettext_lazy("All themes")
        )

    def indicators(self) -> IndicatorQuerySet:
        """The figures that were asked for, by theme; none when the filter itself makes no sense."""
        if not self.is_valid():
            return self.found.none()
        found, wanted = self.found.order_by("theme", "name", "pk"), self.cleaned_data
        if wanted["thema"]:
            found = found.filter(theme=wanted["thema"])
        for word in wanted["q"].split():
            said = Q(name__icontains=word) | Q(description__icontains=word) | Q(source__icontains=word)
            found = found.filter(said | Q(theme__icontains=word))
        return found
