"""`/waar/` with an address: on to its area, or the choice; nothing is guessed, and the way to the map stays."""

from collections.abc import Iterator

import pytest
import responses
from django.test import Client
from pytest_django import Settings

from tests.areas.addresses.street import BERGEN, DALEN, house
from tests.areas.geocoding.answers import FLANDERS, location, locations
from tests.conftest import Land


@pytest.fixture
def service(settings: Settings) -> Iterator[responses.RequestsMock]:
    settings.GEOCODER = "flanders"
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(f"{FLANDERS}/Suggestion", json={"SuggestionResult": []})
        yield mock


def test_an_address_of_our_own_leads_to_its_area(land: Land) -> None:
    one = house(land.municipality, "Vrijheid", "149", BERGEN)
    answer = Client().post("/waar/", {"adres": "vrijheid 149"})
    assert answer.headers["Location"] == f"/gebieden/bergen/?adres={one.uuid}"


def test_two_of_them_are_a_choice(land: Land) -> None:
    house(land.municipality, "Kerkstraat", "1", BERGEN)
    house(land.municipality, "Kerkstraat", "1", DALEN, postcode="9991")
    page = Client().post("/waar/", {"adres": "kerkstraat 1"}).content.decode()
    assert 'value="Kerkstraat 1, 9990 Proefdorp"' in page
    assert 'value="Kerkstraat 1, 9991 Proefdorp"' in page


@pytest.mark.parametrize("text", ["", "Nergens 5", "\x00", "x" * 5000, "<script>"])
def test_what_is_not_found_is_said(land: Land, text: str) -> None:
    page = Client().post("/waar/", {"adres": text})
    assert page.status_code == 200
    assert "Dit adres is niet gevonden" in page.content.decode()
    assert "<script>" not in page.content.decode().replace("<script type", "").replace("<script src", "")


def test_a_hit_outside_leads_to_its_area_and_says_who_says_so(
    land: Land, service: responses.RequestsMock
) -> None:
    service.get(f"{FLANDERS}/Location", json=locations(location()))
    page = Client().post("/waar/", {"adres": "Vrijheid 149"}, follow=True)
    assert page.redirect_chain == [("/gebieden/bergen/", 302)]
    assert (
        "Vrijheid 149, 9990 Proefdorp ligt in Bergen (Adressenregister Vlaanderen)." in page.content.decode()
    )


def test_a_service_that_does_not_answer_is_said(land: Land, service: responses.RequestsMock) -> None:
    service.get(f"{FLANDERS}/Location", status=503)
    page = Client().post("/waar/", {"adres": "Vrijheid 149"}).content.decode()
    assert "antwoordt nu niet" in page


def test_searching_asks_nobody_but_offers_to(land: Land, service: responses.RequestsMock) -> None:
    page = Client().get("/zoeken/?q=Vrijheid+149").content.decode()
    assert "Zoek dit adres op in Adressenregister Vlaanderen" in page
    assert "Zoek dit adres op" not in Client().get("/zoeken/?q=Jan+Peeters").content.decode()
    assert not service.calls


def test_by_default_nothing_is_offered(land: Land) -> None:
    assert "Zoek dit adres op" not in Client().get("/zoeken/?q=Vrijheid+149").content.decode()
