"""What is told of the plans that others stand in."""

import datetime as dt

import pytest
from django.test import Client

from plans.models import Action, Assignment, Dependency, Plan
from tests.conftest import Land
from tests.plans.conftest import make_plan, make_team


@pytest.fixture
def named(land: Land, public_plan: Plan) -> list[str]:
    """What a public plan and an assignment name of a plan in the making: the words by which it would be told."""
    hidden = make_plan(land, "Geheim plan", kind="multi_year")
    secret = Action.objects.create(plan=hidden, number=1, name="Geheime actie", code="GEHEIM")
    told = Action.objects.create(
        plan=public_plan, number=1, name="Banken", carries_out=secret, leads_to=secret, leads_how="merged"
    )
    Dependency.objects.create(action=told, needs=secret)
    Plan.objects.filter(pk=public_plan.pk).update(leads_to=hidden, leads_how="merged")
    today = dt.date(2026, 1, 5)
    Assignment.objects.create(
        municipality=land.municipality, action=secret, name="Zes banken", commissioner=make_team(land),
        contractor=make_team(land, "Groen"), result="Banken", effect="Rust", state="running",
        commissioner_agreed_on=today, contractor_agreed_on=today,
    )  # fmt: skip
    return ["geheim", str(secret.uuid), str(hidden.uuid)]


@pytest.mark.parametrize(
    "url",
    [
        "/plannen/plan-om-te-lezen/",
        "/plannen/plan-om-te-lezen/acties/1/",
        "/plannen/plan-om-te-lezen/tabel.csv",
        "/plannen/plan-om-te-lezen/plan.jsonld",
        "/api/v1/plannen/",
        "/api/v1/acties/",
        "/api/v1/opdrachten/",
    ],
)
def test_nothing_is_told_of_a_plan_in_the_making(client: Client, named: list[str], url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    text = b"".join(response).decode().lower()
    assert [word for word in named if word in text] == []
