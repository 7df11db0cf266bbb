"""Addresses and streets are found as people type them, and lead to their area; the index carries it at fifty thousand."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.addresses.search import FIND, find, parameters
from areas.addresses.words import taken_apart
from areas.models import Municipality
from core.search import Hit, search_all
from portal.finding import sure_hit
from tests.areas.addresses.street import BERGEN, DALEN, MIDDEN, house, register
from tests.conftest import Land, make_municipality


@pytest.fixture
def street(land: Land) -> Land:
    """A street through two areas, a second one of the same name in a village, and a longer name."""
    here = land.municipality
    house(here, "Vrijheid", "149", BERGEN)
    house(here, "Vrijheid", "149", BERGEN, box="2")
    house(here, "Vrijheid", "12A", MIDDEN)
    house(here, "Sint-Jozefstraat", "5", DALEN, locality="Dalendorp", postcode="9991")
    house(here, "Kerkstraat", "1", BERGEN)
    house(here, "Kerkstraat", "1", DALEN, locality="Dalendorp", postcode="9991")
    return land


def hits(land: Land, text: str) -> list[Hit]:
    return list(find(text=text, municipality=land.municipality, user=None, limit=10))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Vrijheid 149", "Vrijheid 149, 9990 Proefdorp"),
        ("vrijheid 149 9990", "Vrijheid 149, 9990 Proefdorp"),
        ("VRIJHEID 12a", "Vrijheid 12A, 9990 Proefdorp"),
        ("vrijhied 149", "Vrijheid 149, 9990 Proefdorp"),
        ("vrijheid 149 bus 2", "Vrijheid 149 bus 2, 9990 Proefdorp"),
        ("st jozefstr 5", "Sint-Jozefstraat 5, 9991 Dalendorp"),
        ("kerkstraat 1 dalendorp", "Kerkstraat 1, 9991 Dalendorp"),
        ("kerkstraat 1, proefdorp", "Kerkstraat 1, 9990 Proefdorp"),
        ("kerkstraat 1 9991", "Kerkstraat 1, 9991 Dalendorp"),
    ],
)
def test_a_house(street: Land, text: str, title: str) -> None:
    assert hits(street, text)[0].title == title


def test_a_house_leads_to_its_area_and_says_so_there(street: Land) -> None:
    hit = hits(street, "Vrijheid 12A")[0]
    assert hit.url.startswith("/gebieden/midden/?adres=")
    assert (hit.score, hit.detail) == (1.0, "ligt in Midden")
    page = Client().get(hit.url).content.decode()
    assert "Vrijheid 12A, 9990 Proefdorp" in page
    assert "Noord" in page
    assert "proefregister" in page


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000000", ""])
def test_an_address_that_is_not_here_says_nothing(street: Land, asked: str) -> None:
    page = Client().get(f"/gebieden/midden/?adres={asked}")
    assert page.status_code == 200
    assert "areas-address" not in page.content.decode()


def test_an_address_of_another_area_says_nothing(street: Land) -> None:
    identifier = hits(street, "Vrijheid 12A")[0].url.partition("=")[2]
    assert "areas-address" not in Client().get(f"/gebieden/dalen/?adres={identifier}").content.decode()


def test_a_street_in_two_areas_leads_to_the_choice(street: Land) -> None:
    hit = hits(street, "vrijheid")[0]
    assert (hit.title, hit.detail) == ("Vrijheid, Proefdorp", "ligt in 2 gebieden: kies je nummer")
    page = Client().get(hit.url).content.decode()
    assert "Bergen" in page
    assert "Midden" in page
    assert page.count("?adres=") == 2  # a box is no number of its own


def test_a_street_in_one_area_leads_there(street: Land) -> None:
    assert hits(street, "sint-jozefstraat")[0].url == "/gebieden/dalen/"


def test_the_same_name_twice_is_two_streets(street: Land) -> None:
    assert {hit.title for hit in hits(street, "kerkstraat")} == {
        "Kerkstraat, Proefdorp",
        "Kerkstraat, Dalendorp",
    }


def test_a_number_that_is_not_there_leads_to_the_street(street: Land) -> None:
    (hit,) = hits(street, "Vrijheid 999")
    assert hit.title == "Vrijheid, Proefdorp"
    assert "nummer 999 is hier niet bekend" in hit.detail
    assert sure_hit([hit]) is None  # one is not led on as if the house were there
    assert sure_hit(hits(street, "Vrijheid")) is not None


@pytest.mark.parametrize("text", ["", "x", "%", "\\", "12", "qqqqqq 5", "'; drop table areas_address; --"])
def test_nothing(street: Land, text: str) -> None:
    assert hits(street, text) == []


def test_one_query_and_not_those_of_the_neighbours(
    street: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = make_municipality(slug="elders", code="88888")
    house(other, "Vrijheid", "149", BERGEN)
    with django_assert_num_queries(1):
        assert len(hits(street, "Vrijheid 149")) == 1


def test_the_search_of_the_site_asks(street: Land) -> None:
    assert search_all("Vrijheid 149", street.municipality, None)[0].title == "Vrijheid 149, 9990 Proefdorp"


def test_a_street_that_is_not_there(street: Land) -> None:
    assert Client().get("/waar/straat/?straat=Nergens").status_code == 404
    assert Client().get("/waar/straat/").status_code == 404
    assert (
        Client().get("/waar/straat/?straat=Kerkstraat&plaats=Dalendorp").content.decode().count("?adres=")
        == 1
    )


def test_fifty_thousand_addresses_are_found_by_their_index(land: Land) -> None:
    many_addresses(land.municipality, 50_000)
    asked = parameters(taken_apart("gildenlaan 77"), land.municipality, 7)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {FIND}", asked)
        plan = cursor.fetchall()[0][0][0]
    assert "address_words_trigram" in json.dumps(plan)
    assert ("Seq Scan", "areas_address") not in scans(plan["Plan"])


def scans(plan: dict[str, Any]) -> set[tuple[str, str]]:
    """How a plan reads which tables."""
    here = {(plan["Node Type"], plan["Relation Name"])} if "Relation Name" in plan else set()
    return here.union(*(scans(below) for below in plan.get("Plans", [])))


def many_addresses(municipality: Municipality, count: int) -> None:
    """Streets of fifty numbers, by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO areas_address (municipality_id, brought_by_id, register_id, street, house_number, box, postcode,
                locality, point, street_key, number_key, words)
            SELECT %s, %s, n::text, street, (n %% 50 + 1)::text, '', '9990', 'Proefdorp',
                ST_SetSRID(ST_MakePoint(4.70 + random() * 0.1, 51.40 + random() * 0.07), 4326),
                lower(street), (n %% 50 + 1)::text, lower(street) || ' proefdorp'
            FROM generate_series(1, %s) n, LATERAL (
                SELECT initcap(translate(md5((n / 50)::text), '0123456789', 'klmnoprstu')) || 'laan' AS street
            ) named
            """,
            [municipality.pk, register(municipality).pk, count],
        )
        # What a bulk load left beside the index makes it dear; autovacuum would put it in its place.
        cursor.execute("SELECT gin_clean_pending_list('address_words_trigram')")
        cursor.execute("ANALYZE areas_address")
