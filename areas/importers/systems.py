"""In which reference system a file is: what it says, what its publisher's software calls it, and what its coordinates prove."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.contrib.gis.db.models import Extent
from django.utils.translation import gettext as _

from areas.importers.faults import Faults, refuse
from areas.importers.rings import Polygons
from areas.importers.transform import WGS84, transformed
from areas.models import AreaShape, Municipality

LAMBERT_72, LAMBERT_2008, RD_NEW = 31370, 3812, 28992
ALLOWED_SRIDS = (WGS84, LAMBERT_72, LAMBERT_2008, RD_NEW)
NAMES = {
    WGS84: "WGS 84 (EPSG:4326)",
    LAMBERT_72: "Lambert 72 (EPSG:31370)",
    LAMBERT_2008: "Lambert 2008 (EPSG:3812)",
    RD_NEW: "RD New (EPSG:28992)",
}
# The same to within what boundaries need: ETRS89, or with a height beside it.
ALIASES = {4258: WGS84, 4979: WGS84, 4937: WGS84, 6190: LAMBERT_72, 8370: LAMBERT_72, 7415: RD_NEW}
# As Esri, GDAL and PROJ call them in a .prj without a number; in small letters, without what is no letter or digit.
SAID = {
    "wgs84": WGS84, "gcswgs1984": WGS84, "etrs89": WGS84, "gcsetrs1989": WGS84, "crs84": WGS84,
    "belgelambert1972": LAMBERT_72, "bd72belgianlambert72": LAMBERT_72, "belge1972belgianlambert72": LAMBERT_72,
    "belgianlambert72": LAMBERT_72, "lambertbelge72": LAMBERT_72,
    "belgelambert2008": LAMBERT_2008, "belgianlambert2008": LAMBERT_2008, "etrs89belgianlambert2008": LAMBERT_2008,
    "rdnew": RD_NEW, "amersfoortrdnew": RD_NEW, "rdnewamersfoort": RD_NEW,
}  # fmt: skip
CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE)
CRS84 = re.compile(r"urn:ogc:def:crs:OGC:[\d.]*:CRS84h?|OGC:CRS84", re.IGNORECASE)
WKT_NAME = re.compile(r'\s*(?:PROJCS|PROJCRS|GEOGCS|GEOGCRS|COMPD_CS|COMPOUNDCRS)\s*\[\s*"([^"]{1,80})"')

COUNTRIES = (2.3, 49.4, 7.4, 53.8)  # Belgium and the Netherlands, in degrees
BOXES = {"BE": (2.5, 49.4, 6.5, 51.6), "NL": (3.2, 50.7, 7.3, 53.7)}
GRIDS = {"BE": (WGS84, LAMBERT_72, LAMBERT_2008), "NL": (WGS84, RD_NEW)}
NEAR_DEGREES = 0.15  # some ten kilometres around the boundaries in force
SAMPLE = 50  # areas whose middle is looked at
ENOUGH = 0.9  # of them that must land

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Declared:
    """What a file says of its reference system; `srid` is None when it says nothing that we know, `words` is how it says it."""

    srid: int | None
    words: str = ""


def declared(words: str) -> Declared:
    """From a name, a number or WKT."""
    words = words.strip()
    if not words:
        return Declared(None)
    if CRS84.fullmatch(words):
        return Declared(WGS84, words)
    if match := CRS_NAME.fullmatch(words):
        srid = ALIASES.get(int(match[1]), int(match[1]))
        return Declared(srid if srid in ALLOWED_SRIDS else None, words)
    match = WKT_NAME.match(words)
    name = match[1] if match else words[:80]
    return Declared(SAID.get(re.sub(r"[^a-z0-9]", "", name.lower())), name)


def in_wkt(words: str) -> str:
    """A .prj as it is, when it looks like one; anything else says nothing."""
    return words if WKT_NAME.match(words) else ""


@dataclass(frozen=True)
class Reference:
    """The reference system of a file, and whether its axes are the wrong way round."""

    srid: int
    is_swapped: bool = False


def near(municipality: Municipality) -> Box | None:
    """The box in which new boundaries must lie, once there are boundaries in force."""
    shapes = AreaShape.objects.in_force().filter(area__municipality=municipality)
    extent = shapes.aggregate(box=Extent("geom"))["box"]
    if extent is None:
        return None
    west, south, east, north = extent
    return west - NEAR_DEGREES, south - NEAR_DEGREES, east + NEAR_DEGREES, north + NEAR_DEGREES


def reference_of(
    said: Declared, chosen: int | None, shapes: Sequence[Polygons], municipality: Municipality, faults: Faults
) -> Reference:
    """The reference system in which the areas land where they belong; what is no plain reading is listed as a repair.

    Raises ImportRefused when that cannot be proved: then the steward chooses.
    """
    middles = _middles(shapes)
    home = near(municipality)
    if said.words and said.srid is None and not chosen:
        raise _ask(_("The reference system “%(name)s” is not known.") % {"name": said.words})
    srid = chosen or said.srid
    if srid:
        # What is said and lands nowhere is told area by area.
        tried = [Reference(srid), Reference(srid, is_swapped=True)]
        found = next((one for one in tried if _lands(middles, one, home or COUNTRIES)), None)
        if found is None and home and (other := _landing(middles, home, ALLOWED_SRIDS)):
            raise _ask(
                _("The areas do not lie in %(name)s as %(said)s, but they do as %(system)s.")
                % {"name": municipality.name, "said": NAMES[srid], "system": NAMES[other.srid]},
                likely=other.srid,
            )
        found = found or tried[0]
    else:
        found = _proved(middles, home, municipality)
        faults.repaired(
            _("the file does not say its reference system; the coordinates lie in %(name)s as %(system)s")
            % {
                "name": municipality.name if home else municipality.get_country_display(),
                "system": NAMES[found.srid],
            }
        )
        if home is None:
            faults.doubt(
                _(
                    "there are no boundaries in force to compare with: look on the map whether they lie in the right place"
                )
            )
    if found.is_swapped:
        faults.repaired(_("the axes were the wrong way round"))
    return found


def _proved(middles: np.ndarray, home: Box | None, municipality: Municipality) -> Reference:
    """The one reading that lands: on the municipality when its boundaries are known, else in its country."""
    grids = ALLOWED_SRIDS if home else GRIDS[municipality.country]
    found = _landing(middles, home or BOXES[municipality.country], grids)
    if found is None:
        raise _ask(_("The file does not say its reference system, and its coordinates do not prove it."))
    return found


def _landing(middles: np.ndarray, box: Box, grids: Sequence[int]) -> Reference | None:
    """The only reading that lands in a box; the axes as they are go first."""
    for is_swapped in (False, True):
        tried = [Reference(srid, is_swapped) for srid in grids]
        landing = [one for one in tried if _lands(middles, one, box)]
        if landing:
            return landing[0] if len(landing) == 1 else None
    return None


def _ask(reason: str, *, likely: int = 0) -> Exception:
    choices = [str(srid) for srid in sorted(ALLOWED_SRIDS, key=lambda srid: srid != likely)]
    allowed = ", ".join(NAMES.values())
    return refuse(
        f"{reason} " + _("Choose one: %(allowed)s.") % {"allowed": allowed}, ask="srid", choices=choices
    )


def _middles(shapes: Sequence[Polygons]) -> np.ndarray:
    """A point in the midst of some of the areas."""
    step = max(len(shapes) // SAMPLE, 1)
    rings = [polygons[0][0] for polygons in shapes[::step] if len(polygons[0][0])]
    return np.array([(ring.min(axis=0) + ring.max(axis=0)) / 2 for ring in rings]).reshape(-1, 2)


def _lands(middles: np.ndarray, reference: Reference, box: Box) -> bool:
    """Whether most of the areas lie in a box of degrees, read this way."""
    points = middles[:, ::-1] if reference.is_swapped else middles
    if not len(points) or (reference.srid == WGS84 and np.abs(points).max() > 360):
        return False
    if reference.srid != WGS84 and np.abs(points).max() > 10_000_000:
        return False
    degrees = transformed(list(shapely.points(points)), source=reference.srid, target=WGS84)
    x, y = shapely.get_coordinates(degrees).T
    inside = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
    return bool(inside.mean() >= ENOUGH)
