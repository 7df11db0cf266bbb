"""While placing a pin one may look an address up: without a script, saving nothing, losing nothing."""

from collections.abc import Callable

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from tests.areas.addresses.street import BERGEN, DALEN, house
from tests.conftest import Land
from workplaces.models import WorkLocation

PAGE = "/werklocaties/bib/bewerken/plaats/"


@pytest.fixture
def bib(land: Land) -> WorkLocation:
    house(land.municipality, "Vrijheid", "149", BERGEN)
    house(land.municipality, "Kerkstraat", "1", BERGEN)
    house(land.municipality, "Kerkstraat", "1", DALEN, postcode="9991")
    return WorkLocation.objects.create(
        municipality=land.municipality, slug="bib", name="Bib", street="Vrijheid", house_number="149",
        point=Point(4.71, 51.44, srid=4326), precision="village",
    )  # fmt: skip


def typed(**more: str) -> dict[str, str]:
    return {"point_text": "51,44 4,71", "precision": "village", "placed_by": "van horen zeggen", **more}


def test_a_sure_address_puts_the_pin_there_and_saves_nothing(
    bib: WorkLocation, as_part: Callable[[str], Client]
) -> None:
    page = as_part("steward").post(PAGE, typed(wanted="vrijheid 149", find="")).content.decode()
    assert "\n51,450000 4,720000</textarea>" in page
    assert 'value="Vrijheid 149, 9990 Proefdorp"' in page
    assert "Bewaar als het klopt" in page
    bib.refresh_from_db()
    assert (bib.precision, bib.point and bib.point.y) == ("village", 51.44)


def test_the_page_starts_with_the_address_of_the_location(
    bib: WorkLocation, as_part: Callable[[str], Client]
) -> None:
    assert 'value="Vrijheid 149"' in as_part("steward").get(PAGE).content.decode()


def test_a_choice_keeps_what_was_typed(bib: WorkLocation, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    page = steward.post(PAGE, typed(wanted="kerkstraat 1", find="")).content.decode()
    assert 'name="find" value="Kerkstraat 1, 9991 Proefdorp"' in page
    assert "van horen zeggen" in page
    chosen = steward.post(PAGE, typed(wanted="kerkstraat 1", find="Kerkstraat 1, 9991 Proefdorp"))
    assert "\n51,410000 4,720000</textarea>" in chosen.content.decode()


def test_what_is_not_found_leaves_the_pin(bib: WorkLocation, as_part: Callable[[str], Client]) -> None:
    page = as_part("steward").post(PAGE, typed(wanted="Nergens 1", find="")).content.decode()
    assert "Dit adres is niet gevonden." in page
    assert "\n51,44 4,71</textarea>" in page


def test_which_address_is_at_the_pin(bib: WorkLocation, as_part: Callable[[str], Client]) -> None:
    steward = as_part("steward")
    near = steward.post(PAGE, typed(near="on", point_text="51,41 4,7201")).content.decode()
    assert "Kerkstraat 1, 9991 Proefdorp" in near
    assert "50 meter" in steward.post(PAGE, typed(near="on")).content.decode()
    assert steward.post(PAGE, typed(near="on", point_text="x")).status_code == 200


def test_a_new_location_is_looked_up_by_its_own_address(
    bib: WorkLocation, as_part: Callable[[str], Client]
) -> None:
    sent = {"name": "", "street": "Vrijheid", "house_number": "149", "find": ""}
    page = as_part("steward").post("/werklocaties/nieuw/", sent).content.decode()
    assert "\n51,450000 4,720000</textarea>" in page
    assert "Fout:" not in page  # nothing is checked yet
    assert WorkLocation.objects.count() == 1
