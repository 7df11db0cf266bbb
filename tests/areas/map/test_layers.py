"""Map layers: right bytes, made once, and nothing done for nothing."""

import gzip
import json
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.actions import change_area
from areas.map.geojson import cluster_variants, points
from areas.models import AreaShape, LayerBytes
from areas.views.layers import accepts_gzip
from core.layers import layers_of
from tests.areas.files import bring, collection, feature, square
from tests.conftest import OPERATOR, Land

WIJK = "/kaartlagen/wijk.geojson"


def ask(url: str = WIJK, **headers: str) -> Any:
    return Client().get(url, headers={"Accept-Encoding": "gzip", **headers})


def content(response: Any) -> dict[str, Any]:
    body = response.content
    found: dict[str, Any] = json.loads(gzip.decompress(body) if response.get("Content-Encoding") else body)
    return found


def test_the_layer_is_rfc_7946(land: Land) -> None:
    for variant in ("overview", "full"):
        response = ask(f"{WIJK}?variant={variant}")
        assert response["Content-Type"] == "application/geo+json"
        document = content(response)
        assert set(document) == {"type", "features"}
        assert [f["properties"]["slug"] for f in document["features"]] == ["bergen", "dalen", "midden"]
        first = document["features"][0]
        assert first["id"] == str(land["bergen"].uuid)
        assert first["properties"] == {
            "slug": "bergen",
            "name": "Bergen",
            "code": "99999W01",
            "area_ha": 1000,
            "label_lon": 4.725,
            "label_lat": 51.45,
        }
        ring = first["geometry"]["coordinates"][0][0]
        turns = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
        assert turns > 0  # counter-clockwise


def test_304_and_warm_200_run_no_query(land: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = ask()
    with django_assert_num_queries(0):
        again = ask()
        unchanged = ask(**{"If-None-Match": first["ETag"]})
    assert again.content == first.content
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    for header in ("ETag", "Vary", "Cache-Control"):
        assert unchanged[header] == first[header]
    assert first["Vary"] == "Accept-Encoding"
    assert "must-revalidate" in first["Cache-Control"]


def test_another_process_finds_the_bytes_made(land: Land) -> None:
    from django.core.cache import cache

    first = ask().content
    LayerBytes.objects.update(gzipped=gzip.compress(b"kept"))
    cache.clear()
    assert gzip.decompress(ask().content) == b"kept"
    assert first != b"kept"


def test_without_gzip(land: Land) -> None:
    packed, plain = ask(), ask(**{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain
    assert content(plain) == content(packed)
    assert plain["ETag"] != packed["ETag"]  # strong: other bytes


def test_new_boundaries_and_new_names_show_at_once(
    land: Land, django_capture_on_commit_callbacks: Any
) -> None:
    first = ask()
    with django_capture_on_commit_callbacks(execute=True):
        change_area(area=land["bergen"], by=OPERATOR, name="Berg")
    renamed = ask(**{"If-None-Match": first["ETag"]})
    assert renamed.status_code == 200
    assert "Berg" in {f["properties"]["name"] for f in content(renamed)["features"]}
    with django_capture_on_commit_callbacks(execute=True):
        bring(land.kinds["wijk"], collection(feature("99999W01", "Bergen", square(0, 0))))
    assert len(content(ask(**{"If-None-Match": renamed["ETag"]}))["features"]) == 1


def test_data_may_load_nothing(land: Land) -> None:
    policy = "default-src 'none'; frame-ancestors 'none'"
    tag = ask()["ETag"]
    for response in (ask(), ask(**{"If-None-Match": tag}), ask("/kaartlagen/nee.geojson")):
        assert sorted(response["Content-Security-Policy"].split("; ")) == policy.split("; ")


def test_what_is_not_there(land: Land) -> None:
    missing, strange = ask("/kaartlagen/nee.geojson"), ask(f"{WIJK}?variant=nee")
    assert (missing.status_code, strange.status_code) == (404, 400)
    assert "wijk" in missing.json()["layers"]
    assert strange.json()["variants"] == ["overview", "full"]
    assert Client().post(WIJK).status_code == 405
    assert Client().head(WIJK).status_code == 200


def test_no_municipality(db: None) -> None:
    assert ask().status_code == 404


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("gzip; q=0.0, *", False),
    ],
)
def test_accepts_gzip(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_the_registry_knows_the_layers(land: Land) -> None:
    layers = {layer.slug: layer for layer in layers_of(land.municipality)}
    assert list(layers)[:2] == ["deelgemeente", "wijk"]
    assert layers["wijk"].shown_at_first
    assert layers["wijk"].count is not None
    assert layers["wijk"].count() == 3


def test_points_near_each_other_are_one(land: Land) -> None:
    places = {"bergen": (4.70, 51.43), "midden": (4.7004, 51.43), "dalen": (4.78, 51.40)}
    for slug, place in places.items():
        AreaShape.objects.filter(area=land[slug]).update(label_point=Point(*place, srid=4326))
    rows = (
        AreaShape.objects.filter(edition=land.editions["wijk"])
        .annotate(props=JSONObject(name=F("area__name"), kind=Value("x")))
        .order_by("area__name")
        .values_list("area__slug", "label_point", "props")
    )
    assert len(json.loads(points(rows, "full"))["features"]) == 3
    near, far = (json.loads(points(rows, variant))["features"] for variant in ("z14", "z9"))
    assert sorted(f["properties"].get("count", 1) for f in near) == [1, 2]
    assert [f["properties"]["count"] for f in far] == [3]
    assert far[0]["properties"]["bbox"] == [4.7, 51.4, 4.78, 51.43]
    assert {f["properties"].get("name") for f in near} == {"Dalen", None}
    assert cluster_variants()[:2] == ("full", "z9")
