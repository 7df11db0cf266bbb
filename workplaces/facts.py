"""How many work locations an area has, for lists of areas and the top of an area's page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from areas.models import AreaShape
from core.facts import Fact, FactSource, fact_sources
from workplaces.models import WorkLocation


def locations_in(*, objects: Sequence[Any], user: Any) -> QuerySet[Any, Any]:
    """The number of locations in use in each area; an area without boundaries is left out."""
    shapes = AreaShape.objects.in_force().filter(area__in=[area.pk for area in objects])
    counted = shapes.counted_within(WorkLocation.objects.in_use())
    rows: QuerySet[Any, Any] = counted.annotate(row=JSONObject(key="area_id", number="number"))
    return rows


def locations_here(*, obj: Any, number: int) -> Fact:
    """How many there are, and where they are listed."""
    return Fact(
        figure=str(number),
        words=ngettext("work location", "work locations", number),
        url=f"{reverse('workplaces:list')}?{urlencode({'gebied': obj.slug})}",
    )


fact_sources.register(
    FactSource(
        name="workplaces.locations",
        target="areas.area",
        title=gettext_lazy("Work locations"),
        count=locations_in,
        fact=locations_here,
        order=50,
    )
)
