"""What lies around the point of a location."""

from collections.abc import Iterable

from django.db.models import QuerySet

from areas.models import Area, AreaShape


def shapes_here(areas: Iterable[Area] | QuerySet[Area] | None = None) -> QuerySet[AreaShape]:
    """The boundaries in force, of its own municipality, around the point of the location in the outer query."""
    shapes = AreaShape.objects.in_force().around("point")
    return shapes if areas is None else shapes.filter(area__in=areas)
