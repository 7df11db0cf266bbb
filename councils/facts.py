"""How many councils an area has, for lists of areas and the top of an area's page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy, ngettext

from core.facts import Fact, FactSource, fact_sources
from councils.models import Council, CouncilArea


def councils_in(*, objects: Sequence[Any], user: Any) -> QuerySet[Any, Any]:
    """The number of councils that work for each area by name; an area without one is left out."""
    links = CouncilArea.objects.filter(
        area__in=[area.pk for area in objects], council__in=Council.objects.working().values("pk")
    )
    counted = links.order_by().values("area").annotate(number=Count("pk"))
    rows: QuerySet[Any, Any] = counted.annotate(row=JSONObject(key="area", number="number"))
    return rows


def councils_here(*, obj: Any, number: int) -> Fact:
    """How many there are, and where they stand on the page of the area."""
    words = ngettext("council of the area", "councils of the area", number)
    return Fact(figure=str(number), words=words, url=f"{obj.get_absolute_url()}#councils-here")


fact_sources.register(
    FactSource(
        name="councils.councils",
        target="areas.area",
        title=gettext_lazy("Councils"),
        count=councils_in,
        fact=councils_here,
        order=65,
    )
)
