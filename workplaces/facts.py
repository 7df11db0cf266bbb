"""How many work locations an area has, for lists of areas and the top of an area's page."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from areas.models import AreaShape
from core.facts import Fact, FactSource, fact_sources
from workplaces.models import WorkLocation


def locations_in(*, objects: Sequence[Any], user: Any) -> Mapping[int, Fact]:
    """The number of locations in use in each area; an area without boundaries is left out."""
    shapes = AreaShape.objects.in_force().filter(area__in=[area.pk for area in objects])
    counted = shapes.counted_within(WorkLocation.objects.in_use())
    return {
        key: Fact(
            figure=str(number),
            words=ngettext("work location", "work locations", number),
            url=f"{reverse('workplaces:list')}?{urlencode({'gebied': slug})}",
        )
        for key, slug, number in counted.values_list("area_id", "area__slug", "number")
    }


fact_sources.register(
    FactSource(
        name="workplaces.locations",
        target="areas.area",
        title=gettext_lazy("Work locations"),
        facts=locations_in,
        order=50,
    )
)
