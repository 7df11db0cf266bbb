"""Start, map, search and statements as visitors get them."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models import AreaEdition
from core.calendar import FeedEntry, newest
from core.search import Hit, SearchSource, search_sources
from tests.conftest import Land, make_municipality
from workplaces.models import Service, ServiceOffer, WorkLocation


@pytest.fixture
def library(land: Land) -> WorkLocation:
    """A library in Bergen, its place known by the street only."""
    location = WorkLocation.objects.create(
        municipality=land.municipality, slug="bib", name="Bibliotheek", street="Kerkstraat", point=Point(4.72, 51.45),
        precision="street", phone="03 000 00 09",
    )  # fmt: skip
    service = Service.objects.create(municipality=land.municipality, slug="lenen", name="Boeken lenen")
    ServiceOffer.objects.create(location=location, service=service)
    WorkLocation.objects.create(
        municipality=land.municipality,
        slug="loods",
        name="Loods",
        point=Point(4.72, 51.41),
        precision="address",
    )
    return location


def page(client: Client, path: str) -> str:
    response = client.get(path, headers={"accept-language": "nl"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_without_a_municipality_the_start_page_says_how_to_make_one(client: Client) -> None:
    assert "create_municipality" in page(client, "/")
    assert client.get("/kaart/").status_code == 404


@pytest.mark.django_db
def test_without_boundaries_the_map_says_so(client: Client) -> None:
    make_municipality()
    assert 'class="empty"' in page(client, "/kaart/")
    assert client.get("/kaart/paneel/").status_code == 204


def test_without_boundaries_a_steward_is_led_to_where_they_come_in(
    land: Land, as_part: Callable[[str], Client]
) -> None:
    AreaEdition.objects.update(status=AreaEdition.Status.SUPERSEDED)
    for part, led in (("steward", True), ("resident", False), ("visitor", False)):
        html = page(as_part(part), "/kaart/").partition("<main")[2]
        assert 'class="empty"' in html
        assert ('class="button" href="/gebieden/grenzen/"' in html) is led


def test_the_start_page_names_the_areas(client: Client, library: WorkLocation) -> None:
    html = page(client, "/")
    assert 'href="/gebieden/bergen/"' in html
    assert 'name="q"' in html


def test_no_step_of_the_loop_is_shown_alone(client: Client, library: WorkLocation) -> None:
    assert 'id="loop"' not in page(client, "/")


def test_the_panel_of_an_area_lists_what_lies_in_it(client: Client, library: WorkLocation) -> None:
    html, _drawing = page(client, "/kaart/paneel/?kies=wijk:bergen").split("</aside>")
    assert "Bibliotheek" in html
    assert "Loods" not in html
    assert 'href="/gebieden/bergen/"' in html


def test_the_panel_of_a_location_says_that_its_place_is_approximate(
    client: Client, library: WorkLocation
) -> None:
    html = page(client, "/kaart/paneel/?kies=werklocaties:bib")
    assert "symbol-approximate" in html
    assert 'data-sign="4.720000,51.450000"' in html
    assert "03 000 00 09" in html


def test_a_service_narrows_the_overview(client: Client, library: WorkLocation) -> None:
    assert "Loods" in page(client, "/kaart/paneel/")
    assert "Loods" not in page(client, "/kaart/paneel/?dienst=lenen")


def test_a_layer_that_is_off_leaves_the_page(client: Client, library: WorkLocation) -> None:
    assert "Loods" not in page(client, "/kaart/paneel/?lagen=")


def test_unknown_words_show_the_whole_map(client: Client, library: WorkLocation) -> None:
    html = page(client, "/kaart/?kies=wijk:nergens&dienst=geen&soort=raar")
    assert "Loods" in html


def test_the_drawn_map_stays_on_the_page(client: Client, library: WorkLocation) -> None:
    assert 'href="/kaart/?soort=wijk&amp;kies=wijk:midden"' in page(client, "/kaart/?soort=wijk")


@pytest.mark.parametrize(
    "path", ["/", "/kaart/", "/kaart/?kies=wijk:bergen", "/kaart/?kies=werklocaties:bib", "/zoeken/?q=bib"]
)
def test_pages_ask_the_database_a_fixed_number_of_things(
    client: Client, library: WorkLocation, path: str
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    assert len(few) <= 18  # the municipality, its emblems and the drawing are remembered after this
    for number in range(40):
        WorkLocation.objects.create(
            municipality=library.municipality, slug=f"plek-{number}", name=f"Plek {number}", point=Point(4.72, 51.45),
            precision="address",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) <= 12


@pytest.fixture
def answers() -> Iterator[Callable[[list[Hit]], None]]:
    """Replaces every search source by fixed answers."""
    found: list[Hit] = []
    entries = list(search_sources)
    for entry in entries:
        search_sources.unregister(entry.name)
    search_sources.register(SearchSource(name="tests.fixed", title="x", find=lambda **asked: found))
    yield found.extend
    search_sources.unregister("tests.fixed")
    for entry in entries:
        search_sources.register(entry)


def test_one_sure_answer_leads_on_at_once(
    client: Client, land: Land, answers: Callable[[list[Hit]], None]
) -> None:
    answers([Hit(title="Bergen", url="/gebieden/bergen/", kind="Wijk", score=1.0)])
    assert client.get("/zoeken/?q=bergen").headers["Location"] == "/gebieden/bergen/"
    assert "Bergen" in page(client, "/zoeken/?q=bergen&alles")


def test_doubtful_answers_are_listed(
    client: Client, land: Land, answers: Callable[[list[Hit]], None]
) -> None:
    answers(
        [
            Hit(title="Bergen", url="/a/", kind="Wijk", score=0.7),
            Hit(title="Berg", url="/b/", kind="Straat", score=0.69),
        ]
    )
    assert 'href="/b/"' in page(client, "/zoeken/?q=berg")


def test_suggestions_are_options_and_escaped(
    client: Client, land: Land, answers: Callable[[list[Hit]], None]
) -> None:
    answers([Hit(title="<b>Bergen</b>", url="/a/", kind="Wijk", score=0.7)])
    html = page(client, "/zoeken/suggesties/?q=be")
    assert 'role="option"' in html
    assert "<b>" not in html


def test_search_is_limited(client: Client, land: Land) -> None:
    statuses = [client.get("/zoeken/?q=x").status_code for _again in range(61)]
    assert statuses[-1] == 429


def test_statements_name_the_contact_and_the_supervisor_of_the_country(client: Client, land: Land) -> None:
    assert "onthaal@proefdorp.example" in page(client, "/privacy/")
    assert "Vlaamse Ombudsdienst" in page(client, "/toegankelijkheid/")
    land.municipality.country, land.municipality.srid = "NL", 28992
    land.municipality.save()
    from django.core.cache import cache

    cache.clear()
    html = page(client, "/toegankelijkheid/")
    assert "Nationale ombudsman" in html
    assert "Vlaamse Ombudsdienst" not in html


def test_open_data_names_layers_and_sources(client: Client, land: Land) -> None:
    html = page(client, "/open-data/")
    assert "/kaartlagen/wijk.geojson" in html
    assert "proef" in html


def test_news_names_each_thing_once() -> None:
    def entry(url: str, day: int) -> FeedEntry:
        return FeedEntry(moment=dt.datetime(2026, 11, day, tzinfo=dt.UTC), title="x", url=url, kind="x")

    assert [one.moment.day for one in newest([entry("/a/", 3), entry("/a/", 2), entry("/b/", 1)], 5)] == [
        3,
        1,
    ]
