"""The `bbox` of a question: checked numbers, in degrees; what touches it counts."""

import math

from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext as _

from core.layers import Box


class BadBbox(ValueError):
    """The text is no box; the message says why."""


def bbox_from(text: str) -> Polygon:
    """A box with a surface, from "west,south,east,north"."""
    west, south, east, north = corners_from(text)
    if west == east or south == north:
        raise BadBbox(_("bbox goes from south-west to north-east: west,south,east,north."))
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box


def corners_from(text: str, *, with_heights: bool = False) -> Box:
    """The numbers of a box, which may be a line or a point; heights, where allowed, count for nothing on a flat map."""
    parts = text.split(",")
    if len(parts) != 4 and not (with_heights and len(parts) == 6):
        raise BadBbox(_("bbox needs four numbers: west,south,east,north."))
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise BadBbox(_("bbox needs four numbers: west,south,east,north.")) from None
    if not all(math.isfinite(number) for number in numbers):
        raise BadBbox(_("bbox needs four finite numbers."))
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise BadBbox(_("bbox is in degrees: -180 to 180 and -90 to 90."))
    if west > east or south > north:
        raise BadBbox(_("bbox goes from south-west to north-east: west,south,east,north."))
    return west, south, east, north
