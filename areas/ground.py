"""What a form draws upon (`core.drawing`): the municipality, or some of its areas."""

from collections.abc import Callable, Sequence

from django.contrib.gis.db.models import Extent, Union
from django.contrib.gis.geos import GEOSGeometry
from django.urls import reverse

from areas.models import Area, AreaEdition, AreaShape, Municipality
from areas.models.edition import AreaShapeQuerySet
from core.drawing import Ground


def ground_of(
    municipality: Municipality, areas: Sequence[Area] = (), *, others: Sequence[str] = ()
) -> Ground:
    """The ground of a form: the given areas, or all of the municipality; `others` are names of layers to find one's way by.

    Two queries; the surface is one more, asked when something was drawn.
    """
    edition = working_edition(municipality)
    if edition is None:
        return Ground(name=municipality.name)
    shapes = AreaShape.objects.in_force()
    here = shapes.filter(area__in=areas) if areas else shapes.filter(edition=edition)
    around = here.aggregate(around=Extent("geom"))["around"]
    layers = [reverse("areas:layer", args=[slug]) for slug in (edition.kind.slug, *others)]
    return Ground(
        name=", ".join(area.name for area in areas) or municipality.name,
        box=around,
        surface=_surface(here),
        layer=layers[0],
        chosen=tuple(area.slug for area in areas),
        others=tuple(layers[1:]),
    )


def working_edition(municipality: Municipality) -> AreaEdition | None:
    """The boundaries of area-based work, or of the smallest kind there is."""
    return (
        AreaEdition.objects.in_force()
        .of(municipality)
        .order_by("-kind__is_working_level", "-kind__rank")
        .select_related("kind")
        .only("kind__slug")
        .first()
    )


def _surface(shapes: AreaShapeQuerySet) -> Callable[[], GEOSGeometry | None]:
    def surface() -> GEOSGeometry | None:
        found: GEOSGeometry | None = shapes.aggregate(all=Union("geom"))["all"]
        return found

    return surface
