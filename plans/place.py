"""Which areas lie in those of a plan, and whether what is drawn for an action lies where its plan is about."""

from django.contrib.gis.db.models import Union
from django.contrib.gis.geos import GEOSGeometry

from areas.models import AreaKind, AreaPart, AreaShape
from plans.models import Plan

HAIR = 25  # metres: how far a drawing may cross a border before it is asked about


def surface_of(plan: Plan) -> GEOSGeometry | None:
    """The surface of the areas of a plan, of the whole municipality when it names none (EPSG:4326); None while it is not known."""
    shapes = AreaShape.objects.in_force()
    named = list(plan.areas.values_list("pk", flat=True))
    if named:
        shapes = shapes.filter(area__in=named)
    else:
        widest = (
            AreaKind.objects.filter(
                municipality=plan.municipality_id, is_partition=True, editions__in=shapes.values("edition")
            )
            .order_by("rank")
            .first()
        )
        shapes = shapes.filter(area__kind=widest)
    found: GEOSGeometry | None = shapes.aggregate(surface=Union("geom"))["surface"]
    return found


def lies_outside(geometry: GEOSGeometry, plan: Plan) -> bool:
    """Whether a drawing lies more than a hair outside the areas of a plan; measured in the grid of the municipality."""
    surface = surface_of(plan)
    if surface is None or surface.covers(geometry):
        return False
    grid = plan.municipality.srid
    metres, drawn = surface.transform(grid, clone=True), geometry.transform(grid, clone=True)
    return not metres.buffer(HAIR).covers(drawn)


def reached_from(tops: set[int]) -> set[int]:
    """The areas, and those that lie in them at least partly, however deep."""
    found, newest = set(tops), set(tops)
    while newest:
        newest = set(AreaPart.objects.filter(parent__in=newest).values_list("child", flat=True)) - found
        found |= newest
    return found
