"""Councils outside their own pages: on the page of an area, the map, in the search, over the API, under "Voor jou"."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.handover import open_work
from councils.actions.moving import let_go_of_councils, move_councils
from councils.models import Council, Meeting, Person
from councils.search.councils import councils as searched
from councils.waiting.composition import to_look_after
from tests.conftest import OPERATOR, Land
from tests.councils.made import make_council, make_member
from workplaces.models import WorkLocation


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad", name="Dorpsraad Bergen")
    for gender in "ffffff":
        make_member(council, gender=gender)
    make_member(council, mandate="observer")
    return council


def test_the_page_of_an_area_names_its_council_and_the_free_places(client: Client, council: Council) -> None:
    make_council(council.municipality, name="Sportraad")
    page = client.get("/gebieden/bergen/").content.decode()
    assert "Dorpsraad Bergen" in page
    assert "6 plaatsen zijn vrij" in page
    assert "Sportraad" in client.get("/gebieden/dalen/").content.decode()
    assert "Dorpsraad Bergen" not in client.get("/gebieden/dalen/").content.decode()


def test_the_search_finds_councils_and_no_members(council: Council, cast: dict[str, User]) -> None:
    user = cast["steward"]
    name = Person.objects.order_by("pk")[0].name
    asked: dict[str, Any] = {"municipality": council.municipality, "user": user, "limit": 5}
    assert [hit.title for hit in searched(text="dorpsraad", **asked)] == ["Dorpsraad Bergen"]
    assert not searched(text=name, **asked)


def test_a_council_stands_on_the_map_where_it_meets(client: Client, council: Council) -> None:
    def features() -> list[Any]:
        cache.clear()  # what a map remembers for a moment
        found: list[Any] = json.loads(client.get("/kaartlagen/raden.geojson").content)["features"]
        return found

    middle = features()[0]
    assert middle["properties"]["approximate"] is True
    room = WorkLocation.objects.create(
        municipality=council.municipality,
        slug="zaal",
        name="Zaal",
        precision="address",
        point=Point(4.71, 51.44, srid=4326),
    )
    Meeting.objects.create(council=council, location=room, number=1, starts_at=timezone.now())
    there = features()[0]
    assert (there["geometry"]["coordinates"], there["properties"]["approximate"]) == ([4.71, 51.44], False)


def test_the_api_tells_who_sits_there_on_a_day_and_nothing_of_gender(
    client: Client, council: Council
) -> None:
    member = council.memberships.first()
    assert member is not None
    member.last_on = dt.date(2026, 1, 31)
    member.save()
    url = f"/api/v1/raden/{council.uuid}/"
    now, then = (client.get(url, {"op": day}).json() for day in ("2026-02-01", "2026-01-31"))
    assert (len(then["members"]), len(now["members"])) == (7, 6)
    assert (then["places"], now["composition"]["voters"]) == ({"with_vote": 12, "taken": 6}, 5)
    assert now["composition"]["verdict"] == "not_met"
    text = json.dumps(now)
    for word in ('gender"', "vrouwen", '"f"', "email@"):
        assert word not in text.replace('"rule": "gender"', "")
    assert client.get(url, {"op": "gisteren"}).status_code == 400
    assert client.get("/api/v1/raden/", {"gebied": "dalen"}).json()["count"] == 0


def test_who_keeps_a_council_hears_before_a_mandate_ends_or_a_rule_breaks(
    council: Council, cast: dict[str, User]
) -> None:
    today = timezone.localdate()
    council.memberships.filter(seat__mandate="member").update(last_on=today + dt.timedelta(days=40))
    entries = list(to_look_after(user=cast["secretary"], municipality=council.municipality, today=today))
    assert [entry.due for entry in entries] == [
        None,
        today + dt.timedelta(days=40),
    ]  # all women: it is broken already
    assert "6 mandaten" in entries[1].detail
    for part in ("worker_elsewhere", "resident", "council_member"):
        assert not list(to_look_after(user=cast[part], municipality=council.municipality, today=today))


def test_councils_move_with_their_area(council: Council, land: Land) -> None:
    assert move_councils(keys=[land["bergen"].pk], to=land["dalen"].pk, by=OPERATOR) == 1
    assert [area.slug for area in council.areas.all()] == ["dalen"]


def test_a_colleague_who_leaves_keeps_no_council_and_keeps_the_seat(
    council: Council, cast: dict[str, User]
) -> None:
    user = cast["worker_here"]
    member = make_member(council, user=user, office="secretary")
    assert "Dorpsraad Bergen" in [held.words for work in open_work(user) for held in work.held]
    let_go_of_councils(user=user, municipality=council.municipality, to=None, by=cast["administrator"])
    assert not open_work(user) or "Dorpsraad Bergen" not in [
        held.words for work in open_work(user) for held in work.held
    ]
    member.refresh_from_db()
    assert member.last_on is None


def test_what_the_office_hears_of_a_composition_hangs_on_no_gender(
    council: Council, cast: dict[str, User]
) -> None:
    """Four alike are too many of one gender, but in so small a council only the secretary hears that; the rest everybody does."""
    today = timezone.localdate()
    for one in council.memberships.filter(seat__mandate="member")[:2]:
        one.delete()
    last = today + dt.timedelta(days=40)
    council.seats.filter(mandate="member").update(last_on=last)
    told: list[list[Any]] = []
    for gender in ("f", ""):
        Person.objects.update(gender=gender)
        asked: dict[str, Any] = {"municipality": council.municipality, "today": today}
        told.append(list(to_look_after(user=cast["steward"], **asked)))
    assert told[0] == told[1]
    assert [entry.due for entry in told[0]] == [last]
