"""Areas by the service that one finds there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from areas.models import AreaShape
from core.filters import ListFilter, list_filters
from workplaces.models import Service, WorkLocation


def services(*, municipality: Any) -> Sequence[tuple[str, str]]:
    """The services that are offered somewhere."""
    offered = Service.objects.filter(municipality=municipality, offers__isnull=False).distinct()
    return list(offered.values_list("slug", "name"))


def with_service(*, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The areas in which a location offers a service."""
    offering = WorkLocation.objects.in_use().with_service(value)
    shapes = AreaShape.objects.in_force().filter(area=OuterRef("pk"))
    return queryset.filter(Exists(shapes.holding(offering)))


list_filters.register(
    ListFilter(
        name="workplaces.service",
        target="areas.area",
        parameter="dienst",
        title=gettext_lazy("Service"),
        choices=services,
        narrow=with_service,
        order=50,
    )
)
