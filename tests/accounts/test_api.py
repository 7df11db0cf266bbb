"""Who is competent, over the API: what counts today, without a name before elections."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Competence, MandateHolder, PolicyField
from areas.models import CalendarPeriod
from tests.conftest import Land

DAY = dt.timedelta(days=1)


def got(client: Client, path: str = "") -> Any:
    answer = client.get(f"/api/v1/bevoegdheden/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def make(land: Land, name: str, **fields: Any) -> Competence:
    who = {key: fields.pop(key) for key in ("title", "is_college") if key in fields}
    holder = MandateHolder.objects.create(municipality=land.municipality, name=name, **who)
    values = {"valid_from": dt.date(2025, 1, 1), **fields}
    return Competence.objects.create(municipality=land.municipality, holder=holder, **values)


def test_everybody_reads_what_counts_today(land: Land, client: Client) -> None:
    today = timezone.localdate()
    field = PolicyField.objects.create(municipality=land.municipality, slug="mobiliteit", name="Mobiliteit")
    make(land, "Oud", field=field, area=land["bergen"], valid_until=today - DAY)
    make(land, "Straks", field=field, area=land["bergen"], valid_from=today + DAY)
    now = make(
        land, "Ann", title="schepen", field=field, area=land["bergen"], valid_from=today, valid_until=today
    )
    make(land, "Het college", is_college=True)
    told = {one["holder"]: one for one in got(client)["results"]}
    assert set(told) == {"schepen Ann", "Het college"}
    ann = told["schepen Ann"]
    assert (ann["field"]["slug"], ann["area"]["slug"]) == ("mobiliteit", land["bergen"].slug)
    assert (ann["valid_from"], ann["valid_until"]) == (today.isoformat(), today.isoformat())
    assert told["Het college"]["field"] is told["Het college"]["area"] is None
    assert got(client, f"{now.uuid}/") == ann
    assert client.delete(f"/api/v1/bevoegdheden/{now.uuid}/").status_code in (403, 405)


def test_before_elections_the_function_stands_there_alone(land: Land, client: Client) -> None:
    today = timezone.localdate()
    one = make(land, "Ann", title="schepen", area=land["bergen"])
    make(land, "Het college", is_college=True)
    CalendarPeriod.objects.create(
        municipality=land.municipality, kind="before_elections", name="Sperperiode", first=today, last=today
    )
    told = {one["holder"]: one["is_held_back"] for one in got(client)["results"]}
    assert told == {"schepen": True, "Het college": False}
    assert b"Ann" not in client.get(f"/api/v1/bevoegdheden/{one.uuid}/").content
