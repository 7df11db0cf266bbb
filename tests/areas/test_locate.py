"""From a point to its areas: one query, one answer, no trace."""

import logging

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.locate import areas_at, point_from
from tests.conftest import Land

JSON = {"Accept": "application/json"}


def test_every_kind_in_one_query(land: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = areas_at(Point(4.77, 51.425, srid=4326), land.municipality)
    assert {kind: area.slug for kind, area in found.items()} == {
        "deelgemeente": "zuid-deelgemeente",
        "wijk": "midden",
    }
    assert areas_at(Point(5.5, 51.4, srid=4326), land.municipality) == {}


def test_a_point_on_a_border_has_one_answer(land: Land) -> None:
    corner = Point(4.75, 51.43, srid=4326)
    assert {areas_at(corner, land.municipality)["wijk"].slug for _time in range(3)} == {"bergen"}


def test_old_boundaries_do_not_count(land: Land) -> None:
    land.editions["wijk"].status = "superseded"
    land.editions["wijk"].save()
    assert list(areas_at(Point(4.77, 51.44, srid=4326), land.municipality)) == ["deelgemeente"]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", ""), ("a", "1"), ("nan", "1"), ("inf", "1"), ("91", "1"), ("1", "181"), ("1e400", "1")],
)
def test_what_is_no_place(land: Land, lat: str, lon: str) -> None:
    assert point_from(lat, lon) is None
    assert Client().post("/waar/", {"lat": lat, "lon": lon}, headers=JSON).status_code == 400


def test_a_decimal_comma_is_fine() -> None:
    point = point_from("51,43", " 4.7 ")
    assert point is not None
    assert point.coords == (4.7, 51.43)


def test_the_map_asks(land: Land, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = Client().post("/waar/", {"lat": "51.44", "lon": "4.77"}, headers=JSON).json()
    assert answer["url"] == "/gebieden/midden/"
    assert [area["kind"] for area in answer["areas"]] == ["deelgemeente", "wijk"]
    outside = Client().post("/waar/", {"lat": "52", "lon": "5"}, headers=JSON)
    assert outside.status_code == 200
    assert outside.json()["url"] == ""
    assert "51.44" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_a_form_leads_on(land: Land) -> None:
    assert Client().post("/waar/", {"lat": "51.44", "lon": "4.72"}).headers["Location"] == "/gebieden/bergen/"
    assert Client().post("/waar/", {"lat": "52", "lon": "5"}).headers["Location"] == "/gebieden/"
    assert Client().get("/waar/?lat=51&lon=4").status_code == 405  # a place is never in an address
