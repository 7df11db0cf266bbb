"""At home: a typed address is a place only when street and number are there, once, within the boundaries."""

import pytest

from areas.geocoding import Precision, find_place
from areas.geocoding.local import LocalGeocoder
from tests.areas.addresses.street import BERGEN, DALEN, MIDDEN, house
from tests.conftest import Land

OUTSIDE = (5.5, 51.45)


@pytest.fixture
def street(land: Land) -> Land:
    here = land.municipality
    house(here, "Vrijheid", "149", BERGEN)
    house(here, "Vrijheid", "149", BERGEN, box="2")
    house(here, "Kerkstraat", "1", BERGEN)
    house(here, "Kerkstraat", "1", DALEN, locality="Dalendorp", postcode="9991")
    house(here, "Grensweg", "1", OUTSIDE)
    return land


@pytest.mark.parametrize(
    "text",
    [
        "Vrijheid 149",
        "vrijheid 149, 9990 Proefdorp",
        "Vrijheid 149 Bergen",
        "VRIJHEID 149 bus 2",
        "Vrijheid 149 bus 3",
    ],
)
def test_a_house_that_is_there(street: Land, text: str) -> None:
    answer = find_place(text, street.municipality)
    assert answer.place is not None
    assert (answer.place.street, answer.place.number) == ("Vrijheid", "149")
    assert answer.place.precision is Precision.ADDRESS
    assert answer.areas is not None
    assert list(answer.areas) == ["deelgemeente", "wijk"]
    assert answer.areas["wijk"].slug == "bergen"


@pytest.mark.parametrize(
    "text",
    [
        "Vrijheid 148",  # another number
        "Vrijhied 149",  # nearly
        "Vrijheid 149A",
        "Vrijheid 149, 9991",  # another postcode
        "Vrijheid 149, Verweg",  # another town
        "Vrijheid 149 Dalen",  # another area
        "Vrijheid",
        "Grensweg 1",  # outside the boundaries
        "",
        "9990 149",
    ],
)
def test_never_a_guess(street: Land, text: str) -> None:
    assert find_place(text, street.municipality).place is None


def test_two_houses_of_the_same_name_are_a_choice(street: Land) -> None:
    answer = find_place("Kerkstraat 1", street.municipality)
    assert answer.place is None
    assert {one.text for one in answer.suggestions} == {
        "Kerkstraat 1, 9990 Proefdorp",
        "Kerkstraat 1, 9991 Dalendorp",
    }
    for one in answer.suggestions:
        chosen = find_place(one.text, street.municipality)
        assert chosen.place is not None
        assert chosen.place.label == one.text


def test_something_like_it_is_suggested(street: Land) -> None:
    texts = [one.text for one in find_place("vrijhied 149", street.municipality).suggestions]
    assert texts == ["Vrijheid 149, 9990 Proefdorp"]


def test_a_dutch_postcode_needs_no_street(land: Land) -> None:
    house(land.municipality, "Dorpsstraat", "12A", MIDDEN, postcode="7551AB")
    answer = find_place("7551 ab 12a", land.municipality)
    assert answer.place is not None
    assert answer.place.label == "Dorpsstraat 12A, 7551AB Proefdorp"


def test_the_nearest_address(street: Land) -> None:
    local = LocalGeocoder(street.municipality)
    near = local.reverse(BERGEN[0] + 0.0003, BERGEN[1])
    assert near is not None
    assert near.street in {"Vrijheid", "Kerkstraat"}
    assert local.reverse(BERGEN[0] + 0.001, BERGEN[1]) is None
