"""The page of an area tells what became of it and from what it came; the API says the same, and old codes keep finding it."""

import pytest
from django.test import Client

from areas.actions import take_back_edition
from areas.codes import areas_by_code
from areas.models import Area, AreaEdition, AreaKind
from tests.areas.files import bring, collection, feature, square
from tests.areas.test_difference_page import text
from tests.conftest import OPERATOR, Land

A = feature("A", "Aa", square(0, 0))
B = feature("B", "Bee", square(1, 0))
C = feature("C", "Cee", square(2, 0))
PARTS = [feature("A1", "Aa-West", square(0, 0, 0.62)), feature("A2", "Aa-Oost", square(0.62, 0, 0.38))]


@pytest.fixture
def kind(land: Land) -> AreaKind:
    bring(land.kinds["wijk"], collection(A, B, C))
    return land.kinds["wijk"]


def page(name: str) -> str:
    return Client().get(Area.objects.get(name=name).get_absolute_url()).content.decode()


def test_a_split_area_leads_to_its_parts_and_they_say_from_where(kind: AreaKind) -> None:
    bring(kind, collection(*PARTS, B, C))
    html = page("Aa")
    assert "De oppervlakte werd gesplitst: 62 % naar Aa-West 38 % naar Aa-Oost" in text(html)
    assert f'href="{Area.objects.get(name="Aa-West").get_absolute_url()}"' in html
    assert "Kwam van Aa (100 % van Aa-West)" in text(page("Aa-West"))


def test_an_area_that_stays_tells_what_it_gave_and_got(kind: AreaKind) -> None:
    bring(
        kind,
        collection(feature("A", "Aa", square(0, 0, 1.25)), feature("B", "Bee", square(1.25, 0, 0.75)), C),
    )
    assert "Kwam van Bee (20 % van Aa)" in text(page("Aa"))
    assert "Ging naar Aa (25 %)" in text(page("Bee"))
    assert "Kwam van Bee" not in text(page("Cee"))


def test_gone_without_anything_in_its_place(kind: AreaKind) -> None:
    bring(kind, collection(B, C))
    assert "Er ligt geen ander gebied van deze soort in de plaats." in text(page("Aa"))


def test_taken_back(kind: AreaKind) -> None:
    edition = bring(kind, collection(*PARTS, B, C))
    take_back_edition(edition=edition, by=OPERATOR)
    assert "Die grenzen werden teruggenomen." in text(page("Aa-West"))
    assert "bestaat niet meer" not in page("Aa")


def test_the_interface_says_so_too(kind: AreaKind) -> None:
    bring(kind, collection(*PARTS, feature("Z", "Bee", square(1, 0)), C))

    def said(name: str) -> dict[str, object]:
        area = Area.objects.get(name=name)
        properties: dict[str, object] = Client().get(f"/api/v1/gebieden/{area.uuid}/").json()["properties"]
        return properties

    gone = said("Aa")
    assert gone["retired"] == "2025-01-01"
    assert [(s["name"], s["relation"], round(s["share"], 2)) for s in gone["successors"]] == [  # type: ignore[attr-defined]
        ("Aa-West", "split", 0.62),
        ("Aa-Oost", "split", 0.38),
    ]
    there = said("Bee")
    assert (there["retired"], there["successors"], there["code"], there["former_codes"]) == (
        None,
        [],
        "Z",
        ["B"],
    )


def test_old_codes_find_the_area_unless_another_has_it_now(kind: AreaKind) -> None:
    area = Area.objects.get(name="Aa")
    bring(kind, collection(feature("Z", "Aa", square(0, 0)), B, C))
    assert areas_by_code(kind)["A"] == areas_by_code(kind)["Z"] == area
    bring(kind, collection(feature("Z", "Aa", square(0, 0)), B, C, feature("A", "Nieuw", square(5, 0))))
    assert areas_by_code(kind)["A"].name == "Nieuw"
    assert AreaEdition.objects.in_force().get(kind=kind).counts["new"] == 1
    assert "Vroegere code A" in text(page("Aa"))
