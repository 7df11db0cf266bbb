"""The `bbox` of a question: four checked numbers, in degrees; what touches it counts."""

import math

from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext as _


class BadBbox(ValueError):
    """The text is no box; the message says why."""


def bbox_from(text: str) -> Polygon:
    """A box from "west,south,east,north"."""
    parts = text.split(",")
    if len(parts) != 4:
        raise BadBbox(_("bbox needs four numbers: west,south,east,north."))
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        raise BadBbox(_("bbox needs four numbers: west,south,east,north.")) from None
    if not all(math.isfinite(number) for number in (west, south, east, north)):
        raise BadBbox(_("bbox needs four finite numbers."))
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise BadBbox(_("bbox is in degrees: -180 to 180 and -90 to 90."))
    if west >= east or south >= north:
        raise BadBbox(_("bbox goes from south-west to north-east: west,south,east,north."))
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box
