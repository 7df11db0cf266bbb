"""Work locations over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import CAST
from tests.workplaces.conftest import DALEN, Maker
from workplaces.models import WorkLocation

SignIn = Callable[[str], Client]
URL = "/api/v1/werklocaties/"
EDITORS = {"worker_here", "steward", "administrator"}
JSON = "application/json"


@pytest.fixture
def one(library: WorkLocation) -> str:
    return f"{URL}{library.uuid}/"


def test_list(
    client: Client, library: WorkLocation, make_location: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in range(120):
        make_location(f"Plek {number:03}", at=DALEN)
    make_location("Weg", closed_on="2020-01-01")
    with django_assert_max_num_queries(12):
        answer = client.get(URL, {"page_size": "100000"}).json()
    assert (answer["type"], answer["count"], len(answer["features"])) == ("FeatureCollection", 121, 100)
    feature = answer["features"][0]
    assert feature["id"] == str(library.uuid)
    assert feature["geometry"]["coordinates"] == [4.72, 51.45]
    assert feature["properties"]["services"] == ["bibliotheek"]
    assert [area["slug"] for area in feature["properties"]["areas"]] == ["noord-deelgemeente", "bergen"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("bbox=4.71,51.44,4.73,51.46", 1),
        ("bbox=4.6,51.3,4.9,51.6", 2),
        ("dienst=bibliotheek", 1),
        ("gebied=dalen", 1),
        ("gebied=onbekend", 0),
    ],
)
def test_filters(
    client: Client, library: WorkLocation, make_location: Maker, query: str, number: int
) -> None:
    make_location("School", at=DALEN)
    assert client.get(f"{URL}?{query}").json()["count"] == number


@pytest.mark.parametrize(
    "bbox",
    [
        "1,2,3",
        "a,b,c,d",
        "nan,51,5,52",
        "4,51,inf,52",
        "5,51,4,52",
        "4,52,5,51",
        "-181,0,1,1",
        "0,0,1,91",
    ],
)
def test_a_wrong_box_is_told(client: Client, library: WorkLocation, bbox: str) -> None:
    answer = client.get(URL, {"bbox": bbox})
    assert answer.status_code == 400
    assert answer.json()["bbox"]


def test_one(client: Client, library: WorkLocation, one: str) -> None:
    answer = client.get(one).json()
    assert (answer["type"], answer["properties"]["name"], len(answer["properties"]["hours"])) == (
        "Feature",
        "Bibliotheek",
        3,
    )
    assert client.get(f"{URL}00000000-0000-0000-0000-000000000000/").status_code == 404
    assert client.get(f"{URL}{library.pk}/").status_code == 404


@pytest.mark.parametrize("part", CAST)
def test_who_may_write(as_part: SignIn, library: WorkLocation, one: str, part: str) -> None:
    client = as_part(part)
    sent = {"version": library.version, "name": "Bib"}
    changed = client.patch(one, sent, content_type=JSON)
    expected = 200 if part in EDITORS else 403
    assert changed.status_code == expected
    new = {"name": "Nieuw", "point": {"type": "Point", "coordinates": [4.72, 51.45]}, "precision": "street"}
    added = client.post(URL, new, content_type=JSON)
    elsewhere = part == "worker_elsewhere"
    assert added.status_code == (201 if part in EDITORS else 400 if elsewhere else 403)
    assert WorkLocation.objects.filter(name="Nieuw").exists() is (part in EDITORS)
    for method in (client.put, client.delete):
        assert method(one, sent, content_type=JSON).status_code in (403, 405)


def test_writing(cast: dict[str, User], as_part: SignIn, library: WorkLocation, one: str) -> None:
    client = as_part("worker_here")
    sent = {
        "version": library.version, "phone": "03 000 00 09", "services": [],
        "point": {"type": "Point", "coordinates": [4.73, 51.46]}, "precision": "street", "placed_by": "Gezien",
    }  # fmt: skip
    answer = client.patch(one, sent, content_type=JSON)
    assert answer.status_code == 200
    properties = answer.json()["properties"]
    assert (properties["phone"], properties["services"], properties["approximate"]) == (
        "03 000 00 09",
        [],
        True,
    )
    assert client.patch(one, sent, content_type=JSON).status_code == 409
    fresh = {
        **sent,
        "version": properties["version"],
        "point": {"type": "Point", "coordinates": list(DALEN)},
        "name": "Half",
    }
    assert client.patch(one, fresh, content_type=JSON).status_code == 400
    library.refresh_from_db()
    assert library.name == "Bibliotheek"  # all or nothing


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": None},
        {"name": ""},
        {"slug": "kwaad"},
        {"closed_on": "2026-01-01"},
        {"point": {"type": "Point", "coordinates": [4.72, 51.45]}},
        {"precision": "street"},
        {"point": {"type": "Point", "coordinates": [5.5, 51.0]}, "precision": "street"},
        {"point": {"type": "Point", "coordinates": [1e999, 51.0]}, "precision": "street"},
        {"point": {"type": "Point", "coordinates": [10**400, 51.0]}, "precision": "street"},
        {"point": {"type": "Point", "coordinates": ["4.7", "51.4"]}, "precision": "street"},
        {"point": {"type": "Point", "coordinates": [True, False]}, "precision": "street"},
        {"point": {"type": "Polygon", "coordinates": []}, "precision": "street"},
        {"point": "kwaad", "precision": "street"},
        {"point": None, "precision": "street"},
        {"services": ["onbekend"]},
        {"website": "javascript:alert(1)"},
        {"postcode": "23"},
    ],
)
def test_wrong_writing_is_told(
    as_part: SignIn, library: WorkLocation, one: str, wrong: dict[str, Any]
) -> None:
    sent = {
        name: value
        for name, value in {"version": library.version, **wrong}.items()
        if name != "version" or value
    }
    answer = as_part("steward").patch(one, sent, content_type=JSON)
    assert answer.status_code == 400, answer.content
    assert WorkLocation.objects.get().version == library.version


def test_permission_comes_before_what_was_sent(as_part: SignIn, library: WorkLocation, one: str) -> None:
    resident = as_part("resident")
    assert resident.post(URL, "[" * 100_000, content_type=JSON).status_code == 403
    assert resident.patch(one, {"slug": "kwaad"}, content_type=JSON).status_code == 403


@pytest.mark.parametrize("body", ["[" * 100_000, '{"name": "' + "x" * 3_000_000 + '"}', "NaN"])
def test_bodies_are_bounded(as_part: SignIn, library: WorkLocation, one: str, body: str) -> None:
    steward = as_part("steward")
    assert steward.post(URL, body, content_type=JSON).status_code == 400
    assert steward.patch(one, body, content_type=JSON).status_code == 400
