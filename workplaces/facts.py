"""How many work locations an area has, for lists of areas and the top of an area's page."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from areas.models import AreaShape
from core.facts import Fact, FactSource, fact_sources
from workplaces.models import WorkLocation


def locations_in(*, objects: Sequence[Any], user: Any) -> Mapping[int, Fact]:
    """The number of locations in use in each area; an area without boundaries is left out."""
    within = (
        WorkLocation.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=timezone.localdate()),
            municipality=OuterRef("area__municipality"),
            point__intersects=OuterRef("geom"),
        )
        .order_by()
        .values("municipality")
        .annotate(number=Count("pk"))
        .values("number")
    )
    shapes = AreaShape.objects.filter(
        area__in=[area.pk for area in objects], edition__status="active", area__retired_by__isnull=True
    )
    return {
        key: Fact(
            figure=str(number or 0),
            words=ngettext("work location", "work locations", number or 0),
            url=f"{reverse('workplaces:list')}?{urlencode({'gebied': slug})}",
        )
        for key, slug, number in shapes.values_list("area_id", "area__slug", Subquery(within))
    }


fact_sources.register(
    FactSource(
        name="workplaces.locations",
        target="areas.area",
        title=_("Work locations"),
        facts=locations_in,
        order=50,
    )
)
