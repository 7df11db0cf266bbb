"""The page of an area starts with what people came for, asks the database little, and stays calm with more apps."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from areas.models import Area, AreaFormerCode, AreaName, AreaSuccession
from areas.names import names_of, with_names
from core.panels import Panel, PanelContent, panels
from tests.areas.addresses.street import BERGEN, house
from tests.areas.figures.conftest import Figures, make_indicator
from tests.areas.figures.conftest import figures as figures
from tests.conftest import Land
from tests.workplaces.conftest import Maker
from tests.workplaces.conftest import library as library
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import DayException, Team, WorkLocation

# Of the page itself, its frame (municipality, emblems) remembered and its drawing not; and one for each panel of a later app.
MOST = 12 + len(
    [one for one in panels if one.target == "areas.area" and one.name.startswith(("plans.", "councils."))]
)
OF_WHO_ASKS = 3  # session, account and roles of somebody who signed in, as on every page
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", 'UPDATE "django_session"')


@pytest.fixture
def full(land: Land, library: WorkLocation, figures: Figures) -> Land:
    """Something for every panel of today: places, teams, a day off, figures with lines, codes, a past."""
    DayException.objects.create(location=library, day=timezone.localdate() + dt.timedelta(days=3))
    for number in range(3):
        team = Team.objects.create(
            municipality=land.municipality, slug=f"t-{number}", name=f"Team {number}", phone="03 000 00 02"
        )
        team.areas.add(land["bergen"], *([land["midden"]] if number < 2 else []))
    for number in range(6):
        indicator = make_indicator(land, slug=f"i-{number}", name=f"I {number}", is_additive=number % 2 == 0)
        for year in ("2022", "2023", "2024"):
            figures(indicator, year, bergen=500, midden=10, dalen=20)
    edition = land.editions["wijk"]
    AreaName.objects.create(area=land["bergen"], name="Het Bergje")
    AreaFormerCode.objects.create(area=land["bergen"], scheme="ggw7", code="OUD1", edition=edition)
    AreaSuccession.objects.create(
        edition=edition, predecessor=land["dalen"], successor=land["bergen"], relation="split", weight=0.3
    )
    return land


def asked(client: Client, path: str = "/gebieden/bergen/") -> list[str]:
    cache.clear()
    client.get("/privacy/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries.captured_queries if not query["sql"].startswith(NOT_COUNTED)]


@pytest.mark.parametrize("part", ["visitor", "resident", "worker_here", "steward", "administrator"])
def test_twelve_queries_one_a_later_panel_and_three_for_who_asks(
    full: Land, as_part: Callable[[str], Client], long_memory: None, part: str
) -> None:
    found = asked(as_part(part))
    assert len(found) <= MOST + (0 if part == "visitor" else OF_WHO_ASKS), "\n".join(found)


def test_an_address_that_led_here_fits_in_them(full: Land, long_memory: None) -> None:
    one = house(full.municipality, "Vrijheid", "149", BERGEN)
    found = asked(Client(), f"/gebieden/bergen/?adres={one.uuid}")
    assert len(found) <= MOST, "\n".join(found)


@pytest.fixture
def five_more() -> Iterator[list[str]]:
    """The panels of five apps to come, each with a query of its own."""

    def content(*, request: HttpRequest, obj: Any) -> PanelContent:
        return PanelContent(
            context={"area": obj, "agenda": [], "number": Area.objects.filter(kind=obj.kind_id).count()},
            short="Twee plannen lopen, een is klaar",
        )

    names = [f"tests.app_{letter}" for letter in "abcde"]
    for name in names:
        panels.register(
            Panel(
                name=name, target="areas.area", title=name, template="areas/panels/soon.html", content=content
            )
        )
    yield names
    for name in names:
        panels.unregister(name)


def test_a_later_panel_adds_one_query_and_one_line(
    full: Land, long_memory: None, request: pytest.FixtureRequest
) -> None:
    before, page = len(asked(Client())), Client().get("/gebieden/bergen/").content.decode()
    request.getfixturevalue("five_more")
    after, longer = len(asked(Client())), Client().get("/gebieden/bergen/").content.decode()
    assert after == before + 5
    assert longer.count("<section") == page.count("<section")
    assert longer.count('class="opener"') == page.count('class="opener"') + 5


def test_what_people_come_for_comes_first(full: Land) -> None:
    html = Client().get("/gebieden/bergen/").content.decode()
    order = (
        "workplaces-here",
        "workplaces-contact",
        "areas-soon",
        "areas-indicators",
        "areas-figures",
        "areas-places",
    )
    places = [html.index(f'id="{anchor}"') for anchor in (*order, "areas-past")]
    assert places == sorted(places)


def test_the_team_that_works_here_alone_is_called_first(full: Land) -> None:
    html = Client().get("/gebieden/bergen/").content.decode()
    assert html.index("Team 2") < html.index("Team 0") < html.index("Team 1")


def test_sections_with_nothing_say_so(land: Land) -> None:
    html = Client().get("/gebieden/dalen/").content.decode()
    assert "De gemeente heeft geen loket in Dalen" in html
    assert "Voor Dalen is er geen eigen team" in html
    assert "staat er in Dalen niets gepland" in html


def test_what_was_open_comes_first(land: Land, library: WorkLocation, make_location: Maker) -> None:
    make_location("Archief", slug="archief")
    local = timezone.make_aware(dt.datetime(2026, 3, 2, 10))  # a Monday
    with time_machine.travel(local, tick=False):
        html = Client().get("/gebieden/bergen/").content.decode()
    assert html.index("Bibliotheek") < html.index("Archief")


def test_names_come_along_with_the_area(full: Land, django_assert_num_queries: Any) -> None:
    area = with_names(Area.objects.filter(slug="bergen")).get()
    with django_assert_num_queries(0):
        names = names_of(area)
    assert [one.code for one in names.codes] == ["99999W01"]
    assert names.aliases == ["Het Bergje"]
    assert [(one.code, one.until) for one in names.former] == [("OUD1", dt.date(2025, 1, 1))]
    with django_assert_num_queries(1):
        assert names_of(full["bergen"]) == names
