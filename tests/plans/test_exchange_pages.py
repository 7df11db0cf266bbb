"""Bringing in a plan on its pages, and taking one along: as a table and as linked data."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.models import Intake
from plans.models import Action, ActionParty, Amount, Goal, Plan, PlanText, PlanVersion
from tests.accounts.asking import period
from tests.conftest import Land
from tests.plans.conftest import make_plan, make_team
from tests.plans.tables import EXPORT

SignIn = Callable[[str], Client]
UPLOAD = "/plannen/inlezen/"
NEW = {
    "name": "Meerjarenplan 2026-2031",
    "kind": "multi_year",
    "first_on": "1-1-2026",
    "last_on": "31-12-2031",
}


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def file(text: str = EXPORT) -> SimpleUploadedFile:
    return SimpleUploadedFile("mjp.csv", text.encode())


def test_a_multi_year_plan_is_brought_in(as_part: SignIn, land: Land) -> None:
    steward = as_part("steward")
    answer = steward.post(UPLOAD, {"file": file(), **NEW})
    page = answer["Location"]
    html = steward.get(page).content.decode()
    assert "mjp.csv maakt een nieuw plan: Meerjarenplan 2026-2031" in html
    for words in (
        "AC000301 Het kerkplein van Bergen",
        "uitgaven 2026 gepland: €\u00a01.234.567,50",
        "beleidsveld",
    ):
        assert words in html
    assert not Plan.objects.exists()
    digest = html.split('name="digest" value="')[1].split('"')[0]
    done = steward.post(page, {"digest": digest})
    plan = Plan.objects.get()
    assert (done.status_code, done["Location"]) == (302, plan.get_absolute_url())
    assert (plan.stage, plan.actions.count(), plan.goals.count()) == ("draft", 2, 3)
    assert not Intake.objects.exists()


def test_into_a_plan_that_is_there(as_part: SignIn, public_plan: Plan) -> None:
    Action.objects.create(plan=public_plan, number=1, code="AC000301", name="Kerkplein")
    Action.objects.create(plan=public_plan, number=2, code="AC9", name="Blijft staan")
    steward = as_part("steward")
    assert "selected\n>Plan om te lezen" in steward.get(f"{UPLOAD}?plan={public_plan.slug}").content.decode()
    page = steward.post(
        UPLOAD, {"file": file(f"{EXPORT}AC;AC000999;;;;;;;tien;;\n"), "plan": public_plan.slug}
    )["Location"]
    html = steward.get(page).content.decode()
    assert "mjp.csv gaat in Plan om te lezen" in html
    assert "<del>Kerkplein</del> → <ins>Het kerkplein van Bergen</ins>" in html
    assert "Blijft staan" in html
    assert "geen bedrag. Schrijf het als 1.234,50" in html
    # Somebody else changes it while the page is read: nothing is written, and the page says what it would do now.
    digest = html.split('name="digest" value="')[1].split('"')[0]
    Action.objects.filter(code="AC000301").update(name="Het plein")
    again = steward.post(page, {"digest": digest})
    assert again.status_code == 409
    html = again.content.decode()
    assert "<del>Het plein</del>" in html
    assert public_plan.actions.count() == 2
    steward.post(page, {"digest": html.split('name="digest" value="')[1].split('"')[0]})
    assert public_plan.actions.count() == 3


def test_a_plan_that_people_read_takes_no_table_while_somebody_is_asked_first(
    as_part: SignIn, land: Land, public_plan: Plan
) -> None:
    period(land)
    steward = as_part("steward")
    page = steward.post(UPLOAD, {"file": file(), "plan": public_plan.slug})["Location"]
    digest = steward.get(page).content.decode().split('name="digest" value="')[1].split('"')[0]
    answer = steward.post(page, {"digest": digest})
    assert answer.status_code == 422
    assert "Budgetstop" in answer.content.decode()
    assert not public_plan.actions.exists()
    assert Intake.objects.exists()  # the table is still there, for afterwards


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({**NEW, "name": ""}, "name"), ({**NEW, "first_on": ""}, "first_on"), ({**NEW, "last_on": "1-1-2025"}, "last_on"),
        ({"plan": "plan-van-elders"}, "plan"), ({**NEW, "file": "a;b\n1;2\n"}, "file"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(
    as_part: SignIn, land: Land, sent: dict[str, Any], field: str
) -> None:
    answer = as_part("steward").post(UPLOAD, {**sent, "file": file(sent.get("file", EXPORT))})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Intake.objects.exists()


def test_a_plan_that_went_meanwhile(as_part: SignIn, plan: Plan) -> None:
    steward = as_part("steward")
    page = steward.post(UPLOAD, {"file": file(), "plan": plan.slug})["Location"]
    plan.delete()
    answer = steward.get(page)
    assert answer.status_code == 200
    assert "is er niet meer" in answer.content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_plan_is_taken_along(
    client: Client, as_part: SignIn, public_plan: Plan, plan: Plan, extension: str
) -> None:
    Action.objects.create(plan=public_plan, number=1, name="=Banken")
    answer = client.get(f"/plannen/{public_plan.slug}/tabel.{extension}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="plan-{public_plan.slug}.{extension}"'
    if extension == "csv":
        assert "'=Banken" in answer.getvalue().decode()
    for path in (f"/plannen/{plan.slug}/tabel.{extension}", f"/plannen/{plan.slug}/plan.jsonld"):
        assert client.get(path).status_code == 404
        assert as_part("alderman").get(path).status_code == 200


def test_a_plan_as_linked_data(client: Client, public_plan: Plan, land: Land) -> None:
    PlanText.objects.create(plan=public_plan, heading="Waarom", body="Daarom.")
    PlanVersion.objects.create(
        plan=public_plan, number=1, body="council", decided_on=dt.date(2026, 1, 5), decision_number="GR/1", content={}, digest="x"
    )  # fmt: skip
    top = Goal.objects.create(plan=public_plan, level="bd", code="BD1", name="Dorpen", external_code="VL-1")
    under = Goal.objects.create(plan=public_plan, parent=top, level="ap", code="AP1", name="Pleinen")
    action = Action.objects.create(
        plan=public_plan, goal=under, number=1, code="AC1", name="Banken", text="Zes.", passed_by=["municipality", "ocmw"],
        when="2027-21", geometry=Point(4.72, 51.45, srid=4326), team=make_team(land), evaluation="Goed.",
    )  # fmt: skip
    other = Action.objects.create(plan=make_plan(land, "Ander", stage="adopted"), number=3, name="Linden")
    action.needs.add(other)
    Amount.objects.create(action=action, year=2026, planned="12.50")
    ActionParty.objects.create(action=action, name="Dorpsraad", role="primary")
    answer = client.get(f"/plannen/{public_plan.slug}/plan.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = json.loads(answer.content)
    assert said["@context"]["eli"] == "http://data.europa.eu/eli/ontology#"
    assert (said["@type"], said["@id"]) == ("eli:ComplexWork", "http://testserver/plannen/plan-om-te-lezen/")
    assert said["schema:hasPart"] == [{"dct:title": "Waarom", "schema:text": "Daarom."}]
    assert said["eli:passed_by"][0]["dct:identifier"] == "GR/1"
    (goal,) = said["eli:has_member"]
    assert (goal["@type"], goal["schema:code"], goal["schema:reportNumber"]) == (
        "eli:ComplexWork",
        "BD1",
        "VL-1",
    )
    (work,) = goal["eli:has_member"][0]["eli:has_member"]
    assert (work["@type"], work["schema:code"], work["dct:title"]) == ("eli:Work", "AC1", "Banken")
    assert work["@id"] == "http://testserver/plannen/plan-om-te-lezen/acties/1/"
    assert work["eli:passed_by"] == ["gemeente", "OCMW"]
    assert (work["dct:date"], work["schema:review"], work["schema:maintainer"]) == (
        "2027-21",
        "Goed.",
        "Openbare ruimte",
    )
    assert work["schema:amount"][0]["gp:planned"] == "12.50"
    assert work["gp:geometry"]["coordinates"] == [4.72, 51.45]
    assert work["dct:requires"] == ["http://testserver/plannen/ander/acties/3/"]
    assert work["schema:contributor"][0]["schema:name"] == "Dorpsraad"
