"""No name, e-mail address or number of a person leaves the house: every request that goes out is looked at."""

import pytest
import responses
from pytest_django import Settings

from areas.geocoding import find_place
from areas.geocoding.leaving import is_street, question_of
from tests.areas.geocoding.answers import FLANDERS, locations
from tests.conftest import Land

STAYS = [
    "jan.peeters@example.org",
    "jan.peeters@example.org Vrijheid 149",
    "Jan Peeters",
    "Jan Peeters 149",
    "Jan Peeters Vrijheid 149",
    "Jan Peeters Kerkstraat 149",
    "Peeters Jan Kerkstraat 149",
    "Peeters Jan 5",
    "dhr. Peeters, Kerkstraat 5",
    "t.a.v. familie Peeters Kerkstraat 5",
    "03 340 19 11",
    "bel 0470 12 34 56",
    "Kerkstraat 5 tel 0470123456",
    "+32 3 340 19 11",
    "85.07.30-033.28",
    "ik woon in de Kerkstraat 5",
    "mijn buurman van nummer 12",
    "wie is de dokter van de wijk 5",
    "https://example.org/5",
    "Vrijheid",
    "",
    "12",
]
LEAVES = {
    "Vrijheid 149": "Vrijheid 149, Proefdorp",
    "Jan Peeters, Vrijheid 149, 9990 Proefdorp": "Vrijheid 149, 9990 Proefdorp",
    "Vrijheid 149, Jan Peeters": "Vrijheid 149, Proefdorp",
    "Vrijheid 149, 9990 Jan Peeters": "Vrijheid 149, 9990 Proefdorp",
    "Vrijheid 149 bus 2 bij Jan": "Vrijheid 149, Proefdorp",
    "Sint-Jozefstraat 5, DALEN": "Sint-Jozefstraat 5, Dalen",
    "Prins Boudewijnlaan 5": "Prins Boudewijnlaan 5, Proefdorp",
    "7551 AB 12": "12, 7551AB Proefdorp",
}
PERSONS = ("peeters", "jan", "@", "340", "0470", "familie", "buurman", "dokter")


@pytest.fixture
def sent(land: Land, settings: Settings) -> list[str]:
    """Everything that goes out, whatever was typed."""
    settings.GEOCODER = "flanders"
    with responses.RequestsMock(assert_all_requests_are_fired=False) as service:
        service.get(f"{FLANDERS}/Location", json=locations())
        service.get(f"{FLANDERS}/Suggestion", json={"SuggestionResult": []})
        for text in (*STAYS, *LEAVES):
            find_place(text, land.municipality)
        return [str(call.request.params["q"]) for call in service.calls]  # type: ignore[attr-defined]


def test_only_addresses_go_out(sent: list[str]) -> None:
    assert set(sent) == set(LEAVES.values())


def test_nothing_of_a_person_goes_out(sent: list[str]) -> None:
    said = " ".join(sent).lower()
    assert [word for word in PERSONS if word in said] == []


@pytest.mark.parametrize("text", STAYS)
def test_what_stays(land: Land, text: str) -> None:
    assert question_of(text, land.municipality) is None


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("Vrijheid", True),
        ("Karel", False),
        ("Karel Boomstraat", True),
        ("Burgemeester van Dalenstraat", True),
        ("Groot Eyssel", False),
        ("Jan van Cuyckstraat", False),  # or Jan van the Cuyckstraat
        ("", True),
    ],
)
def test_what_can_only_be_a_street(street: str, expected: bool) -> None:
    assert is_street(street) is expected
