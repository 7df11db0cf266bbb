"""Open data may be read by the scripts of any site, without a session; nothing else may, and nothing may be written."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.conftest import Land

OPEN = (
    "/kaartlagen/wijk.geojson",
    "/kaartlagen/nergens.geojson",
    "/api/v1/gebieden/",
    "/api/v1/nergens/",
    "/api/schema/",
    "/ogc",
    "/ogc/collections/wijk/items",
    "/ogc/collections/nergens",
    "/cijfers/nergens.csv",
    "/werklocaties/tabel.csv",
)


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_any_site_may_read(land: Land, path: str, method: str) -> None:
    response = getattr(Client(), method)(path, headers={"Origin": "https://elders.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "ETag" in response["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", OPEN)
def test_a_preflight_allows_reading_only(land: Land, path: str) -> None:
    asked = {"Origin": "https://elders.example", "Access-Control-Request-Method": "PATCH"}
    response = Client().options(path, headers=asked)
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_an_unchanged_layer_too(land: Land) -> None:
    tag = Client().get(OPEN[0])["ETag"]
    response = Client().get(OPEN[0], headers={"If-None-Match": tag})
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (304, "*")


def test_what_is_asked_by_a_person_is_not_for_any_site(land: Land, as_part: Callable[[str], Client]) -> None:
    assert "Access-Control-Allow-Origin" not in as_part("steward").get("/api/v1/gebieden/")


@pytest.mark.parametrize("path", ["/kaartlagen/wijk.geojson", "/agenda.ics", "/nieuws.rss"])
def test_what_a_cache_gives_to_everybody_is_for_any_site_whoever_asked(
    land: Land, as_part: Callable[[str], Client], path: str
) -> None:
    response = as_part("steward").get(path)
    assert "public" in response["Cache-Control"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/werklocaties/", "/account/login/", "/mijn/agenda.ics", "/healthz"])
def test_pages_are_not_for_any_site(land: Land, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in Client().get(path)


def test_nothing_is_written_from_elsewhere(land: Land) -> None:
    response = Client().post("/api/v1/werklocaties/", {}, headers={"Origin": "https://elders.example"})
    assert response.status_code == 403
    assert "Access-Control-Allow-Origin" not in response
