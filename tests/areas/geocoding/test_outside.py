"""Outside: asked only when chosen, believed only when street and number are what was typed, and left alone when it fails.

The answers are constructed from the documentation of the services, not recorded.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses
import time_machine
from django.core.cache import cache
from pytest_django import Settings

from areas.geocoding import Precision, address_at, find_place
from areas.geocoding.outside import HITS, MISSES
from areas.models import AreaEdition, Municipality
from tests.areas.addresses.street import BERGEN, DALEN, house
from tests.areas.geocoding.answers import FLANDERS, PDOK, doc, docs, location, locations
from tests.conftest import Land

FAR = (5.5, 51.45)


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(f"{FLANDERS}/Suggestion", json={"SuggestionResult": []})
        mock.get(f"{PDOK}/suggest", json=docs())
        yield mock


@pytest.fixture
def flanders(land: Land, settings: Settings) -> Municipality:
    settings.GEOCODER = "flanders"
    return land.municipality


@pytest.fixture
def pdok(land: Land, settings: Settings) -> Municipality:
    settings.GEOCODER = "auto"
    land.municipality.country, land.municipality.srid = "NL", 28992
    land.municipality.save()
    return land.municipality


def asked(service: responses.RequestsMock, path: str = "/Location") -> list[dict[str, Any]]:
    return [call.request.params for call in service.calls if path in str(call.request.url)]  # type: ignore[attr-defined]


def test_nobody_is_asked_by_default(land: Land, service: responses.RequestsMock) -> None:
    assert find_place("Vrijheid 149", land.municipality).place is None
    assert not service.calls


def test_our_own_table_comes_first(flanders: Municipality, service: responses.RequestsMock) -> None:
    house(flanders, "Vrijheid", "149", BERGEN)
    answer = find_place("Vrijheid 149", flanders)
    assert answer.place is not None
    assert answer.place.source == "proefregister"
    assert not service.calls


def test_a_hit_of_flanders(flanders: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{FLANDERS}/Location", json=locations(location()))
    answer = find_place("vrijheid 149", flanders)
    assert answer.place is not None
    assert answer.place.label == "Vrijheid 149, 9990 Proefdorp"
    assert answer.place.precision is Precision.ADDRESS
    assert answer.place.source == "Adressenregister Vlaanderen"
    assert answer.areas["wijk"].slug == "bergen"
    assert asked(service) == [{"q": "vrijheid 149, Proefdorp", "c": "10"}]


@pytest.mark.parametrize("text", ["Dorpsstraat 12a", "7551 ab 12 a", "dorpsstr 12A, 7551AB Proefdorp"])
def test_a_hit_of_pdok(pdok: Municipality, service: responses.RequestsMock, text: str) -> None:
    service.get(f"{PDOK}/free", json=docs(doc()))
    answer = find_place(text, pdok)
    assert answer.place is not None
    assert answer.place.label == "Dorpsstraat 12A, 7551AB Proefdorp"
    assert answer.areas["wijk"].slug == "bergen"


@pytest.mark.parametrize(
    "row",
    [
        location("Vrijheidslaan"),
        location("Vrij"),
        location(number="148"),
        location(number="149A"),
        location(number=""),
        location(at=FAR),
        location(at=FAR, Municipality="Verweg"),
        location(Zipcode="9991"),
        location(LocationType="basisregisters_straatnaam"),
        location(LocationType="crab_huisnummer_interpolatieObvNevenliggendeHuisnummers"),
        location(LocationType=None),
    ],
)
def test_what_is_only_near_is_no_hit(
    flanders: Municipality, service: responses.RequestsMock, row: dict[str, Any]
) -> None:
    service.get(f"{FLANDERS}/Location", json=locations(row))
    answer = find_place("Vrijheid 149, 9990", flanders)
    assert answer.place is None
    assert not answer.is_unavailable


def test_a_best_guess_of_pdok_is_no_hit(pdok: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{PDOK}/free", json=docs(doc(), doc(number=1, huisletter="", postcode="9998ZZ")))
    assert find_place("9999ZZ 1", pdok).place is None
    assert find_place("Dorpsstraat 12", pdok).place is None  # 12A is another house


def test_the_register_it_comes_from_does_not_matter(
    flanders: Municipality, service: responses.RequestsMock
) -> None:
    service.get(
        f"{FLANDERS}/Location", json=locations(location(LocationType="crab_huisnummer_manueleAanduiding"))
    )
    assert find_place("Vrijheid 149", flanders).place is not None


def test_a_street_of_two_postcodes_is_a_choice(
    flanders: Municipality, service: responses.RequestsMock
) -> None:
    service.get(f"{FLANDERS}/Location", json=locations(location(), location(at=DALEN, Zipcode="9991")))
    answer = find_place("Vrijheid 149", flanders)
    assert answer.place is None
    assert [one.text for one in answer.suggestions] == [
        "Vrijheid 149, 9990 Proefdorp",
        "Vrijheid 149, 9991 Proefdorp",
    ]
    chosen = find_place(answer.suggestions[1].text, flanders)
    assert chosen.areas["wijk"].slug == "dalen"


def test_without_boundaries_nothing_is_a_hit(flanders: Municipality, service: responses.RequestsMock) -> None:
    AreaEdition.objects.update(status="superseded")
    service.get(f"{FLANDERS}/Location", json=locations(location()))
    assert find_place("Vrijheid 149", flanders).place is None


def test_suggestions_name_a_place_of_ours(flanders: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{FLANDERS}/Location", json=locations())
    service.replace(
        responses.GET,
        f"{FLANDERS}/Suggestion",
        json={"SuggestionResult": ["Vrijheid 147, Proefdorp", "Vrijheid 149, Verweg", "Vrijheid 1, Dalen"]},
    )
    texts = [one.text for one in find_place("Vrijheid 149", flanders).suggestions]
    assert texts == ["Vrijheid 147, Proefdorp", "Vrijheid 1, Dalen"]


@pytest.mark.parametrize(
    "answer",
    [
        {"body": requests.ReadTimeout()},
        {"body": requests.ConnectionError()},
        {"status": 500, "json": {}},
        {"status": 302, "headers": {"Location": "https://evil.example/"}},
        {"body": "not json", "content_type": "application/json"},
        {"body": "<html/>", "content_type": "text/html"},
        {"json": []},
        {"json": None},
        {"json": {"LocationResult": None}},
        {"json": {"LocationResult": [1]}},
        {"json": {"LocationResult": [{"Location": None}]}},
        {"json": locations(location(at=("x", 1)))},  # type: ignore[arg-type]
        {"json": locations(location(at=(float("1e9"), 1)))},
        {"body": "[" + "1," * 600_000 + "1]", "content_type": "application/json"},
    ],
)
def test_no_usable_answer(
    flanders: Municipality, service: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    service.get(f"{FLANDERS}/Location", **answer)
    found = find_place("Vrijheid 149", flanders)
    assert found.place is None
    assert found.is_unavailable
    find_place("Vrijheid 149", flanders)
    assert len(asked(service)) == 2  # a failure is not remembered


def test_who_fails_is_left_alone(flanders: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{FLANDERS}/Location", status=503)
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        for number in range(5):
            assert find_place(f"Vrijheid {number}", flanders).is_unavailable
        assert len(asked(service)) == 3
        clock.shift(61)
        service.replace(responses.GET, f"{FLANDERS}/Location", json=locations(location()))
        assert find_place("Vrijheid 149", flanders).place is not None


def test_answers_are_remembered(flanders: Municipality, service: responses.RequestsMock) -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        service.get(f"{FLANDERS}/Location", json=locations(location()))
        for text in ("Vrijheid 149", "VRIJHEID  149", "vrijheid 149 bus 2"):
            assert find_place(text, flanders).place is not None
        assert len(asked(service)) == 1
        clock.shift(HITS + 1)
        find_place("Vrijheid 149", flanders)
        assert len(asked(service)) == 2
        service.replace(responses.GET, f"{FLANDERS}/Location", json=locations())
        for _time in range(2):
            find_place("Vrijheid 3", flanders)
        assert len(asked(service)) == 3
        clock.shift(MISSES + 1)
        find_place("Vrijheid 3", flanders)
        assert len(asked(service)) == 4


def test_nobody_reads_the_address_in_cache_or_log(
    flanders: Municipality, service: responses.RequestsMock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.get(f"{FLANDERS}/Location", json=locations(location()))
    find_place("Vrijheid 149", flanders)
    keys = list(cache._cache)  # type: ignore[attr-defined]
    assert any("geocoded" in key for key in keys)
    assert "ijheid" not in "".join(keys)
    said = [record for record in caplog.records if record.name != "django.db.backends"]
    assert "ijheid" not in "".join(record.getMessage() for record in said)


def test_the_nearest_address(flanders: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{FLANDERS}/Location", json=locations(location(at=BERGEN)))
    near = address_at(BERGEN[0] + 0.0003, BERGEN[1], flanders)
    assert near is not None
    assert near.label == "Vrijheid 149, 9990 Proefdorp"
    assert asked(service) == [{"latlon": "51.45000,4.72030", "c": "1"}]
    assert address_at(BERGEN[0] + 0.002, BERGEN[1], flanders) is None


def test_the_nearest_address_of_pdok(pdok: Municipality, service: responses.RequestsMock) -> None:
    service.get(f"{PDOK}/reverse", json=docs(doc()))
    near = address_at(*BERGEN, pdok)
    assert near is not None
    assert near.label == "Dorpsstraat 12A, 7551AB Proefdorp"
    service.replace(responses.GET, f"{PDOK}/reverse", status=500)
    assert address_at(*DALEN, pdok) is None


# Attacks, made for this test.


def test_attack_a_question_that_cannot_be_read_keeps_nobody_else_away(
    flanders: Municipality, service: responses.RequestsMock
) -> None:
    service.get(f"{FLANDERS}/Location", status=400)
    for number in range(5):
        assert find_place(f"Vrijheid {number}", flanders).is_unavailable
    service.replace(responses.GET, f"{FLANDERS}/Location", json=locations(location()))
    assert find_place("Vrijheid 149", flanders).place is not None


@pytest.mark.parametrize(
    "text",
    [
        "Vrijheid*:* 149",
        "(Vrijheid 149",
        '"Vrijheid 149',
        "-Vrijheid 149",
        "Vrijheid~ 149",
        "Vrijheid && 149",
    ],
)
def test_attack_no_orders_for_a_search_engine_go_out(
    flanders: Municipality, service: responses.RequestsMock, text: str
) -> None:
    service.get(f"{FLANDERS}/Location", json=locations())
    find_place(text, flanders)
    assert {question["q"] for question in asked(service)} <= {"Vrijheid 149, Proefdorp"}


def test_attack_the_answer_to_an_odd_question_is_not_that_to_another(
    flanders: Municipality, service: responses.RequestsMock
) -> None:
    service.get(f"{FLANDERS}/Location", json=locations())
    find_place("Vrij-heid. 149", flanders)
    service.replace(responses.GET, f"{FLANDERS}/Location", json=locations(location()))
    assert find_place("Vrijheid 149", flanders).place is not None
