"""Addresses of the map from before `kies` lead on to what they chose."""

import pytest
from django.test import Client

from tests.conftest import Land


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("gebied=bergen", "kies=wijk:bergen"),
        ("soort=wijk&gebied=bergen&z=12&c=51.4,4.7", "soort=wijk&z=12&c=51.4,4.7&kies=wijk:bergen"),
        ("gebied=noord-deelgemeente&cijfer=inwoners", "cijfer=inwoners&kies=deelgemeente:noord-deelgemeente"),
        ("locatie=bib&lagen=a,b", "lagen=a,b&kies=werklocaties:bib"),
        ("gebied=bergen&locatie=bib", "kies=werklocaties:bib"),  # a pin lay on top of the area
        ("gebied=bergen&kies=wijk:dalen", "kies=wijk:dalen"),
        ("gebied=nergens", ""),
        ("gebied=&locatie=", ""),
        ("gebied=%3Cb%3E&dienst=lenen", "dienst=lenen"),
        (
            "locatie=%3Cb%3E:x",
            "kies=werklocaties:%3Cb%3E:x",
        ),  # what makes no sense is left out when it is read
    ],
)
@pytest.mark.parametrize("path", ["/kaart/", "/kaart/paneel/"])
def test_old_addresses_lead_on(land: Land, path: str, old: str, today: str) -> None:
    answer = Client().get(f"{path}?{old}")
    assert (answer.status_code, answer["Location"]) == (302, path + (f"?{today}" if today else ""))
    assert Client().get(answer["Location"]).status_code == 200


def test_addresses_of_today_stay(land: Land) -> None:
    assert Client().get("/kaart/?kies=wijk:bergen&dienst=lenen").status_code == 200
