"""The resources of `/ogc/`, each as JSON for machines and as a page for people."""

import hashlib
import json
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.map.layerbytes import layer_states
from areas.map.layercache import BYTES_SECONDS
from areas.ogc import documents
from areas.ogc.answers import Asked, document_answer, machine_answer, resource
from areas.ogc.cutting import CutLayer, shelf
from areas.ogc.documents import GEOJSON, OPENAPI, Document
from areas.ogc.openapi import description as openapi_description
from areas.ogc.problems import missing
from areas.ogc.question import HTML, OF_A_FEATURE, OF_ITEMS, ItemsQuestion, asked_items, check_crs
from core.layers import FULL, Box, MapLayer, layers_of

ROWS = 100  # of a table for people


@resource()
def landing(asked: Asked) -> HttpResponse:
    """Where everything starts."""
    document = documents.landing(asked.at, asked.shown, asked.municipality)
    return document_answer(
        asked,
        document,
        "landing",
        address=asked.at.of(),
        collections=_collections(asked),
        crumbs=_crumbs(asked),
    )


@resource()
def conformance(asked: Asked) -> HttpResponse:
    """Which parts of the standard hold here."""
    document = documents.conformance(asked.at, asked.shown)
    return document_answer(asked, document, "conformance", crumbs=_crumbs(asked, _("What this conforms to")))


@resource()
def description(asked: Asked) -> HttpResponse:
    """The service in OpenAPI."""
    title = documents.landing(asked.at, asked.shown, asked.municipality)["title"]
    document = openapi_description(asked.at.of(), title)
    operations = [
        {
            "path": path,
            "summary": operation["get"]["summary"],
            "parameters": [
                document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
                for parameter in operation["get"]["parameters"]
            ],
        }
        for path, operation in document["paths"].items()
    ]
    crumbs = _crumbs(asked, _("Description of this interface"))
    return document_answer(
        asked, document, "description", kind=OPENAPI, operations=operations, root=asked.at.of(), crumbs=crumbs
    )


@resource()
def collections(asked: Asked) -> HttpResponse:
    """Everything that can be asked."""
    document = documents.collections(asked.at, asked.shown, asked.municipality, _collections(asked))
    return document_answer(asked, document, "collections", crumbs=_crumbs(asked, _("Collections")))


@resource()
def collection(asked: Asked, slug: str) -> HttpResponse:
    """One collection."""
    layer = _layer(asked, slug)
    document = documents.collection(asked.at, asked.shown, layer, _around(asked, layer))
    return document_answer(asked, document, "collection", layer=layer, crumbs=_crumbs(asked, layer))


@resource(OF_ITEMS)
def items(asked: Asked, slug: str) -> HttpResponse:
    """Features of a collection, in pages."""
    question = asked_items(asked.request.GET)
    version = _version(asked, slug)
    if asked.shown == HTML:
        return _items_page(
            asked, _layer(asked, slug), question, shelf.layer(asked.municipality, slug, version)
        )
    tag = f'W/"{slug}-{version}-{_print_of(asked)}"'

    def body() -> bytes:
        layer = shelf.layer(asked.municipality, slug, version)
        head, shown = _page_of_items(asked, slug, question, layer, question.limit)
        features = layer.strung(shown, asked.at.site)
        return b'%s,"features":[%s]}' % (json.dumps(head).encode()[:-1], features)

    return machine_answer(asked.request, tag, GEOJSON, body)


@resource(OF_A_FEATURE)
def item(asked: Asked, slug: str, identifier: str) -> HttpResponse:
    """One feature."""
    check_crs(asked.request.GET)
    version = _version(asked, slug)
    layer = shelf.layer(asked.municipality, slug, version)
    number = layer.numbers.get(identifier)
    if number is None:
        raise missing(_("This collection has no feature with this id."))
    text = layer.strung([number], asked.at.site)
    links = documents.item_links(asked.at, asked.shown, slug, identifier)
    if asked.shown == HTML:
        feature = json.loads(text)
        title = feature["properties"].get("name", identifier)
        crumbs = _crumbs(asked, _layer(asked, slug), title)
        properties = [(name, _said(value)) for name, value in feature["properties"].items()]
        context = {
            "title": title,
            "page": feature["properties"].get("page"),
            "properties": properties,
            "links": _by_relation(links),
            "crumbs": crumbs,
        }
        return render(asked.request, "areas/ogc/item.html", context)
    tag = f'W/"{slug}-{version}-{_print_of(asked)}"'
    body = b'%s,"links":%s}' % (text[:-1], json.dumps(links).encode())
    return machine_answer(asked.request, tag, GEOJSON, lambda: body)


def _layers(asked: Asked) -> list[MapLayer]:
    """The layers that can be taken along whole: what is registered is open to all."""
    return [layer for layer in layers_of(asked.municipality) if FULL in layer.variants]


def _layer(asked: Asked, slug: str) -> MapLayer:
    layer = next((layer for layer in _layers(asked) if layer.slug == slug), None)
    if layer is None:
        raise _no_collection()
    return layer


def _collections(asked: Asked) -> list[Document]:
    return [
        documents.collection(asked.at, asked.shown, layer, _around(asked, layer)) for layer in _layers(asked)
    ]


def _around(asked: Asked, layer: MapLayer) -> Box | None:
    """The box around a layer, remembered for its version."""
    if layer.extent is None:
        return None
    key = f"extent:{asked.municipality.pk}:{layer.slug}:{layer.version()}"
    box: Box | None = cache.get_or_set(key, layer.extent, BYTES_SECONDS)
    return box


def _version(asked: Asked, slug: str) -> str:
    """The version of a collection; without a query when it was asked a moment ago."""
    state = layer_states(asked.municipality).get(slug)
    if state is None or FULL not in state.variants:
        raise _no_collection()
    return state.version


def _no_collection() -> Exception:
    return missing(_("There is no collection with this id."))


def _page_of_items(
    asked: Asked, slug: str, question: ItemsQuestion, layer: CutLayer, limit: int
) -> tuple[Document, list[int]]:
    """A page of features: its members but the features themselves, and their numbers."""
    found = layer.matching(question)
    start = question.offset
    shown = list(found[start : start + limit])
    following = question.parameters(start + limit) if start + limit < len(found) else None
    before = question.parameters(max(0, start - limit)) if start else None
    links = documents.items_links(
        asked.at, asked.shown, slug, here=question.parameters(start), following=following, before=before
    )
    head = {
        "type": "FeatureCollection",
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "links": links,
    }
    return head, shown


def _items_page(asked: Asked, layer: MapLayer, question: ItemsQuestion, content: CutLayer) -> HttpResponse:
    """The features as a table for people."""
    head, shown = _page_of_items(asked, layer.slug, question, content, min(question.limit, ROWS))
    features = json.loads(b"[%s]" % content.strung(shown, asked.at.site))
    names = dict.fromkeys(name for feature in features for name in feature["properties"] if name != "page")
    titles = sorted(names, key=lambda name: name != "name")  # the name first, the others as they come
    rows = [
        {
            "url": asked.at.of("collections", layer.slug, "items", str(feature["id"]), f=HTML),
            "id": feature["id"],
            "cells": [_said(feature["properties"].get(title)) for title in titles],
        }
        for feature in features
    ]
    context = {
        "head": head,
        "titles": titles,
        "rows": rows,
        "first": question.offset + 1,
        "last": question.offset + len(rows),
        "links": _by_relation(head["links"]),
        "crumbs": _crumbs(asked, layer, _("Features")),
        "layer": layer,
    }
    return render(asked.request, "areas/ogc/items.html", context)


def _said(value: Any) -> str:
    """A value of a feature as its JSON says it; text as it is, a list with commas."""
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _print_of(asked: Asked) -> str:
    """A short text that differs with the address that was asked."""
    return hashlib.sha256(asked.request.build_absolute_uri().encode()).hexdigest()[:10]


def _by_relation(links: list[dict[str, str]]) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in links}


def _crumbs(asked: Asked, *way: MapLayer | str) -> list[tuple[str, str]]:
    """The way here, from open data on; the last step is this page."""
    steps = [(_("Open data"), "/open-data/"), ("OGC API", asked.at.of(f=HTML))]
    for step in way:
        if isinstance(step, MapLayer):
            steps.append((str(step.title), asked.at.of("collections", step.slug, f=HTML)))
        else:
            steps.append((step, ""))
    return [*steps[:-1], (steps[-1][0], "")]
