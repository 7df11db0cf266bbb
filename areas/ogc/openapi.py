"""The description of the service in OpenAPI 3.0: exactly the addresses of `urls.py`, with what can be asked and answered."""

from typing import Any

from django.utils.translation import gettext as _

from areas.ogc.documents import GEOJSON, OPENAPI, PAGE, PLAIN_JSON
from areas.ogc.problems import MEDIA_TYPE
from areas.ogc.question import CRS84, HTML, JSON, LIMIT, MOMENTS, MOST

Document = dict[str, Any]
TEXT: Document = {"type": "string"}
LINKS: Document = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
COUNT: Document = {"type": "integer", "minimum": 0}
NUMBERS: Document = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
}
INTERVAL: Document = {
    "type": "array",
    "items": {"type": "string", "format": "date-time", "nullable": True},
    "minItems": 2,
    "maxItems": 2,
}


def description(root: str, title: str) -> Document:
    """The whole description; `root` is the absolute address of the service."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "version": "1.0.0",
            "description": _("Open data, to read: OGC API - Features, Part 1: Core."),
        },
        "servers": [{"url": root.rstrip("/")}],
        "paths": _paths(),
        "components": {"parameters": _parameters(), "schemas": _schemas()},
    }


def _paths() -> Document:
    collection, feature = ("collectionId",), ("collectionId", "featureId")
    narrowing = ("bbox", "bbox-crs", "datetime", "limit", "offset", "crs")
    return {
        "/": _operation("getLandingPage", _("Where everything starts"), "landingPage"),
        "/conformance": _operation("getConformance", _("What this conforms to"), "conformance"),
        "/api": _operation("getDescription", _("This description"), "description", OPENAPI),
        "/collections": _operation("getCollections", _("Collections"), "collections"),
        "/collections/{collectionId}": _operation(
            "getCollection", _("One collection"), "collection", places=collection
        ),
        "/collections/{collectionId}/items": _operation(
            "getItems", _("Features of a collection"), "featureCollection", GEOJSON, collection, narrowing
        ),
        "/collections/{collectionId}/items/{featureId}": _operation(
            "getItem", _("One feature"), "feature", GEOJSON, feature, ("crs",)
        ),
    }


def _operation(
    name: str,
    summary: str,
    schema: str,
    kind: str = PLAIN_JSON,
    places: tuple[str, ...] = (),
    asked: tuple[str, ...] = (),
) -> Document:
    answers = {
        "200": {
            "description": summary,
            "content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}, PAGE: {"schema": TEXT}},
        },
        "400": _problem(_("The question cannot be answered")),
        "404": _problem(_("This is not here")),
        "429": _problem(_("That was too often")),
        "500": {"description": _("A fault of ours"), "content": {PAGE: {"schema": TEXT}}},
    }
    parameters = [{"$ref": f"#/components/parameters/{part}"} for part in (*places, *asked, "f")]
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def _problem(meaning: str) -> Document:
    problem = {"$ref": "#/components/schemas/problem"}
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": problem}, PAGE: {"schema": TEXT}}}


def _parameters() -> Document:
    crs = {"type": "string", "format": "uri", "enum": [CRS84], "default": CRS84}
    return {
        "collectionId": _parameter("collectionId", TEXT, _("The id of a collection"), place="path"),
        "featureId": _parameter("featureId", TEXT, _("The id of a feature"), place="path"),
        "f": _parameter("f", {"type": "string", "enum": [JSON, HTML]}, _("The format; without it, what the browser accepts")),
        "bbox": _parameter(
            "bbox", NUMBERS, _("West, south, east, north in degrees; what touches the box is answered. Heights count for nothing.")
        ),
        "bbox-crs": _parameter("bbox-crs", crs, _("The reference system of bbox")),
        "crs": _parameter("crs", crs, _("The reference system of the answer")),
        "datetime": _parameter(
            "datetime",
            TEXT | {"pattern": MOMENTS},
            _("A moment, or two with a slash (.. is open). Boundaries hold from the day of their edition on; the rest always."),
        ),
        "limit": _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
            _("At most so many features; a page for people shows 100"),
        ),
        "offset": _parameter(
            "offset", {"type": "integer", "minimum": 0, "maximum": 999_999_999, "default": 0}, _("Skip so many features")
        ),
    }  # fmt: skip


def _parameter(name: str, schema: Document, meaning: str, place: str = "query") -> Document:
    found = {"name": name, "in": place, "required": place == "path", "schema": schema, "description": meaning}
    return found if place == "path" else found | {"style": "form", "explode": False}


def _object(*required: str, **members: Document) -> Document:
    return {"type": "object", "required": list(required), "properties": members}


def _only(word: str) -> Document:
    return {"type": "string", "enum": [word]}


def _schemas() -> Document:
    def many(name: str) -> Document:
        return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}

    spatial = _object("bbox", bbox={"type": "array", "items": NUMBERS, "minItems": 1}, crs=_only(CRS84))
    temporal = _object("interval", interval={"type": "array", "items": INTERVAL, "minItems": 1})
    collection = _object(
        "id", "title", "description", "links", "itemType", "crs", "storageCrs",
        id=TEXT, title=TEXT, description=TEXT, links=LINKS, itemType=_only("feature"), storageCrs=_only(CRS84),
        crs={"type": "array", "items": TEXT}, extent=_object(spatial=spatial, temporal=temporal),
    )  # fmt: skip
    feature = _object(
        "type", "id", "geometry", "properties",
        type=_only("Feature"), id=TEXT, links=LINKS,
        geometry=_object("type", type=TEXT, coordinates={"type": "array", "items": {}}) | {"nullable": True},
        properties={"type": "object"},
    )  # fmt: skip
    return {
        "link": _object("href", "rel", "type", href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
        "landingPage": _object("title", "description", "links", title=TEXT, description=TEXT, links=LINKS),
        "conformance": _object("conformsTo", conformsTo={"type": "array", "items": TEXT}, links=LINKS),
        "description": _object("openapi", "info", "paths", openapi=TEXT),
        "collections": _object("links", "collections", title=TEXT, links=LINKS, collections=many("collection")),
        "collection": collection,
        "featureCollection": _object(
            "type", "features", "links", "timeStamp", "numberMatched", "numberReturned",
            type=_only("FeatureCollection"), features=many("feature"), links=LINKS,
            timeStamp={"type": "string", "format": "date-time"}, numberMatched=COUNT, numberReturned=COUNT,
        ),
        "feature": feature,
        "problem": _object("type", "title", "status", "detail", type=TEXT, title=TEXT, status=COUNT, detail=TEXT),
    }  # fmt: skip
