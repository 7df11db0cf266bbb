"""The API of areas: read by all, bounded, changed by those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from areas.models import Area
from tests.areas.test_pages import many, queries
from tests.conftest import CAST, Land

AREAS = "/api/v1/gebieden/"


def rows(query: str = "") -> list[dict[str, Any]]:
    response = Client().get(AREAS + query)
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found


def test_the_list(land: Land) -> None:
    assert [row["slug"] for row in rows()] == [
        "noord-deelgemeente",
        "zuid-deelgemeente",
        "bergen",
        "dalen",
        "midden",
    ]
    row = rows("?kind=wijk")[0]
    assert row == {
        "uuid": str(land["bergen"].uuid), "slug": "bergen", "name": "Bergen", "kind": "wijk", "code": "99999W01",
        "area_ha": 1000.0, "label_point": {"type": "Point", "coordinates": [4.725, 51.45]},
        "url": "http://testserver/gebieden/bergen/",
    }  # fmt: skip


def test_bbox_is_what_touches(land: Land) -> None:
    assert {row["slug"] for row in rows("?kind=wijk&bbox=4.71,51.44,4.72,51.45")} == {"bergen"}
    assert {row["slug"] for row in rows("?kind=wijk&bbox=4,51,5,52")} == {"bergen", "dalen", "midden"}
    assert rows("?bbox=3,51,3.1,51.1") == []


@pytest.mark.parametrize(
    "bbox",
    [
        "1,2,3",
        "a,b,c,d",
        "nan,1,2,3",
        "inf,1,2,3",
        "4.8,51.4,4.7,51.5",
        "4.7,51.5,4.8,51.4",
        "0,0,181,1",
        "1,1,1,1",
    ],
)
def test_a_bad_bbox_is_a_clear_400(land: Land, bbox: str) -> None:
    response = Client().get(f"{AREAS}?bbox={bbox}")
    assert response.status_code == 400
    assert response.json()["bbox"]


def test_pages_are_bounded(land: Land) -> None:
    many(land, 120)
    assert len(rows("?page_size=1000000")) == 100
    assert queries(AREAS) == queries(f"{AREAS}?page_size=3") <= 5


def test_one_is_a_feature(land: Land) -> None:
    feature = Client().get(f"{AREAS}{land['midden'].uuid}/").json()
    assert feature["type"] == "Feature"
    assert feature["id"] == str(land["midden"].uuid)
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert feature["properties"]["aliases"] == []
    assert Client().get(f"{AREAS}00000000-0000-0000-0000-000000000000/").status_code == 404
    assert Client().get(f"{AREAS}1/").status_code == 404


def test_a_residual_area_has_no_geometry(land: Land) -> None:
    rest = Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="rest", name="Rest", is_residual=True
    )
    assert Client().get(f"{AREAS}{rest.uuid}/").json()["geometry"] is None


def test_who_may_change(land: Land, as_part: Callable[[str], Client]) -> None:
    url = f"{AREAS}{land['bergen'].uuid}/"
    allowed = {
        part
        for part in CAST
        if as_part(part).patch(url, {"aliases": [part]}, content_type="application/json").status_code == 200
    }
    assert allowed == {"steward", "administrator"}
    assert as_part("resident").patch(url, {"name": ""}, content_type="application/json").status_code == 403


def test_change(land: Land, as_part: Callable[[str], Client]) -> None:
    url, steward = f"{AREAS}{land['bergen'].uuid}/", as_part("steward")
    changed = steward.patch(
        url, {"name": "Berg", "aliases": ["Bergje"]}, content_type="application/json"
    ).json()
    assert changed["properties"]["name"] == "Berg"
    assert set(changed["properties"]["aliases"]) == {"Bergje", "Bergen"}
    for bad in ({"name": ""}, {"name": "x" * 121}, {"aliases": [""]}, {"aliases": "x"}):
        assert steward.patch(url, bad, content_type="application/json").status_code == 400
    for method in ("put", "delete", "post"):
        assert getattr(steward, method)(url).status_code == 405


def test_kinds(land: Land) -> None:
    assert [kind["slug"] for kind in Client().get("/api/v1/gebiedssoorten/").json()] == [
        "deelgemeente",
        "wijk",
    ]


def test_root_and_schema(land: Land) -> None:
    assert "gebieden" in Client().get("/api/v1/").json()
    assert Client().get("/api/schema/").status_code == 200


@pytest.mark.parametrize("size", ["0", "-1", "x", "", "1.5", "9" * 5000])
def test_a_bad_size_is_a_clear_400(land: Land, size: str) -> None:
    for url in (AREAS, "/api/v1/werklocaties/"):
        response = Client().get(f"{url}?page_size={size}")
        assert response.status_code == 400
        assert response.json()["page_size"]


def test_the_schema_says_what_is_answered(land: Land) -> None:
    schema = Client().get("/api/schema/?format=json").json()
    for path in schema["paths"].values():
        for method, operation in path.items():
            assert operation["summary"]
            assert set(operation["responses"]) >= {"400", "429", *(["403"] if method != "get" else [])}
    page = Client().get("/api/v1/werklocaties/").json()
    described = schema["components"]["schemas"]["PaginatedLocationList"]
    assert set(described["required"]) <= set(page) <= set(described["properties"])
    assert schema["components"]["schemas"]["Location"]["properties"]["geometry"]["nullable"]


def test_the_schema_is_valid(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_errors_are_dutch(land: Land) -> None:
    assert Client().get(f"{AREAS}{land['bergen'].uuid}x/").status_code == 404
    assert Client().get(f"{AREAS}00000000-0000-0000-0000-000000000000/").json()["detail"] != "Not found."
