"""What people type is folded to what registers write, and taken apart into the parts of an address."""

import pytest

from areas.addresses.words import box_key, number_key, postcode_of, street_key, street_words, taken_apart


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("St.-Jozefstr.", "Sint-Jozefstraat"),
        ("sint jozef straat", "Sint-Jozefstraat"),
        ("O.L.V.-straat", "Onze-Lieve-Vrouwstraat"),
        ("Burg. Brosensstr", "Burgemeester Brosensstraat"),
        ("Antwerpse stwg", "Antwerpsesteenweg"),
        ("’s Boschstraat", "'s-Boschstraat"),
        ("Café-plein", "cafeplein"),
    ],
)
def test_one_street_however_it_is_written(typed: str, registered: str) -> None:
    assert street_key(typed) == street_key(registered)


def test_other_streets_stay_other_streets() -> None:
    names = ["Kerkstraat", "Kerkplein", "Oude Kerkstraat", "Kerkstraatje", "Stationsstraat"]
    assert len({street_key(name) for name in names}) == len(names)
    assert street_words("Sint-Jansstraat") == "sint jansstraat"


def test_numbers_and_boxes() -> None:
    assert number_key("012 A") == number_key("12a") != number_key("12")
    assert box_key("0002") == box_key("2")


@pytest.mark.parametrize(
    ("text", "street", "number", "box", "postcode", "locality"),
    [
        ("Vrijheid 149", "Vrijheid", "149", "", "", ""),
        ("vrijheid 149 2320", "vrijheid", "149", "", "2320", ""),
        ("2320 Vrijheid 149", "Vrijheid", "149", "", "2320", ""),
        ("Vrijheid 149, 2320 Hoogstraten", "Vrijheid", "149", "", "2320", "Hoogstraten"),
        ("2320 Hoogstraten, Vrijheid 149", "Vrijheid", "149", "", "2320", "Hoogstraten"),
        ("Vrijheid 149 Hoogstraten", "Vrijheid", "149", "", "", "Hoogstraten"),
        ("Vrijheid, Meer", "Vrijheid", "", "", "", "Meer"),
        ("Kerkstraat 12 a bus 3", "Kerkstraat", "12A", "3", "", ""),
        ("Kerkstraat 12bis/3", "Kerkstraat", "12bis", "3", "", ""),
        ("Kerkstraat 1500", "Kerkstraat", "1500", "", "", ""),
        ("1 Meilaan 5", "1 Meilaan", "5", "", "", ""),
        ("Plein 1944 12", "Plein 1944", "12", "", "", ""),
        ("Dorpsstraat 12 A-2, 7551 ab Hengelo", "Dorpsstraat", "12A", "2", "7551AB", "Hengelo"),
        ("7551AB 12", "", "12", "", "7551AB", ""),
        ("2320", "", "", "", "2320", ""),
        ("", "", "", "", "", ""),
    ],
)
def test_taken_apart(text: str, street: str, number: str, box: str, postcode: str, locality: str) -> None:
    found = taken_apart(text)
    parts = (found.street, found.number, found.box, found.postcode, found.locality)
    assert parts == (street, number, box, postcode, locality)


def test_what_is_precise() -> None:
    assert taken_apart("Vrijheid 149").is_precise
    assert taken_apart("7551AB 12").is_precise
    assert not taken_apart("Vrijheid").is_precise
    assert not taken_apart("2320 5").is_precise  # four digits are a whole town


def test_postcodes() -> None:
    assert postcode_of(" 7551 ab ") == "7551AB"
    assert postcode_of("2320") == "2320"
    assert postcode_of("0123") == postcode_of("23201") == postcode_of("x") == ""
