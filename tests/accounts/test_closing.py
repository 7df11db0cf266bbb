"""The account of a colleague closes once the work is handed over; it can be blocked at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.actions import block_account, close_account, note_absence, unblock_account
from accounts.models import Absence, AccessLog, RoleAssignment, User
from accounts.privacy import erase_person
from accounts.reach import held_by
from core.handover import open_work
from core.verbs import Refused
from tests.accounts.helpers import FIRST, give
from tests.conftest import OPERATOR, Land, make_municipality
from workplaces.models import Team, TeamMember

Role = RoleAssignment.Role


@pytest.fixture
def busy(land: Land, cast: dict[str, User]) -> User:
    """The worker of Bergen, who is in a team and stands in for somebody."""
    worker, today = cast["worker_here"], timezone.localdate()
    team = Team.objects.create(municipality=land.municipality, slug="onthaal", name="Onthaal")
    TeamMember.objects.create(team=team, user=worker, valid_from=FIRST)
    note_absence(
        by=cast["moderator"], user=cast["moderator"], municipality=land.municipality,
        first=today, last=today, deputy=worker,
    )  # fmt: skip
    return worker


def close(land: Land, cast: dict[str, User], person: User, to: dict[str, User | None], **more: Any) -> None:
    close_account(
        **{
            "by": cast["administrator"],
            "person": person,
            "municipality": land.municipality,
            "to": to,
            "why": "Gaat weg",
            **more,
        }
    )


SOURCES = ("accounts.roles", "accounts.standing_in", "workplaces.teams")


def test_everything_passes_on_and_the_account_closes(land: Land, cast: dict[str, User], busy: User) -> None:
    assert {work.source.name for work in open_work(busy)} == set(SOURCES)
    heir = cast["worker_elsewhere"]
    close(land, cast, busy, dict.fromkeys(SOURCES, heir))
    busy.refresh_from_db()
    assert not busy.is_active
    assert not open_work(busy)
    bergen = heir.roles.get(area=land["bergen"])
    assert (bergen.role, bergen.valid_from, bergen.valid_until) == (
        Role.AREA_WORKER,
        timezone.localdate(),
        None,
    )
    assert TeamMember.objects.current().get(team__slug="onthaal").user == heir
    assert Absence.objects.get().deputy == heir
    assert AccessLog.objects.get().act == AccessLog.Act.CLOSE


def test_what_nobody_takes_keeps_the_account_open(land: Land, cast: dict[str, User], busy: User) -> None:
    heir = cast["worker_elsewhere"]
    with pytest.raises(Refused) as refused:
        close(land, cast, busy, {"accounts.roles": heir, "accounts.standing_in": heir})
    assert set(refused.value.message_dict) == {"workplaces.teams"}
    busy.refresh_from_db()
    assert busy.is_active
    assert heir.roles.count() == 1, "nothing has moved"


def test_it_may_end_without_anybody(land: Land, cast: dict[str, User], busy: User) -> None:
    close(land, cast, busy, dict.fromkeys(SOURCES))
    assert Absence.objects.get().deputy is None
    assert not TeamMember.objects.current().exists()
    assert not busy.roles.current().exists()


def test_who_is_no_successor(land: Land, cast: dict[str, User], busy: User) -> None:
    for heir in (busy, cast["resident"]):
        with pytest.raises(Refused) as refused:
            close(land, cast, busy, dict.fromkeys(SOURCES, heir))
        assert set(refused.value.message_dict) == set(SOURCES)
    with pytest.raises(Refused) as refused:  # nobody gives themself a role
        close(land, cast, busy, {**dict.fromkeys(SOURCES), "accounts.roles": cast["administrator"]})
    assert set(refused.value.message_dict) == {"accounts.roles"}


def test_work_elsewhere_keeps_it_open(land: Land, cast: dict[str, User], busy: User) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    RoleAssignment.objects.create(user=busy, role=Role.MODERATOR, municipality=other, valid_from=FIRST)
    with pytest.raises(Refused) as refused:
        close(land, cast, busy, dict.fromkeys(SOURCES))
    assert refused.value.code == "elsewhere"
    assert busy.roles.current().count() == 2


def test_nobody_closes_their_own_nor_that_of_a_stranger(land: Land, cast: dict[str, User]) -> None:
    for person, code in ((cast["administrator"], "oneself"), (cast["resident"], "no_role")):
        with pytest.raises(Refused) as refused:
            close(land, cast, person, {})
        assert refused.value.code == code
        with pytest.raises(Refused) as refused:
            block_account(by=cast["administrator"], person=person, municipality=land.municipality)
        assert refused.value.code == code


@pytest.mark.parametrize("part", ["steward", "worker_elsewhere", "resident"])
def test_only_administrators(land: Land, cast: dict[str, User], busy: User, part: str) -> None:
    with pytest.raises(PermissionDenied):
        close(land, cast, busy, {}, by=cast[part])
    with pytest.raises(PermissionDenied):
        block_account(by=cast[part], person=busy, municipality=land.municipality)


def test_the_last_administrator_stays(land: Land, cast: dict[str, User]) -> None:
    second = cast["moderator"]
    give(second, Role.ADMINISTRATOR, land, valid_until=timezone.localdate())
    with pytest.raises(Refused, match="laatste beheerder"):
        close(land, cast, cast["administrator"], {"accounts.roles": None}, by=second)


def test_blocked_at_once_and_the_work_waits(
    land: Land, cast: dict[str, User], busy: User, as_part: Callable[[str], Client]
) -> None:
    client = as_part("worker_here")
    assert client.get("/mijn/").status_code == 200
    block_account(by=cast["administrator"], person=busy, municipality=land.municipality)
    assert client.get("/mijn/").status_code == 302, "who was signed in is out"
    assert not held_by(User.objects.get(pk=busy.pk))
    assert {work.source.name for work in open_work(busy)} == set(SOURCES)
    waits = as_part("administrator").get("/mijn/", headers={"accept-language": "nl"}).content.decode()
    assert "Draag het werk van Worker Here over" in waits
    with pytest.raises(Refused):
        block_account(by=cast["administrator"], person=busy, municipality=land.municipality)
    unblock_account(by=cast["administrator"], person=busy, municipality=land.municipality)
    assert held_by(User.objects.get(pk=busy.pk))


def test_who_works_here_hands_over_before_being_forgotten(land: Land, cast: dict[str, User]) -> None:
    worker = cast["worker_here"]
    with pytest.raises(Refused, match="nog werk"):
        erase_person(person=worker, by=worker)
    worker.roles.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    erase_person(person=worker, by=worker)
    erase_person(person=cast["worker_elsewhere"], by=OPERATOR)
    erase_person(person=cast["resident"], by=cast["resident"])


def test_the_page(land: Land, cast: dict[str, User], busy: User, as_part: Callable[[str], Client]) -> None:
    client, address = as_part("administrator"), f"/account/collega/{busy.uuid}/"
    html = client.get(address, headers={"accept-language": "nl"}).content.decode()
    assert "Onthaal" in html
    assert "Gebiedswerker" in html or "gebiedswerker" in html
    outsider = {"accounts_roles": cast["resident"].pk, "why": "Gaat weg"}
    answer = client.post(address, outsider, headers={"accept-language": "nl"})
    assert answer.status_code == 422
    assert "Gaat weg" in answer.content.decode()
    sent = {"accounts_roles": cast["worker_elsewhere"].pk, "why": "Gaat weg"}
    assert client.post(address, sent).status_code == 302
    busy.refresh_from_db()
    assert not busy.is_active
    assert client.get(address).status_code == 200
