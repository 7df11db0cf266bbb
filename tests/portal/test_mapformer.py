"""Addresses of the map from before `kies` lead on to what they chose."""

import pytest
from django.http import QueryDict
from django.test import Client

from portal.mapformer import led_on
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
        ("locatie=%3Cb%3E:x", ""),
    ],
)
def test_old_addresses_lead_on(land: Land, old: str, today: str) -> None:
    query = led_on(QueryDict(old), land.municipality)
    assert query == today
    assert led_on(QueryDict(query), land.municipality) is None


@pytest.mark.parametrize("path", ["/kaart/", "/kaart/paneel/"])
def test_the_page_and_its_panel_lead_on(land: Land, path: str) -> None:
    answer = Client().get(f"{path}?gebied=bergen")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?kies=wijk:bergen")
    assert "Bergen" in Client().get(answer["Location"]).content.decode()
    assert Client().get(f"{path}?gebied=nergens")["Location"] == path
