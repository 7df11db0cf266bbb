"""Features of a collection: the right ones, in pages, exactly as the layer has them."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.actions import change_area
from areas.models import AreaShape
from areas.ogc import answers
from areas.ogc.cutting import Shelf, shelf
from core.layers import layers_of
from tests.areas.files import bring, collection, feature
from tests.areas.ogc.conftest import WIJK, Ask
from tests.conftest import OPERATOR, Land
from workplaces.models import WorkLocation

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LOCATIONS = "/ogc/collections/werklocaties/items"


def slugs(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [one["properties"]["slug"] for one in response.json()["features"]]


def links(response: Any) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in response.json()["links"]}


def test_the_features_are_those_of_the_layer(ask: Ask, places: list[WorkLocation]) -> None:
    for slug, start in (("wijk", "/gebieden/"), ("werklocaties", "/werklocaties/")):
        layer = Client().get(
            f"/kaartlagen/{slug}.geojson?variant=full", headers={"Accept-Encoding": "identity"}
        )
        features = layer.json()["features"]
        for one in features:
            one["properties"]["page"] = f"http://testserver{start}{one['properties']['slug']}/"
        response = ask(f"/ogc/collections/{slug}/items")
        assert response["Content-Type"] == "application/geo+json"
        assert response["Content-Crs"] == f"<{CRS84}>"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["features"] == features
        assert "crs" not in response.json()
        for one in features:
            assert Client().get(one["properties"]["page"]).status_code == 200


def test_pages(ask: Ask) -> None:
    first = ask("limit=2")
    assert slugs(first) == ["bergen", "dalen"]
    assert (first.json()["numberMatched"], first.json()["numberReturned"]) == (3, 2)
    assert "prev" not in links(first)
    second = ask(links(first)["next"])
    assert slugs(second) == ["midden"]
    assert "next" not in links(second)
    assert slugs(ask(links(second)["prev"])) == ["bergen", "dalen"]
    assert slugs(ask(links(second)["self"])) == ["midden"]
    past = ask("offset=40")
    assert (slugs(past), past.json()["numberMatched"]) == ([], 3)


def test_a_page_keeps_the_question(ask: Ask) -> None:
    following = links(ask("limit=1&bbox=4.7,51.4,4.8,51.5&datetime=2025-06-01T00:00:00Z"))["next"]
    assert "bbox=4.7,51.4,4.8,51.5" in following
    assert "datetime=2025-06-01T00:00:00Z" in following
    assert slugs(ask(following)) == ["dalen"]


def test_more_than_the_most_is_the_most(ask: Ask) -> None:
    assert len(slugs(ask("limit=99999999"))) == 3


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("4.71,51.44,4.72,51.45", ["bergen"]),  # inside one
        ("4,51,5,52", ["bergen", "dalen", "midden"]),  # around all
        ("4.74,51.425,4.76,51.435", ["bergen", "dalen", "midden"]),
        ("4.76,51.40,4.79,51.41", []),  # beside them, within the box around all
        ("4.60,51.44,4.70,51.45", ["bergen"]),  # only the edge touches
        ("4.72,51.45,4.72,51.45", ["bergen"]),  # a point
        ("4.72,51.41,4.72,51.45", ["bergen", "dalen"]),  # a line
        ("4.71,51.44,0,4.72,51.45,100", ["bergen"]),  # with heights
        ("3,51,3.1,51.1", []),
    ],
)
def test_bbox_is_what_touches(ask: Ask, box: str, found: list[str]) -> None:
    assert slugs(ask(f"bbox={box}")) == found


def test_bbox_looks_at_the_boundary_not_at_the_box_around_it(land: Land, ask: Ask) -> None:
    west_and_south = [
        [
            [4.70, 51.40],
            [4.80, 51.40],
            [4.80, 51.41],
            [4.71, 51.41],
            [4.71, 51.50],
            [4.70, 51.50],
            [4.70, 51.40],
        ]
    ]
    bring(land.kinds["wijk"], collection(feature("99999W01", "Bergen", west_and_south)))
    assert slugs(ask("bbox=4.705,51.45,4.706,51.46")) == ["bergen"]
    assert slugs(ask("bbox=4.75,51.45,4.76,51.46")) == []  # in the corner that the L leaves open
    assert slugs(ask("bbox=4.75,51.40,4.76,51.46")) == ["bergen"]


def test_points_by_bbox(ask: Ask, places: list[WorkLocation]) -> None:
    assert slugs(ask(f"{LOCATIONS}?bbox=4.71,51.44,4.73,51.46")) == ["bib"]
    assert slugs(ask(f"{LOCATIONS}?bbox=4.72,51.45,4.73,51.46")) == ["bib"]  # on the corner
    assert slugs(ask(f"{LOCATIONS}?bbox=4.6,51.3,4.9,51.6&limit=1")) == ["bib"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2025-01-01T00:00:00Z", 3),  # the day of the edition
        ("2024-12-31T23:59:59Z", 0),
        ("2025-01-01", 3),
        ("2024-12-31", 0),
        ("2024-01-01T00:00:00Z/..", 3),
        ("2024-01-01T00:00:00Z/", 3),
        ("../2024-06-01T00:00:00Z", 0),
        ("/2026-06-01T12:00:00.5%2B02:00", 3),
        ("../..", 3),
        ("/", 3),
        ("2024-01-01T00:00:00Z/2024-06-01T00:00:00Z", 0),
        ("2024-01-01T00:00:00Z/2030-06-01T00:00:00Z", 3),
    ],
)
def test_boundaries_hold_from_their_day_on(ask: Ask, when: str, found: int) -> None:
    assert len(slugs(ask(f"datetime={when}"))) == found


def test_what_has_no_date_is_always_there(ask: Ask, places: list[WorkLocation]) -> None:
    assert len(slugs(ask(f"{LOCATIONS}?datetime=1830-10-04T00:00:00Z"))) == 2


@pytest.mark.parametrize(
    "question",
    [
        "bbox=1,2,3", "bbox=a,b,c,d", "bbox=", "bbox=4.8,51,4.7,52", "bbox=4,52,5,51", "bbox=nan,0,1,1",
        "bbox=150000,200000,151000,201000", "bbox=1,2,3,4,5", "limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5",
        "limit=" + "9" * 5000, "offset=-1", "offset=²", "datetime=", "datetime=today", "datetime=2025-13-01T00:00:00Z",
        "datetime=2026-01-01T00:00:00Z/2025-01-01T00:00:00Z", "datetime=0000-01-01T00:00:00Z", "datetime=2025-01-01T00:00:00",
        "datetime=1/2/3", "crs=http://www.opengis.net/def/crs/EPSG/0/31370", "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        "f=xml", "f=", "datetime=2025-02-30T00:00:00Z", "datetime=2025-02-30/..",
        "naam=Bergen", "Limit=1", "limit=1&limit=2", "f=html&f=json", "%00=1", "bbox=%00", "limit=1%00",
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense(ask: Ask, question: str) -> None:
    response = ask(question)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == 400
    assert problem["detail"]


def test_crs84_may_be_named(ask: Ask) -> None:
    assert len(slugs(ask(f"crs={CRS84}&bbox-crs={CRS84}"))) == 3


def test_one_feature(land: Land, ask: Ask) -> None:
    page = ask("")
    for expected in page.json()["features"]:
        response = ask(f"{WIJK}/{expected['id']}")
        assert response["Content-Type"] == "application/geo+json"
        assert response["Content-Crs"] == f"<{CRS84}>"
        found = response.json()
        relations = {link["rel"] for link in found.pop("links")}
        assert relations == {"self", "alternate", "collection"}
        assert found == expected
    assert ask(f"{WIJK}/{land['noord-deelgemeente'].uuid}").status_code == 404
    assert ask(f"{WIJK}/bergen").status_code == 404
    assert ask(f"{WIJK}/{land['bergen'].uuid}?limit=1").status_code == 400
    assert ask(f"{WIJK}/{land['bergen'].uuid}?crs=x").status_code == 400


def test_304_and_warm_200_run_no_query(
    land: Land, ask: Ask, long_memory: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in (f"{WIJK}?limit=1&bbox=4,51,5,52", f"{WIJK}/{land['bergen'].uuid}"):
        first = ask(path)
        with django_assert_num_queries(0):
            again = ask(path)
            unchanged = ask(path, **{"If-None-Match": first["ETag"]})
        assert again.json()["links"] == first.json()["links"]
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        for header in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
            assert unchanged[header] == first[header]


def test_an_unchanged_collection_is_not_even_cut(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = ask("limit=1")["ETag"]
    monkeypatch.setattr("areas.ogc.views.shelf", None)
    assert ask("limit=1", **{"If-None-Match": tag}).status_code == 304


def test_another_question_has_another_tag(ask: Ask) -> None:
    assert len({ask(question)["ETag"] for question in ("", "limit=1", "limit=2", "limit=1&offset=1")}) == 4


def test_a_new_name_and_new_boundaries_show_at_once(
    land: Land, ask: Ask, django_capture_on_commit_callbacks: Any
) -> None:
    first = ask("")
    with django_capture_on_commit_callbacks(execute=True):
        change_area(area=land["bergen"], by=OPERATOR, name="Berg")
    renamed = ask("", **{"If-None-Match": first["ETag"]})
    assert renamed.status_code == 200
    assert "Berg" in {one["properties"]["name"] for one in renamed.json()["features"]}


def test_packed_for_who_takes_it(ask: Ask) -> None:
    plain, packed = ask(""), ask("", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)
    assert plain["Vary"] == "Accept-Encoding, Accept"


def test_only_reading(ask: Ask) -> None:
    assert Client().head(WIJK).status_code == 200
    assert Client().head(WIJK).content == b""
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(enforce_csrf_checks=True), method)(WIJK).status_code == 405


def test_asking_without_end_is_stopped(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "A_MINUTE", 2)
    assert [ask("").status_code for _time in range(3)] == [200, 200, 429]
    refused = ask("")
    assert refused.json()["status"] == 429
    assert 0 < int(refused["Retry-After"]) <= 60


def test_a_full_shelf_lets_the_oldest_go(land: Land, ask: Ask) -> None:
    versions = {layer.slug: layer.version() for layer in layers_of(land.municipality)}
    small = Shelf(room=1)
    first = small.layer(land.municipality, "wijk", versions["wijk"])
    assert small.layer(land.municipality, "wijk", versions["wijk"]) is first
    small.layer(land.municipality, "deelgemeente", versions["deelgemeente"])
    assert small.layer(land.municipality, "wijk", versions["wijk"]) is not first


def test_a_layer_is_cut_once_a_version(land: Land, ask: Ask) -> None:
    version = next(layer.version() for layer in layers_of(land.municipality) if layer.slug == "wijk")
    ask("")
    first = shelf.layer(land.municipality, "wijk", version)
    ask("limit=1")
    assert shelf.layer(land.municipality, "wijk", version) is first
    assert json.loads(first.strung([0], ""))["properties"]["page"] == "/gebieden/bergen/"
    assert AreaShape.objects.filter(edition=land.editions["wijk"]).count() == len(first.numbers)
