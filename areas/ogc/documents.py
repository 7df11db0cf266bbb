"""What is said of the service and its collections, in the members of OGC API - Features."""

import math
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Municipality
from areas.ogc.question import CRS84, HTML, JSON
from core.layers import Box, MapLayer

GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PLAIN_JSON, PAGE = "application/json", "text/html"
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}"
    for part in ("core", "oas30", "geojson", "html")
)

Document = dict[str, Any]
Link = dict[str, str]


class Addresses:
    """Absolute addresses of the service: links of an answer lead on from wherever it was kept."""

    def __init__(self, site: str, root: str) -> None:
        self.site = site
        self.root = site + root

    def of(self, *parts: str, **parameters: Any) -> str:
        """The address of a part of the service."""
        query = urlencode(parameters, safe=",:/")
        return self.root + "/".join(parts) + (f"?{query}" if query else "")

    def page(self, path: str) -> str:
        """The address of a page of the site."""
        return self.site + path

    def both(self, *parts: str, shown: str, kind: str = PLAIN_JSON, **parameters: Any) -> list[Link]:
        """The links of a resource to itself: as it is shown, and in the other format."""
        forms = {JSON: kind, HTML: PAGE}
        return [
            {
                "rel": "self" if form == shown else "alternate",
                "type": media,
                "href": self.of(*parts, **parameters, f=form),
            }
            for form, media in forms.items()
        ]


def link(rel: str, kind: str, href: str, title: str = "") -> Link:
    """A link, with what it leads to."""
    return {"rel": rel, "type": kind, "href": href} | ({"title": title} if title else {})


def landing(at: Addresses, shown: str, municipality: Municipality) -> Document:
    """The first page: what this is, and where it goes on."""
    return {
        "title": _("%(name)s: areas and places") % {"name": municipality.name},
        "description": _("The layers of the map as open data, for QGIS and other software."),
        "links": [
            *at.both(shown=shown),
            link("service-desc", OPENAPI, at.of("api", f=JSON), _("Description of this interface (OpenAPI)")),
            link("service-doc", PAGE, at.of("api", f=HTML), _("Description of this interface, to read")),
            link("conformance", PLAIN_JSON, at.of("conformance", f=JSON), _("What this conforms to")),
            link("data", PLAIN_JSON, at.of("collections", f=JSON), _("Collections")),
        ],
    }


def conformance(at: Addresses, shown: str) -> Document:
    """Which parts of the standard hold here."""
    return {"links": at.both("conformance", shown=shown), "conformsTo": list(CONFORMANCE)}


def collections(at: Addresses, shown: str, municipality: Municipality, found: list[Document]) -> Document:
    """The list of everything that can be asked."""
    return {
        "title": _("Collections of %(name)s") % {"name": municipality.name},
        "links": at.both("collections", shown=shown),
        "collections": found,
    }


def collection(at: Addresses, shown: str, layer: MapLayer, around: Box | None) -> Document:
    """A layer, as who takes it along must know it."""
    return {
        "id": layer.slug,
        "title": str(layer.title),
        "description": described(layer),
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": CRS84,
        **({"extent": extent} if (extent := _extent(layer, around)) else {}),
        "links": [
            *at.both("collections", layer.slug, shown=shown),
            # Without a question behind it: GDAL puts the id of a feature there.
            link("items", GEOJSON, at.of("collections", layer.slug, "items"), str(layer.title)),
            link("items", PAGE, at.of("collections", layer.slug, "items", f=HTML), str(layer.title)),
            link("license", PAGE, at.page("/open-data/"), layer.origin.licence or _("Open data")),
            *([link("related", PAGE, at.page(layer.page), _("On the site"))] if layer.page else []),
        ],
    }


def described(layer: MapLayer) -> str:
    """What a layer is and where it comes from, in sentences."""
    origin = layer.origin
    sentences = []
    if origin.as_of:
        sentences.append(_("Boundaries as of %(day)s.") % {"day": date_format(origin.as_of, "j F Y")})
    if origin.is_schematic:
        sentences.append(_("Schematic: drawn by hand, not measured."))
    if origin.source:
        sentences.append(_("Source: %(source)s.") % {"source": origin.source.rstrip(".")})
    if origin.credit:
        sentences.append(origin.credit)
    if origin.licence:
        sentences.append(_("Licence: %(licence)s.") % {"licence": origin.licence.rstrip(".")})
    return " ".join(sentences) or _("From the map of the site.")


def _extent(layer: MapLayer, around: Box | None) -> Document:
    extent: Document = {}
    if around:
        west, south, east, north = around
        # Outwards: the features are rounded, and may not stick out.
        corners = (_down(west), _down(south), -_down(-east), -_down(-north))
        extent["spatial"] = {"bbox": [corners], "crs": CRS84}
    if layer.origin.as_of:
        extent["temporal"] = {"interval": [[f"{layer.origin.as_of:%Y-%m-%d}T00:00:00Z", None]]}
    return extent


def _down(degrees: float) -> float:
    return math.floor(round(degrees * 1e6, 3)) / 1e6


def items_links(
    at: Addresses,
    shown: str,
    slug: str,
    *,
    here: Document,
    following: Document | None,
    before: Document | None,
) -> list[Link]:
    """From a page of features to itself, the next, the one before and the collection."""
    kind = GEOJSON if shown == JSON else PAGE
    path = ("collections", slug, "items")
    return [
        *at.both(*path, shown=shown, kind=GEOJSON, **here),
        *([link("next", kind, at.of(*path, **following, f=shown))] if following is not None else []),
        *([link("prev", kind, at.of(*path, **before, f=shown))] if before is not None else []),
        link("collection", PLAIN_JSON, at.of("collections", slug, f=JSON)),
    ]


def item_links(at: Addresses, shown: str, slug: str, identifier: str) -> list[Link]:
    """From a feature to itself and its collection; its page on the site is one of its properties."""
    return [
        *at.both("collections", slug, "items", identifier, shown=shown, kind=GEOJSON),
        link("collection", PLAIN_JSON, at.of("collections", slug, f=JSON)),
    ]
