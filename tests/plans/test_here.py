"""What an area shows of plans: the panels, the map, the search, the calendar and the news, and what moves when it goes."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Point, Polygon
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.calendar import entries_between, latest
from core.facts import facts_of
from core.hanging import found_on
from core.layers import layers_of
from core.search import search_all
from plans.models import Action, AreaOrganisation, Milestone, News, Plan, Step
from plans.panels import celebrated, happens_here, organised
from tests.conftest import OPERATOR, Land
from tests.plans.conftest import make_plan, make_team

TODAY = timezone.localdate()
LAYER = "/kaartlagen/acties.geojson"


@pytest.fixture
def asked(land: Land) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def runs(land: Land, name: str = "Dorpsplan Bergen", area: str | None = "bergen", **fields: Any) -> Plan:
    return make_plan(land, name, area, stage="adopted", first_on=dt.date(2025, 1, 1), last_on=None, **fields)


def act(plan: Plan, number: int, name: str, **fields: Any) -> Action:
    return Action.objects.create(plan=plan, number=number, name=name, **fields)


def in_bergen(land: Land) -> Plan:
    """The plan of Bergen: benches, a road, a field, and a visit that is for the whole village."""
    plan = runs(land)
    act(plan, 1, "Banken", geometry=Point(4.72, 51.45, srid=4326), phase="doing", team=make_team(land))
    act(plan, 2, "Trage weg", geometry=LineString((4.71, 51.44), (4.73, 51.45), srid=4326))
    act(plan, 3, "Speelveld", geometry=Polygon.from_bbox((4.715, 51.455, 4.72, 51.46)), phase="done")
    act(plan, 4, "Huisbezoek", when="2026/..")
    return plan


def here_in(land: Land, request: HttpRequest, area: str = "bergen") -> dict[str, Any]:
    content = happens_here(request=request, obj=land[area])
    assert content is not None
    return dict(content.context)


def test_the_panel_names_plans_actions_and_who_keeps_them_in_one_query(
    land: Land, asked: HttpRequest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    in_bergen(land)
    runs(land, "Meerjarenplan", None, kind="multi_year")
    with django_assert_num_queries(1):
        context = here_in(land, asked)
    (one,) = context["here"]
    assert [(a.name, a.look, a.team) for a in one.actions] == [
        ("Banken", "begun", "Openbare ruimte"), ("Trage weg", "open", ""), ("Huisbezoek", "open", ""), ("Speelveld", "done", ""),
    ]  # fmt: skip
    assert [plan.name for plan in context["whole"]] == ["Meerjarenplan"]
    assert context["is_own"]


def test_an_area_without_a_plan_of_its_own_says_what_there_is(
    land: Land, client: Client, asked: HttpRequest
) -> None:
    in_bergen(land)
    runs(land, "Meerjarenplan", None, kind="multi_year")
    assert here_in(land, asked, "dalen")["here"] == []
    html = client.get("/gebieden/dalen/").content.decode()
    assert "Dalen heeft geen eigen plan" in html
    assert "Meerjarenplan</a>" in html


def test_an_action_of_another_plan_that_is_drawn_here_is_here(land: Land, asked: HttpRequest) -> None:
    plan = runs(land, "Fietsplan", None, kind="theme")
    act(plan, 1, "Fietspad", geometry=Point(4.72, 51.41, srid=4326))
    act(plan, 2, "Overal pompen")
    context = here_in(land, asked, "dalen")
    assert [action.name for action in context["here"][0].actions] == ["Fietspad"]
    assert not context["is_own"]
    assert here_in(land, asked, "bergen")["here"] == []


def test_what_does_not_run_is_not_shown(land: Land, asked: HttpRequest) -> None:
    idle: list[dict[str, Any]] = [{"stage": stage} for stage in ("proposed", "draft", "ended")]
    idle.append({"stage": "adopted", "last_on": dt.date(2026, 1, 2)})
    for number, fields in enumerate(idle):
        act(make_plan(land, f"Plan {number}", **fields), 1, "Banken", geometry=Point(4.72, 51.45, srid=4326))
    assert here_in(land, asked)["here"] == []
    layer = next(one for one in layers_of(land.municipality, "mixed") if one.slug == "acties")
    assert layer.rows is not None
    assert layer.rows(chosen={}, area=None, limit=10) == []


def test_more_actions_than_are_shown_lead_to_the_plan(land: Land, client: Client) -> None:
    plan = runs(land)
    for number in range(1, 9):
        act(plan, number, f"Actie {number}")
    html = client.get("/gebieden/bergen/").content.decode()
    assert "Actie 6" in html
    assert "Actie 7" not in html
    assert "Alle acties van dit plan" in html


def test_what_succeeded_is_on_the_page_of_the_area(
    land: Land, client: Client, asked: HttpRequest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert celebrated(request=asked, obj=land["bergen"]) is None
    for number in range(5):
        milestone = Milestone.objects.create(
            municipality=land.municipality, title=f"Mijlpaal {number}", when=f"2026-0{number + 1}"
        )
        milestone.areas.add(land["bergen"])
    with django_assert_num_queries(1):
        content = celebrated(request=asked, obj=land["bergen"])
    assert content is not None
    assert [one.title for one in content.context["milestones"]] == ["Mijlpaal 4", "Mijlpaal 3", "Mijlpaal 2"]
    assert content.url == "/plannen/mijlpalen/?gebied=bergen"
    assert "Mijlpaal 4" in client.get("/gebieden/bergen/").content.decode()


def test_how_area_work_is_organised_is_readable_there(land: Land, client: Client, asked: HttpRequest) -> None:
    assert organised(request=asked, obj=land["bergen"]) is None
    AreaOrganisation.objects.create(area=land["bergen"], from_on=dt.date(2025, 1, 1), model="communication")
    AreaOrganisation.objects.create(
        area=land["bergen"], from_on=dt.date(2026, 1, 1), model="coordination", budget=15000
    )
    content = organised(request=asked, obj=land["bergen"])
    assert content is not None
    assert content.short == "coördinatiemodel, 15.000 euro per jaar"
    assert "Coördinatiemodel, 15.000 euro per jaar" in client.get("/gebieden/bergen/").content.decode()


def test_the_layer_holds_points_lines_and_fields_with_their_sign(land: Land, client: Client) -> None:
    in_bergen(land)
    features = json.loads(client.get(LAYER).content)["features"]
    assert {(one["geometry"]["type"], one["properties"]["look"], one["properties"]["number"]) for one in features} == {
        ("Point", "begun", 1), ("LineString", "open", 2), ("Polygon", "done", 3),
    }  # fmt: skip
    assert all("label_lon" in one["properties"] for one in features)


def test_far_away_points_are_one_and_lines_stay(land: Land, client: Client) -> None:
    plan = in_bergen(land)
    act(plan, 5, "Boom", geometry=Point(4.7201, 51.4501, srid=4326))
    features = json.loads(client.get(f"{LAYER}?variant=z9").content)["features"]
    kinds = sorted((one["geometry"]["type"], one["properties"].get("count", 1)) for one in features)
    assert kinds == [("LineString", 1), ("Point", 2), ("Polygon", 1)]


def test_the_layer_changes_with_news_and_with_the_plan(land: Land, client: Client) -> None:
    plan = in_bergen(land)
    tags = [_tag(client)]
    News.objects.create(action=plan.actions.get(number=1), title="Er staat een bank")
    tags.append(_tag(client))
    plan.news_every_months = 3
    plan.save()
    tags.append(_tag(client))
    assert len(set(tags)) == 3


def _tag(client: Client) -> str:
    cache.clear()  # what a version was is remembered for seconds
    return str(client.get(LAYER)["ETag"])


def test_the_map_and_the_list_beside_it_show_the_same(land: Land, client: Client) -> None:
    in_bergen(land)
    html = client.get("/kaart/?kies=wijk:bergen").content.decode()
    for name in ("Banken", "Trage weg", "Speelveld", "Huisbezoek"):
        assert name in html
    assert "Huisbezoek" not in client.get("/kaart/?kies=wijk:dalen").content.decode().split('id="panel"')[1]
    listed = client.get("/gebieden/").content.decode()
    assert "Actie 2 van Dorpsplan Bergen" in listed


def test_an_action_opens_in_the_panel_of_the_map(land: Land, client: Client) -> None:
    action = in_bergen(land).actions.get(number=2)
    html = client.get(f"/kaart/?kies=acties:{action.uuid}").content.decode()
    assert ">Trage weg</h2>" in html
    assert "Dorpsplan Bergen" in html


def test_for_other_software_too(land: Land, client: Client) -> None:
    in_bergen(land)
    answer = json.loads(client.get("/ogc/collections/acties/items?f=json").content)
    assert answer["numberMatched"] == 3


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        ("trage", "Trage weg", "/plannen/dorpsplan-bergen/acties/2/"),
        ("dorpsplan", "Dorpsplan Bergen", "/plannen/dorpsplan-bergen/"),
    ],
)
def test_search_finds_plans_and_actions(land: Land, text: str, title: str, url: str) -> None:
    in_bergen(land)
    make_plan(land, "Dorpsplan in de maak", None)
    hits = search_all(text, land.municipality, AnonymousUser())
    assert (title, url) in [(hit.title, hit.url) for hit in hits]
    assert "Dorpsplan in de maak" not in [hit.title for hit in hits]


def test_search_finds_what_succeeded(land: Land) -> None:
    milestone = Milestone.objects.create(
        municipality=land.municipality, title="Zes picknicktafels", when="2026"
    )
    hits = search_all("picknicktafel", land.municipality, AnonymousUser())
    assert [hit.url for hit in hits if hit.title == "Zes picknicktafels"] == [milestone.get_absolute_url()]


def test_steps_are_in_the_calendar_as_precisely_as_they_are_known(land: Land) -> None:
    action = in_bergen(land).actions.get(number=1)
    other = act(runs(land, "Dorpsplan Dalen", "dalen"), 1, "Elders")
    Step.objects.create(action=action, title="Twee banken", when="2030-03-14")
    Step.objects.create(action=action, title="Drie bomen", when="2030-21")
    Step.objects.create(action=action, title="Ooit", when="2030")
    Step.objects.create(action=action, title="Vanaf dan", when="2030-03/")
    Step.objects.create(action=action, title="Gedaan", when="2030-03-15", done_on=TODAY)
    Step.objects.create(action=other, title="Elders", when="2030-03-14")
    first, last = dt.date(2030, 3, 1), dt.date(2030, 6, 30)
    entries = entries_between(land.municipality, AnonymousUser(), first=first, last=last, area=land["bergen"])
    assert [(one.title, one.start, one.end) for one in entries] == [
        ("Drie bomen", dt.date(2030, 3, 1), dt.date(2030, 5, 31)),
        ("Twee banken", dt.date(2030, 3, 14), dt.date(2030, 3, 14)),
    ]
    assert entries[0].detail == "voorjaar 2030, Banken, Openbare ruimte"


def test_news_and_milestones_are_news_of_the_area(land: Land, client: Client) -> None:
    action = in_bergen(land).actions.get(number=1)
    News.objects.create(action=action, title="Vier banken staan er", on=TODAY)
    News.objects.create(action=action, kind="unchanged", text="Niets nieuws.", on=TODAY)
    milestone = Milestone.objects.create(
        municipality=land.municipality, title="Feest op het plein", when=TODAY.isoformat()
    )
    milestone.areas.add(land["bergen"])
    titles = [one.title for one in latest(land.municipality, AnonymousUser(), area=land["bergen"], limit=9)]
    assert {"Vier banken staan er", "Feest op het plein"} <= set(titles)
    assert latest(land.municipality, AnonymousUser(), area=land["dalen"]) == []
    assert "Feest op het plein" in client.get("/gebieden/bergen/nieuws.rss").content.decode()


def test_an_area_says_how_many_actions_go_on_there(land: Land) -> None:
    plan = in_bergen(land)
    plan.areas.add(land["midden"])
    own = act(plan, 5, "Alleen Bergen")
    own.areas.set([land["bergen"]])
    words = {
        slug: [fact.figure for fact in facts_of(land[slug], AnonymousUser()) if "acti" in fact.words]
        for slug in ("bergen", "midden", "dalen")
    }
    assert words == {"bergen": ["4"], "midden": ["3"], "dalen": []}


def test_what_plans_hang_on_an_area_moves_with_it(land: Land) -> None:
    plan = in_bergen(land)
    plan.actions.get(number=4).areas.add(land["bergen"])
    Milestone.objects.create(municipality=land.municipality, title="Af", when="2026").areas.add(
        land["bergen"]
    )
    AreaOrganisation.objects.create(area=land["bergen"], from_on=TODAY, model="coordination")
    found = {
        one.source.name: one
        for one in found_on("areas.area", land["bergen"].pk)
        if one.source.name.startswith("plans.")
    }
    assert {name: one.hanging.number for name, one in found.items()} == {
        "plans.plans": 1, "plans.actions": 1, "plans.milestones": 1, "plans.organisation": 1,
    }  # fmt: skip
    for one in found.values():
        if one.source.move:
            assert one.source.move(keys=[land["bergen"].pk], to=land["dalen"].pk, by=OPERATOR) == 1
    assert list(plan.areas.all()) == [land["dalen"]]
    left = [one for one in found_on("areas.area", land["bergen"].pk) if one.source.name.startswith("plans.")]
    assert [one.source.name for one in left] == ["plans.organisation"]
