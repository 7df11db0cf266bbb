"""What the service says of itself: every member that the standard wants, no dead link, and nothing that is not so."""

import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from areas.models import AreaEdition
from core.layers import LayerSource, MapLayer, layer_sources
from tests.areas.ogc.conftest import OGC, WIJK, Ask
from tests.conftest import Land
from tests.routes import routes
from workplaces.models import WorkLocation

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
KIND = {
    "self",
    "alternate",
    "items",
    "data",
    "conformance",
    "service-desc",
    "service-doc",
    "collection",
    "next",
    "prev",
}


def links(document: Any) -> list[dict[str, str]]:
    """Every link of a document, however deep."""
    if isinstance(document, dict):
        own = document.get("links", [])
        return [*own, *(link for part in document.values() for link in links(part))]
    return [link for part in document for link in links(part)] if isinstance(document, list) else []


def relations(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(link["rel"], link["type"]) for link in document["links"]}


def test_every_link_of_every_answer_leads_somewhere(ask: Ask, places: list[WorkLocation]) -> None:
    waiting, seen = (
        deque([(OGC, "application/json"), (f"{WIJK}?limit=1&f=json", "application/geo+json")]),
        set(),
    )
    while waiting:
        path, media = waiting.popleft()
        response = ask(path)
        assert response.status_code == 200, path
        assert response["Content-Type"].replace("; charset=utf-8", "") == media, path
        if media == "text/html" or "openapi" in media:
            continue
        document = response.json()
        own = next(link for link in document["links"] if link["rel"] == "self")
        assert ask(own["href"]).json().keys() == document.keys()
        found = links(document)
        for link in found:
            assert urlsplit(link["href"]).netloc == "testserver"
            assert link["rel"] in KIND | {"license", "related"}
            if link["href"] not in seen:
                seen.add(link["href"])
                waiting.append((link["href"], link["type"]))
    assert len(seen) > 20


def test_every_link_of_every_page_leads_somewhere(ask: Ask, places: list[WorkLocation], land: Land) -> None:
    for path in (OGC, f"{OGC}api", f"{OGC}conformance", f"{OGC}collections", f"{OGC}collections/wijk", f"{WIJK}?limit=1",
                 f"{WIJK}/{land['bergen'].uuid}", "/open-data/"):  # fmt: skip
        page = ask(path, Accept=BROWSER)
        assert page["Content-Type"].startswith("text/html")
        found = re.findall(
            r'href="([^"#]+)"', page.content.decode().partition("<main")[2].partition("</main")[0]
        )
        assert found, path
        for href in found:
            assert ask(href.replace("&amp;", "&")).status_code == 200, href


def test_landing(ask: Ask) -> None:
    found = ask().json()
    assert {
        ("self", "application/json"),
        ("alternate", "text/html"),
        ("service-desc", "application/vnd.oai.openapi+json;version=3.0"),
        ("service-doc", "text/html"),
        ("conformance", "application/json"),
        ("data", "application/json"),
    } == relations(found)
    assert "Proefdorp" in found["title"]


def test_conformance(ask: Ask) -> None:
    part = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    assert set(ask(f"{OGC}conformance").json()["conformsTo"]) == {
        part + name for name in ("core", "oas30", "geojson", "html")
    }


def test_collections_are_the_layers(land: Land, ask: Ask, places: list[WorkLocation]) -> None:
    edition = AreaEdition.objects.get(kind=land.kinds["wijk"])
    edition.licence, edition.credit, edition.is_schematic = "CC0", "Naam van de bron.", True
    edition.save()
    found = {one["id"]: one for one in ask(f"{OGC}collections").json()["collections"]}
    assert list(found) == ["deelgemeente", "wijk", "werklocaties", "acties", "raden"]
    for slug, one in found.items():
        assert ask(f"{OGC}collections/{slug}").json() == one
        assert {
            ("items", "application/geo+json"),
            ("items", "text/html"),
            ("license", "text/html"),
        } < relations(one)
        assert one["crs"] == [one["storageCrs"]] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
        assert one["itemType"] == "feature"
        if slug not in ("acties", "raden"):  # of which there are none here
            assert one["extent"]["spatial"]["crs"] == one["storageCrs"]
    wijk = found["wijk"]
    for words in ("2025", "proef", "Naam van de bron.", "CC0", "getekend"):
        assert words in wijk["description"]
    assert wijk["extent"]["spatial"]["bbox"] == [[4.70, 51.40, 4.80, 51.47]]
    assert wijk["extent"]["temporal"]["interval"] == [["2025-01-01T00:00:00Z", None]]
    assert found["werklocaties"]["extent"]["spatial"]["bbox"] == [[4.72, 51.44, 4.78, 51.45]]
    assert "temporal" not in found["werklocaties"]["extent"]


def test_any_layer_of_the_registry_is_a_collection(ask: Ask) -> None:
    content = b'{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":null,"properties":{"a":1}}]}'

    def layer(slug: str, *variants: str) -> MapLayer:
        return MapLayer(
            slug=slug, title=slug.title(), geometry="point", version=lambda: "1",
            build=lambda *, variant: content, variants=variants,
        )  # fmt: skip

    source = LayerSource(
        name="proef.bomen",
        layers=lambda *, municipality: [layer("bomen", "full"), layer("deels", "z9")],
        slugs=("bomen", "deels"),
        geometry="point",
    )
    layer_sources.register(source)
    try:
        assert [one["id"] for one in ask(f"{OGC}collections").json()["collections"]] == [
            "deelgemeente",
            "wijk",
            "werklocaties",
            "acties",
            "raden",
            "bomen",
        ]
        assert (
            "extent" not in ask(f"{OGC}collections/bomen").json()
            or ask(f"{OGC}collections/bomen").json()["extent"] == {}
        )
        found = ask(f"{OGC}collections/bomen/items?bbox=1,2,3,4").json()
        assert found["features"] == [{"type": "Feature", "id": 1, "geometry": None, "properties": {"a": 1}}]
        assert ask(f"{OGC}collections/bomen/items/1").json()["properties"] == {"a": 1}
        assert (
            ask(f"{OGC}collections/deels").status_code
            == ask(f"{OGC}collections/deels/items").status_code
            == 404
        )
    finally:
        layer_sources.unregister("proef.bomen")


def test_what_is_not_there(land: Land, ask: Ask) -> None:
    for path in ("collections/nee", "collections/nee/items", f"collections/nee/items/{land['bergen'].uuid}"):
        response = ask(OGC + path)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        assert response["Access-Control-Allow-Origin"] == "*"
        page = ask(OGC + path, Accept=BROWSER)
        assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_no_municipality(db: None) -> None:
    for path in (OGC, f"{OGC}collections", WIJK):
        response = Client().get(path)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        (BROWSER, "text/html; charset=utf-8"),
        ("application/json, text/html;q=0.5", "application/json"),
        ("application/geo+json, application/json", "application/json"),
        ("image/png", "application/json"),
    ],
)
def test_people_get_pages_and_machines_json(ask: Ask, accept: str, media: str) -> None:
    response = ask(OGC, **({"Accept": accept} if accept else {}))
    assert response["Content-Type"] == media
    assert "Accept" in response["Vary"].split(", ")
    assert ask(f"{OGC}?f=json", Accept=accept)["Content-Type"] == "application/json"
    assert ask(f"{OGC}?f=html", Accept=accept)["Content-Type"] == "text/html; charset=utf-8"


def test_every_resource_is_a_page_too(land: Land, ask: Ask) -> None:
    for path in described(ask):
        page = ask(filled(path, land), Accept=BROWSER)
        assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8"), path


def test_with_a_closing_slash_too(land: Land, ask: Ask) -> None:
    for path in described(ask):
        plain = filled(path, land)
        assert ask(plain.rstrip("/") + "/").status_code == ask(plain).status_code == 200
    assert ask("/ogc?f=json", Accept="*/*").json() == ask("/ogc/?f=json", Accept="*/*").json()


def described(ask: Ask) -> dict[str, Any]:
    paths: dict[str, Any] = ask(f"{OGC}api").json()["paths"]
    return paths


def filled(path: str, land: Land) -> str:
    return "/ogc" + path.format(collectionId="wijk", featureId=land["bergen"].uuid)


def test_the_description_describes_exactly_what_is_there(land: Land, ask: Ask) -> None:
    response = ask(f"{OGC}api")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    api = response.json()
    assert api["servers"] == [{"url": "http://testserver/ogc"}]
    real = {
        re.sub(r"\(\?P<(\w+)>[^)]*\)", "{}", route.removeprefix("ogc/")).replace("/?", "").replace("^", "")
        for route, _name in routes()
        if route.startswith("ogc/")
    }
    assert {re.sub(r"\{\w+\}", "{}", path).strip("/") for path in api["paths"]} == real
    for path, methods in api["paths"].items():
        assert set(methods) == {"get"}
        names = {part["$ref"].rpartition("/")[2] for part in methods["get"]["parameters"]}
        asked = {name for name in names if api["components"]["parameters"][name]["in"] == "query"}
        for name in ("f", "bbox", "bbox-crs", "crs", "datetime", "limit", "offset"):
            value = {
                "f": "json",
                "bbox": "4,51,5,52",
                "datetime": "2026-01-01T00:00:00Z",
                "limit": "1",
                "offset": "0",
            }.get(name, "http://www.opengis.net/def/crs/OGC/1.3/CRS84")
            expected = 200 if name in asked else 400
            assert Client().get(filled(path, land), {name: value}).status_code == expected, (path, name)
    for reference in set(re.findall(r'"#/components/(\w+)/([\w-]+)"', response.content.decode())):
        assert reference[1] in api["components"][reference[0]]


def test_words_are_in_the_language_of_the_person(ask: Ask) -> None:
    dutch = ask(f"{OGC}collections/nee")
    client = Client()
    client.cookies["django_language"] = "en"
    english = client.get(f"{OGC}collections/nee")
    assert dutch.json()["detail"] != english.json()["detail"]
    assert english.json()["detail"] == "There is no collection with this id."
    assert "Cookie" in client.get(OGC)["Vary"]
