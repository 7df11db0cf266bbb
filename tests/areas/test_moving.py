"""What hangs on an area that is gone goes to another one: by whom it may, once it was looked at, with its history."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.actions import invite
from accounts.models import Invitation, RoleAssignment, User
from areas.actions.moving import move_hanging
from areas.models import Area, AreaSuccession, IndicatorValue
from core.hanging import found_on, hanging_on
from core.models import Intake
from core.verbs import Operator, Refused
from tests.areas.figures.conftest import make_indicator
from tests.conftest import Land
from tests.intakes import kept_file
from workplaces.models import Team, TeamArea

BY = Operator("tests")
EVERYTHING = ("accounts.roles", "accounts.invitations", "workplaces.teams", "areas.figures")


@pytest.fixture
def gone(land: Land, cast: dict[str, User]) -> Area:
    """Bergen is no more; Midden came in its place. Three roles, one to come, an invitation, a team and a figure hang on it."""
    bergen = land["bergen"]
    RoleAssignment.objects.create(
        user=cast["resident"], role="moderator", municipality=land.municipality, area=bergen,
        valid_from=timezone.localdate() + dt.timedelta(days=20),
    )  # fmt: skip
    invite(
        by=BY, municipality=land.municipality, email="nieuw@proefdorp.example", role="moderator", area=bergen,
        valid_from=timezone.localdate(), why="proef", site="http://testserver/",
    )  # fmt: skip
    team = Team.objects.create(municipality=land.municipality, slug="noord", name="Team Noord")
    team.areas.add(bergen, land["dalen"])
    IndicatorValue.objects.create(indicator=make_indicator(land), area=bergen, period="2024", value=10)
    kept = kept_file(
        "areas.figures",
        land.municipality,
        b"naam;2024\nBerg;1\n",
        cast["steward"],
        reading={"kind": 1, "indicator": None},
    )
    Intake.objects.filter(pk=kept.pk).update(answers={"berg": str(bergen.pk), "weg": "-"})
    Area.objects.filter(pk=bergen.pk).update(retired_by=land.editions["wijk"])
    AreaSuccession.objects.create(
        edition=land.editions["wijk"],
        predecessor=bergen,
        successor=land["midden"],
        relation="merged",
        weight=1,
    )
    bergen.refresh_from_db()
    return bergen


def test_what_is_about_to_hang_there_counts_too(gone: Area) -> None:
    counted = {
        one.source.name: (one.hanging.number, one.hanging.is_coming)
        for one in found_on("areas.area", gone.pk)
    }
    assert counted == {
        "accounts.roles": (3, False),
        "accounts.invitations": (1, True),
        "workplaces.teams": (1, False),
        "areas.figures": (1, False),
        "areas.drafts": (1, True),
    }
    assert len(hanging_on("areas.area", [gone.pk])[gone.pk]) == 5


def test_an_invitation_binds_and_a_draft_does_not(gone: Area) -> None:
    bound = {one.source.name for one in found_on("areas.area", gone.pk) if one.hanging.is_bound}
    assert bound == {"accounts.roles", "accounts.invitations", "workplaces.teams", "areas.figures"}


def test_it_goes_along(land: Land, gone: Area, cast: dict[str, User]) -> None:
    moved = move_hanging(area=gone, to=land["midden"], sources=EVERYTHING, by=cast["administrator"])
    assert moved == {"accounts.roles": 3, "accounts.invitations": 1, "workplaces.teams": 1}
    assert set(RoleAssignment.objects.filter(area=land["midden"]).values_list("role", flat=True)) == {
        "area_worker",
        "council_secretary",
        "moderator",
    }
    assert Invitation.objects.get().area == land["midden"]
    assert set(Team.objects.get().areas.all()) == {land["midden"], land["dalen"]}
    assert IndicatorValue.objects.get().area == gone, "figures stay with the area they were counted for"


def test_history_says_who_and_why(land: Land, gone: Area, cast: dict[str, User]) -> None:
    move_hanging(area=gone, to=land["midden"], sources=EVERYTHING, by=cast["administrator"])
    models: list[tuple[Any, str]] = [
        (RoleAssignment, "accounts.role_moved"),
        (TeamArea, "workplaces.team_moved"),
    ]
    for model, why in models:
        events = model.pgh_event_model.objects.filter(pgh_context__metadata__why=why)
        assert events
        assert {event.pgh_context.metadata["user"] for event in events} == {cast["administrator"].pk}


def test_who_holds_the_role_there_already_keeps_that_one(
    land: Land, gone: Area, cast: dict[str, User]
) -> None:
    RoleAssignment.objects.create(
        user=cast["worker_here"], role="area_worker", municipality=land.municipality, area=land["midden"],
        valid_from=dt.date(2025, 1, 1),
    )  # fmt: skip
    assert move_hanging(area=gone, to=land["midden"], sources=["accounts.roles"], by=BY) == {
        "accounts.roles": 2
    }
    here = RoleAssignment.objects.get(user=cast["worker_here"], area=gone)
    assert here.valid_until == timezone.localdate() - dt.timedelta(days=1)


def test_refusals(land: Land, gone: Area, cast: dict[str, User]) -> None:
    with pytest.raises(Refused, match="bestaat nog"):
        move_hanging(area=land["dalen"], to=land["midden"], sources=EVERYTHING, by=BY)
    with pytest.raises(Refused, match="Kies een gebied dat bestaat"):
        move_hanging(area=gone, to=gone, sources=EVERYTHING, by=BY)
    with pytest.raises(PermissionDenied):
        move_hanging(area=gone, to=land["midden"], sources=[], by=cast["worker_here"])
    with pytest.raises(PermissionDenied):  # roles are the administrator's
        move_hanging(area=gone, to=land["midden"], sources=["accounts.roles"], by=cast["steward"])
    assert RoleAssignment.objects.filter(area=gone).count() == 3


def test_the_page_leads_a_steward_there(land: Land, gone: Area, as_part: Callable[[str], Client]) -> None:
    for part, led in (("steward", True), ("worker_here", False), ("visitor", False)):
        html = as_part(part).get("/gebieden/bergen/").content.decode()
        assert ("/gebieden/bergen/verhuizen/" in html) is led


def test_first_where_to_then_what_happens_then_it_happens(
    land: Land, gone: Area, as_part: Callable[[str], Client]
) -> None:
    steward = as_part("steward")
    chosen = steward.get("/gebieden/bergen/verhuizen/").content.decode()
    assert re.search(r'<option value="midden"\s+selected\s*>', chosen)
    assert "Een beheerder kan dit verhuizen" in chosen
    asked = steward.get("/gebieden/bergen/verhuizen/?naar=midden").content.decode()
    assert "1 team" in asked
    assert Team.objects.filter(areas=gone).exists()
    assert (
        steward.post("/gebieden/bergen/verhuizen/", {"naar": "midden"}).headers["Location"]
        == "/gebieden/bergen/"
    )
    assert not Team.objects.filter(areas=gone).exists()
    assert RoleAssignment.objects.filter(area=gone).count() == 3
    assert steward.post("/gebieden/bergen/verhuizen/", {"naar": "midden"}).status_code == 404


@pytest.mark.parametrize("target", ["nergens", "bergen", "noord-deelgemeente", ""])
def test_a_place_that_is_none_is_said(
    land: Land, gone: Area, as_part: Callable[[str], Client], target: str
) -> None:
    answer = as_part("steward").post("/gebieden/bergen/verhuizen/", {"naar": target})
    assert answer.status_code == 422
    assert Team.objects.filter(areas=gone).exists()


def test_what_the_verb_refuses_is_said(
    land: Land, gone: Area, as_part: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**asked: Any) -> None:
        raise Refused("Bergen is er weer.", "still_there")

    monkeypatch.setattr("areas.views.moving.move_hanging", refuse)
    answer = as_part("steward").post("/gebieden/bergen/verhuizen/", {"naar": "midden"})
    assert answer.status_code == 422
    assert "Bergen is er weer." in answer.content.decode()


def test_an_area_that_is_there_has_no_such_page(land: Land, as_part: Callable[[str], Client]) -> None:
    assert as_part("steward").get("/gebieden/dalen/verhuizen/").status_code == 404
