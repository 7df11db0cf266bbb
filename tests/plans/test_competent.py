"""Plans name a field of policy: who is competent stands on their pages, and what they ask goes to whoever that is today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Competence, MandateHolder, PolicyField, User
from areas.models import CalendarPeriod
from core.dates import When
from plans.models import Action, Plan
from plans.waiting import plans_of_mandate
from tests.conftest import Land
from tests.plans.conftest import make_plan

AsPart = Callable[[str], Client]
DAY = dt.timedelta(days=1)


@pytest.fixture
def field(land: Land) -> PolicyField:
    """The field that the plans name."""
    return PolicyField.objects.create(municipality=land.municipality, slug="mobiliteit", name="Mobiliteit")


@pytest.fixture
def followed(land: Land, field: PolicyField) -> Plan:
    """An adopted plan of Bergen with one action that is late."""
    plan = make_plan(land, stage="adopted", policy_field=field)
    Action.objects.create(plan=plan, number=1, name="Banken", phase="doing", when=When("2026-02"))
    return plan


def competent(land: Land, field: PolicyField | None, name: str, **more: Any) -> Competence:
    """Somebody who is competent, perhaps with an account (`user`), in an area (`area`), for a period."""
    who = {name: more.pop(name) for name in ("user", "is_college") if name in more}
    holder = MandateHolder.objects.create(municipality=land.municipality, name=name, **who)
    values = {"valid_from": dt.date(2025, 1, 1), **more}
    return Competence.objects.create(municipality=land.municipality, holder=holder, field=field, **values)


def asked(user: User, land: Land, today: dt.date | None = None) -> list[str]:
    """What waits for a person as a mandate holder."""
    found = plans_of_mandate(user=user, municipality=land.municipality, today=today or timezone.localdate())
    return [f"{one.title} | {one.detail}" for one in found]


def test_after_a_change_of_mandate_the_successor_is_asked(
    land: Land, cast: dict[str, User], field: PolicyField, followed: Plan
) -> None:
    today = timezone.localdate()
    competent(land, field, "Ann", user=cast["alderman"], valid_until=today)
    competent(land, field, "Bea", user=cast["secretary"], valid_from=today + DAY)
    said = ["Kijk hoe het staat: Dorpsplan Bergen | 1 actie slaapt of is in gevaar."]
    assert (asked(cast["alderman"], land, today), asked(cast["secretary"], land, today)) == (said, [])
    later = today + DAY
    assert (asked(cast["alderman"], land, later), asked(cast["secretary"], land, later)) == ([], said)


def test_only_what_lies_in_the_own_field_and_area_and_asks_for_something(
    land: Land, cast: dict[str, User], field: PolicyField, followed: Plan
) -> None:
    by = cast["alderman"]
    other = PolicyField.objects.create(municipality=land.municipality, slug="cultuur", name="Cultuur")
    make_plan(land, "Plan van cultuur", stage="proposed", policy_field=other)
    make_plan(land, "Ontwerp", policy_field=field)
    make_plan(land, "Gaat goed", stage="adopted", policy_field=field)
    make_plan(land, "Zonder veld", stage="proposed")
    assert asked(by, land) == []
    mine = competent(land, field, "Ann", user=by, area=land["dalen"])
    assert asked(by, land) == [], "another area"
    Competence.objects.filter(pk=mine.pk).update(area=land["noord-deelgemeente"])
    assert [one.partition(" |")[0] for one in asked(by, land)] == ["Kijk hoe het staat: Dorpsplan Bergen"]
    make_plan(land, "Voorontwerp", stage="proposed", policy_field=field)
    assert any(one.startswith("Laat erover beslissen: Voorontwerp") for one in asked(by, land))
    competent(land, field, "Bea", area=land["bergen"])
    assert asked(by, land) == [], "somebody else is nearer"


def test_who_is_competent_without_a_role_is_not_asked(
    land: Land, cast: dict[str, User], field: PolicyField, followed: Plan
) -> None:
    competent(land, field, "Ann", user=cast["resident"])
    assert asked(cast["resident"], land) == []


def test_it_stands_under_for_you(
    land: Land, cast: dict[str, User], field: PolicyField, followed: Plan, as_part: AsPart
) -> None:
    competent(land, field, "Ann", user=cast["alderman"])
    assert "Kijk hoe het staat: Dorpsplan Bergen" in as_part("alderman").get("/mijn/").content.decode()


@pytest.mark.parametrize("path", ["/plannen/dorpsplan-bergen/", "/plannen/dorpsplan-bergen/acties/1/"])
def test_the_pages_say_who_is_competent_and_before_elections_the_function(
    land: Land, field: PolicyField, followed: Plan, client: Client, path: str
) -> None:
    assert "nog niemand" in client.get(path).content.decode()
    competent(land, None, "Het college van burgemeester en schepenen", is_college=True)
    assert "Het college van burgemeester en schepenen" in client.get(path).content.decode()
    competent(land, field, "Ann Peeters", area=land["bergen"])
    assert "Ann Peeters" in client.get(path).content.decode()
    today = timezone.localdate()
    CalendarPeriod.objects.create(
        municipality=land.municipality, kind="before_elections", name="Sperperiode", first=today, last=today
    )
    told = client.get(path).content.decode()
    assert "Ann Peeters" not in told
    assert "de bevoegde mandataris" in told
    Plan.objects.update(policy_field=None)
    assert "Bevoegd" not in client.get(path).content.decode().partition("<main")[2].partition("</main")[0]
