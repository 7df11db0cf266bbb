"""Plans, goals and actions over the API; assignments and milestones to read."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from accounts.models import User
from plans.models import Action, Amount, Assignment, Goal, Milestone, Plan, PlanText
from tests.conftest import CAST, Land
from tests.plans.conftest import make_plan, make_team, works_on_one_plan

SignIn = Callable[[str], Client]
API, JSON = "/api/v1", "application/json"
WRITES = {"worker_here", "steward", "administrator"}  # in a plan of Bergen in the making
SQUARE = {"type": "Polygon", "coordinates": [[[4.72, 51.44], [4.73, 51.44], [4.73, 51.45], [4.72, 51.44]]]}


def got(client: Client, path: str, **asked: str) -> Any:
    answer = client.get(f"{API}/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(client: Client, path: str, **asked: str) -> list[str]:
    found = got(client, path, **asked)
    rows = [one["properties"] for one in found["features"]] if "features" in found else found["results"]
    return [row.get("name") or row["title"] for row in rows]


@pytest.fixture
def public(land: Land) -> Plan:
    plan = make_plan(land, "Openbaar plan", stage="adopted", kind="multi_year", summary="Samen")
    PlanText.objects.create(plan=plan, heading="Waarom", body="Daarom.")
    goal = Goal.objects.create(plan=plan, level="bd", code="BD1", name="Dorpen", passed_by=["ocmw"])
    action = Action.objects.create(
        plan=plan, goal=goal, number=1, code="AC1", name="Banken", when="2027-21", phase="doing",
        geometry=Point(4.72, 51.45, srid=4326), team=make_team(land),
    )  # fmt: skip
    Amount.objects.create(action=action, year=2026, planned="1234.50")
    Action.objects.create(plan=plan, number=2, name="Linden")
    return plan


# ---- reading


def test_what_is_public_is_read_by_everybody(
    client: Client, as_part: SignIn, public: Plan, plan: Plan
) -> None:
    assert names(client, "plannen/") == ["Openbaar plan"]
    assert names(as_part("alderman"), "plannen/") == ["Dorpsplan Bergen", "Openbaar plan"]
    assert client.get(f"{API}/plannen/{plan.uuid}/").status_code == 404
    one = got(client, f"plannen/{public.uuid}/")
    assert (one["slug"], one["kind"], one["stage"], one["summary"]) == (
        "openbaar-plan",
        "multi_year",
        "adopted",
        "Samen",
    )
    assert ([area["slug"] for area in one["areas"]], one["texts"][0]["heading"]) == (["bergen"], "Waarom")
    assert one["url"] == "http://testserver/plannen/openbaar-plan/"
    for number, row in enumerate((plan, public)):
        Action.objects.create(plan=row, number=9, name=f"Actie {number}")
        Goal.objects.create(plan=row, name=f"Doel {number}")
    assert names(client, "acties/") == ["Banken", "Linden", "Actie 1"]
    assert names(client, "doelen/") == ["Dorpen", "Doel 1"]
    assert client.get(f"{API}/acties/{plan.actions.get().uuid}/").status_code == 404
    assert client.get(f"{API}/doelen/{plan.goals.get().uuid}/").status_code == 404


def test_an_action_is_a_feature(client: Client, public: Plan) -> None:
    first, second = got(client, "acties/")["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [4.72, 51.45]}
    said = first["properties"]
    assert (said["plan"], said["goal"], said["team"]) == (
        "openbaar-plan",
        str(public.goals.get().uuid),
        "openbare-ruimte",
    )
    assert (said["when"], said["phase"], said["number"]) == ("2027-21", "doing", 1)
    assert said["amounts"] == [{"year": 2026, "kind": "expenditure", "planned": "1234.50", "spent": None}]
    assert said["url"] == "http://testserver/plannen/openbaar-plan/acties/1/"
    assert second["geometry"] is None
    assert got(client, f"acties/{first['id']}/")["properties"]["name"] == "Banken"


@pytest.mark.parametrize(
    ("path", "asked", "found"),
    [
        ("plannen/", {"gebied": "bergen"}, ["Openbaar plan"]), ("plannen/", {"gebied": "dalen"}, []),
        ("plannen/", {"soort": "village"}, []), ("doelen/", {"plan": "openbaar-plan"}, ["Dorpen"]), ("doelen/", {"plan": "x"}, []),
        ("acties/", {"plan": "openbaar-plan"}, ["Banken", "Linden"]), ("acties/", {"fase": "doing"}, ["Banken"]),
        ("acties/", {"gebied": "bergen"}, ["Banken", "Linden"]), ("acties/", {"gebied": "dalen"}, []),
        ("acties/", {"bbox": "4.71,51.44,4.73,51.46"}, ["Banken"]),
    ],
)  # fmt: skip
def test_filters(client: Client, public: Plan, path: str, asked: dict[str, str], found: list[str]) -> None:
    assert names(client, path, **asked) == found


@pytest.mark.parametrize("path", ["plannen/", "acties/", "opdrachten/", "mijlpalen/"])
def test_an_area_that_is_not_there_is_told(client: Client, public: Plan, path: str) -> None:
    assert client.get(f"{API}/{path}", {"gebied": "nergens"}).status_code == 400


def test_the_number_of_queries_is_fixed(
    client: Client, public: Plan, django_assert_max_num_queries: Any
) -> None:
    goal = public.goals.get()
    for number in range(10, 60):
        action = Action.objects.create(
            plan=public, goal=goal, number=number, name=f"Actie {number}", carries_out=None
        )
        action.needs.add(public.actions.get(number=1), through_defaults={})
        Amount.objects.create(action=action, year=2026)
    for path in ("plannen/", "doelen/", "acties/?page_size=100"):
        with django_assert_max_num_queries(12):
            client.get(f"{API}/{path}")


def test_assignments_are_for_staff(client: Client, as_part: SignIn, public: Plan, land: Land) -> None:
    assignment = Assignment.objects.create(
        municipality=land.municipality, action=public.actions.get(number=1), name="Banken zetten", result="Zes.", effect="Zitten.",
        commissioner=make_team(land, "Dorpen"), contractor=make_team(land, "Groen"), when="2027",
    )  # fmt: skip
    assert names(client, "opdrachten/") == []
    assert client.get(f"{API}/opdrachten/{assignment.uuid}/").status_code == 404
    one = got(as_part("alderman"), f"opdrachten/{assignment.uuid}/")
    assert one["url"] == f"http://testserver/plannen/opdrachten/{assignment.uuid}/"
    assert (one["commissioner"], one["contractor"], one["when"], one["state"]) == (
        "dorpen",
        "groen",
        "2027",
        "draft",
    )


def test_milestones(client: Client, as_part: SignIn, public: Plan, plan: Plan, land: Land) -> None:
    for one, title in ((public, "De eerste bank"), (plan, "Nog geheim")):
        Milestone.objects.create(
            municipality=land.municipality, plan=one, title=title, when="2026-05"
        ).areas.add(land["bergen"])
    assert names(client, "mijlpalen/", gebied="bergen") == ["De eerste bank"]
    assert names(client, "mijlpalen/", gebied="dalen") == []
    assert got(client, "mijlpalen/")["results"][0]["when"] == "2026-05"
    assert len(names(as_part("alderman"), "mijlpalen/")) == 2


# ---- writing


@pytest.mark.parametrize("part", CAST)
def test_who_may_write(
    as_part: SignIn, plan: Plan, goal: Goal, action: Action, public: Plan, part: str
) -> None:
    client = as_part(part)
    expected = {True: (200, 201), False: (403, 404, 400)}[part in WRITES]
    for path, row in (("plannen", plan), ("doelen", goal), ("acties", action)):
        url = f"{API}/{path}/{row.uuid}/"
        assert (
            client.patch(url, {"name": "Anders", "version": row.version}, content_type=JSON).status_code
            in expected
        )
        assert client.delete(url).status_code in (403, 405)
    for path in ("doelen", "acties"):
        sent = {"plan": plan.slug, "name": "Nieuw"}
        assert client.post(f"{API}/{path}/", sent, content_type=JSON).status_code in expected
    assert Action.objects.filter(name="Nieuw").exists() is (part in WRITES)
    sent = {"version": public.version, "name": "Anders"}
    changed = client.patch(f"{API}/plannen/{public.uuid}/", sent, content_type=JSON)
    assert changed.status_code == (200 if part in {"steward", "administrator"} else 403)


def test_a_plan_is_begun_and_changed(as_part: SignIn, land: Land) -> None:
    worker, team = as_part("worker_here"), make_team(land)
    new = {
        "kind": "village",
        "name": "Dorpsplan",
        "first_on": "2026-01-01",
        "areas": ["bergen"],
        "owner_team": team.slug,
    }
    made = worker.post(f"{API}/plannen/", new, content_type=JSON)
    assert made.status_code == 201, made.content
    one = made.json()
    assert (one["stage"], one["owner_team"], one["areas"][0]["slug"]) == ("draft", team.slug, "bergen")
    url = f"{API}/plannen/{one['uuid']}/"
    sent = {"summary": "Samen", "last_on": "2030-12-31"}
    assert worker.patch(url, sent, content_type=JSON).status_code == 400  # which version was seen?
    changed = worker.patch(url, sent, content_type=JSON, headers={"If-Match": made["ETag"]})
    assert (changed.status_code, changed.json()["summary"]) == (200, "Samen")
    assert worker.patch(url, sent, content_type=JSON, headers={"If-Match": made["ETag"]}).status_code == 412
    assert worker.patch(url, {**sent, "version": one["version"]}, content_type=JSON).status_code == 409
    assert worker.get(url, headers={"If-None-Match": changed["ETag"]}).status_code == 304


def test_goals_and_actions_are_written(as_part: SignIn, plan: Plan, land: Land) -> None:
    worker, team = as_part("worker_here"), make_team(land)
    goals = [
        worker.post(
            f"{API}/doelen/", {"plan": plan.slug, "name": name, "code": name}, content_type=JSON
        ).json()
        for name in ("A", "B")
    ]
    moved = worker.patch(
        f"{API}/doelen/{goals[1]['uuid']}/",
        {
            "parent": goals[0]["uuid"],
            "version": goals[1]["version"],
            "level": "ap",
            "passed_by": ["municipality"],
        },
        content_type=JSON,
    )
    assert (moved.status_code, moved.json()["parent"]) == (200, goals[0]["uuid"])
    new = {
        "plan": plan.slug, "goal": goals[1]["uuid"], "name": "Banken", "when": "voorjaar 2027", "team": team.slug,
        "areas": ["bergen"],
        "geometry": SQUARE, "parties": [{"name": "Dorpsraad", "role": "primary"}],
        "amounts": [{"year": 2026, "kind": "expenditure", "planned": "10.50"}],
    }  # fmt: skip
    made = worker.post(f"{API}/acties/", new, content_type=JSON)
    assert made.status_code == 201, made.content
    said = made.json()["properties"]
    assert (said["number"], said["when"], said["parties"][0]["name"]) == (1, "2027-21", "Dorpsraad")
    assert made.json()["geometry"] == SQUARE
    other = worker.post(f"{API}/acties/", {"plan": plan.slug, "name": "Linden"}, content_type=JSON).json()
    url = f"{API}/acties/{made.json()['id']}/"
    sent = {
        "needs": [other["id"]],
        "goal": None,
        "geometry": None,
        "amounts": [],
        "when": "",
        "version": said["version"],
    }
    changed = worker.patch(url, sent, content_type=JSON)
    assert changed.status_code == 200, changed.content
    now = changed.json()["properties"]
    assert (now["needs"], now["goal"], now["amounts"], now["when"]) == ([other["id"]], None, [], None)
    assert (now["team"], changed.json()["geometry"]) == (team.slug, None)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"when": "ooit"}, "when"), ({"when": "2040"}, "when"), ({"goal": "00000000-0000-0000-0000-000000000000"}, "goal"),
        ({"team": "niemand"}, "team"), ({"areas": ["nergens"]}, "areas"), ({"areas": ["dalen"]}, "areas"),
        ({"geometry": {"type": "Point", "coordinates": [4.72, 51.40]}}, "geometry"), ({"geometry": {"type": "Point"}}, "geometry"),
        ({"needs": ["00000000-0000-0000-0000-000000000000"]}, "needs"),
        ({"amounts": [{"year": 2026, "planned": "tien"}]}, "amounts"),
        ({"parties": [{"name": str(number), "role": "primary"} for number in range(201)]}, "parties"),
        ({"amounts": [{"year": 1800}]}, "amounts"), ({"phase": "done"}, "phase"), ({"number": 7}, "number"), ({"name": ""}, "name"),
        ({"plan": "openbaar-plan"}, "plan"), ({"passed_by": ["provincie"]}, "passed_by"), ({"weight": 1001}, "weight"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_field(
    as_part: SignIn, action: Action, public: Plan, sent: dict[str, Any], field: str
) -> None:
    answer = as_part("steward").patch(
        f"{API}/acties/{action.uuid}/", {**sent, "version": action.version}, content_type=JSON
    )
    assert (answer.status_code, list(answer.json())) == (400, [field]), answer.content
    assert Action.objects.get(pk=action.pk).version == action.version


def test_what_a_person_may_not_read_is_as_what_is_not_there(
    as_part: SignIn, cast: dict[str, User], plan: Plan, land: Land
) -> None:
    works_on_one_plan(plan, cast["resident"])
    action = plan.actions.create(number=1, name="Banken")
    secret = make_plan(land, "Verborgen").actions.create(number=1, name="Stil")
    url, editor = f"{API}/acties/{action.uuid}/", as_part("resident")
    answers = [
        editor.patch(url, {"needs": [str(key)], "version": action.version}, content_type=JSON)
        for key in (secret.uuid, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json() == answers[1].json() == {"needs": ["Deze actie is er niet."]}


@pytest.mark.parametrize("sent", [{}, {"plan": "geen"}, {"plan": 7}, [], {"plan": ""}])
def test_something_new_says_its_plan(as_part: SignIn, plan: Plan, sent: Any) -> None:
    for path in ("doelen", "acties"):
        assert as_part("steward").post(f"{API}/{path}/", sent, content_type=JSON).status_code == 400
